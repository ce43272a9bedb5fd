"""Batches: what is decided about several articles at once, and the predictions that are read out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, compress

import numpy as np

from tagger.article import Article
from tagger.evidence import ArticleEvidence
from tagger.model import Model
from tagger.prediction import ParagraphPrediction, ParagraphPredictions, Prediction
from tagger.scoring import score
from tagger.verdict import Flags, Verdicts, decide
from tagger.vocabulary import Floats

Names = list[tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Decided:
    """What is decided about a batch; arrays only, so that it travels cheaply between processes.

    Attributes:
        verdicts: labels and probabilities.
        known_shares: shape (n_articles,), share of each article's tokens that are in the vocabulary.
    """

    verdicts: Verdicts
    known_shares: Floats


def decided(articles: Sequence[Sequence[str]], model: Model) -> Decided:
    """Score a batch of articles, each given by its paragraphs, and decide on it."""
    computation = score(articles, model)
    return Decided(decide(computation.scores, model), computation.known_shares)


def predictions(articles: Sequence[Article], batch: Decided, model: Model) -> Iterator[Prediction]:
    """A prediction for each article of the batch; what it says about paragraphs is made when it is asked for."""
    verdicts = batch.verdicts
    names = _names(verdicts.labels, model.labels)
    columns = (
        _names(verdicts.article_labels, model.labels),
        _by_label(verdicts.article_probabilities, model.labels),
        _names(verdicts.article_review, model.labels),
        batch.known_shares.tolist(),
        chrome_shares(articles, verdicts.boilerplate).tolist(),
    )
    stop = 0
    for article, (labels, probabilities, review, known, chrome) in zip(
        articles, zip(*columns, strict=True), strict=True
    ):
        start, stop = stop, stop + len(article.spans)
        part = names[start:stop]
        paragraphs = ParagraphPredictions(part, partial(_paragraphs, article, part, start, verdicts, model))
        yield Prediction(article, labels, probabilities, review, paragraphs, model.version, known, chrome)


def chrome_shares(articles: Sequence[Article], boilerplate: Flags) -> Floats:
    """Share of each article's characters that stand in page chrome, 0 without any; shape (n_articles,)."""
    spans = chain.from_iterable(article.spans for article in articles)
    sizes = np.diff(np.array(list(chain.from_iterable(spans)), np.int64).reshape(-1, 2))[:, 0]
    owner = np.repeat(np.arange(len(articles)), [len(article.spans) for article in articles])
    whole, chrome = (np.bincount(owner, part, len(articles)) for part in (sizes, sizes * boilerplate))
    return np.asarray(chrome / np.maximum(whole, 1))


def _paragraphs(
    article: Article, names: Names, start: int, verdicts: Verdicts, model: Model
) -> Iterator[ParagraphPrediction]:
    evidence = ArticleEvidence(article, model)
    here = slice(start, start + len(names))
    columns = (
        article.spans,
        names,
        verdicts.boilerplate[here].tolist(),
        _by_label(verdicts.probabilities[here], model.labels),
        verdicts.boilerplate_probabilities[here].tolist(),
        _by_label(verdicts.scores[here], model.labels),
        _names(verdicts.review[here], model.labels),
    )
    for place, ((first, stop), labels, chrome, probabilities, chrome_probability, scores, review) in enumerate(
        zip(*columns, strict=True)
    ):
        explain = partial(evidence.reasons, place)
        shown = {} if chrome else scores
        yield ParagraphPrediction(
            first, stop, labels, chrome, probabilities, chrome_probability, shown, review, explain
        )


def _names(flags: Flags, labels: tuple[str, ...]) -> Names:
    """The labels set in each row of ``flags``."""
    names: Names = [()] * len(flags)
    rows = np.flatnonzero(flags.any(axis=1))
    for row, chosen in zip(rows.tolist(), flags[rows].tolist(), strict=True):
        names[row] = tuple(compress(labels, chosen))
    return names


def _by_label(values: Floats, labels: tuple[str, ...]) -> list[dict[str, float]]:
    return [dict(zip(labels, row, strict=True)) for row in values.tolist()]
