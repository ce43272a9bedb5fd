"""Scoring: a batch of articles to scores, the whole way in numpy; one path for one text and for a million."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from tagger.boilerplate import boilerplate_views
from tagger.context import Context
from tagger.features import Rows, tfidf_rows
from tagger.model import Model
from tagger.shape import shapes
from tagger.vocabulary import Floats, Ints


@dataclass(frozen=True, eq=False)
class Scores:
    """What a batch of articles scores; ``body`` are the paragraphs that are no boilerplate.

    Attributes:
        n_articles: articles of the batch, also those without paragraphs.
        articles: shape (n_paragraphs,), the article of each paragraph.
        known: shape (n_paragraphs,), whether it has a word of the vocabulary.
        boilerplate: shape (n_paragraphs,).
        body: shape (n_body,), numbers of paragraphs, ascending.
        joint: shape (n_body, n_labels).
    """

    n_articles: int
    articles: Ints
    known: npt.NDArray[np.bool_]
    boilerplate: Floats
    body: Ints
    joint: Floats


@dataclass(frozen=True, eq=False)
class Computation:
    """The scores of a batch and what they were computed from, as evidence needs it.

    Attributes:
        scores: the result.
        ids, starts: lemma ids of the tokens, and the paragraphs' starts in them.
        rows: TF-IDF rows of all paragraphs.
        body_shapes: shape (n_body, n_shapes).
        body_context: context of the body.
        first: shape (n_body, n_labels), scores before looking at the whole article.
    """

    scores: Scores
    ids: Ints
    starts: Ints
    rows: Rows
    body_shapes: Floats
    body_context: Context
    first: Floats

    @property
    def known_shares(self) -> Floats:
        """Share of each article's tokens that are in the vocabulary, 0 where there are none; shape (n_articles,)."""
        known = np.concatenate([[0], np.cumsum(self.ids >= 0)])[self.starts]
        sums = [
            np.bincount(self.scores.articles, np.diff(ends), minlength=self.scores.n_articles)
            for ends in (known, self.starts)
        ]
        return np.asarray(sums[0] / np.maximum(sums[1], 1))


def score(articles: Sequence[Sequence[str]], model: Model) -> Computation:
    """Score a batch of articles, each given by its paragraphs."""
    weights = model.weights
    paragraphs = list(chain.from_iterable(articles))
    sizes = np.array(list(map(len, articles)), np.int64)
    context = Context(np.repeat(np.arange(len(articles)), sizes))
    ids, starts = model.chunks.lemma_ids(paragraphs)
    rows = tfidf_rows(ids, starts, model.vocabulary)
    shape = (
        shapes(paragraphs, context.places, context.sizes[context.group])
        if paragraphs
        else np.zeros((0, len(weights.shape_coef)))
    )
    products = weights.products(rows)
    first_boilerplate = weights.first_boilerplate_scores(products, shape, context)
    boilerplate = boilerplate_views(first_boilerplate, rows, shape, context) @ weights.boilerplate_coef
    body = np.flatnonzero(~model.boilerplate.given(boilerplate[:, None])[:, 0])
    body_context = Context(context.articles[body])
    first = weights.first_scores(products[body], shape[body], body_context)
    joint = weights.joint_scores(first, body_context)
    scores = Scores(len(articles), context.articles, rows.filled > 0, boilerplate, body, joint)
    return Computation(scores, ids, starts, rows, shape[body], body_context, first)
