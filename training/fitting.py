"""Fitting: a corpus to a model. Boilerplate first, then the event types word by word, then jointly over the article."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tagger.codebook import EventType
from tagger.context import Context
from tagger.errors import TrainingDataError
from tagger.features import tfidf_rows
from tagger.lemmas import lemma_of
from tagger.linear import BLOCKS, JOINT_VIEWS, Weights, joint_views
from tagger.model import Model
from tagger.scoring import Scores
from tagger.shape import shapes
from tagger.tokens import TOKEN
from tagger.training.boilerplate import BoilerplateFit, fit_boilerplate
from tagger.training.calibrating import learn_decision
from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus
from tagger.training.design import Design
from tagger.training.duplicates import groups as near_duplicates
from tagger.training.locating import is_open, located, presumed
from tagger.training.regression import Columns, fit_joint, fit_words
from tagger.training.subarticles import with_sub_articles
from tagger.training.support import check_folds
from tagger.training.targets import learn_targets
from tagger.training.vocabulary import learn_vocabulary
from tagger.verdict import best_paragraphs, decide
from tagger.vocabulary import Vocabulary

DECIMALS = 4
"""Weights are rounded to this: far below their uncertainty, far above what two machines' arithmetic differs by."""

Progress = Callable[[str], None]
"""Told the name of each step as it begins."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted model and the out-of-fold scores it was calibrated on.

    Attributes:
        model: the model.
        scores: what every article of the corpus scores by models that did not see its fold.
    """

    model: Model
    scores: Scores


def fit(corpus: Corpus, event_types: tuple[EventType, ...], configuration: Configuration, progress: Progress) -> Fit:
    """Train on the whole corpus, in its order; see `Corpus.ordered`.

    With articles labelled only as a whole, or not for all event types, it is done twice: the first training's out-of-fold
    verdicts settle what they left open; see `located`.
    """
    if any(map(is_open, corpus.articles)):
        progress("open labels")
        first = _fit(presumed(corpus), event_types, configuration, lambda _: None)
        corpus = located(corpus, decide(first.scores, first.model))
    return _fit(corpus, event_types, configuration, progress)


def _fit(corpus: Corpus, event_types: tuple[EventType, ...], configuration: Configuration, progress: Progress) -> Fit:
    """Train once.

    Sub-articles are trained on with the articles they were cut from; scores are calibrated on whole articles only.
    """
    progress("lemmas")
    everything, parents = with_sub_articles(corpus)
    vocabulary, design = _features(everything, len(corpus.groups), configuration)
    # The articles are ordered by digest, so that dealing them out in turn is as good as chance; reprints stay together.
    fold_of = (near_duplicates(corpus)[parents] % configuration.folds)[everything.groups]
    whole = len(corpus.groups)

    progress("boilerplate")
    boilerplate = fit_boilerplate(design, everything, whole, fold_of, configuration)
    body = np.flatnonzero(~boilerplate.decision.given(boilerplate.scores)[:, 0])

    progress("event types")
    targets = learn_targets(corpus, everything, parents, configuration.min_articles).of(body)
    matrix = design.matrix(body, configuration.block_scales, configuration.shape)
    check_folds(corpus.labels, targets.gold, targets.known, fold_of[body])
    events, first = fit_words(matrix, targets.gold, targets.known, fold_of[body], configuration)

    progress("joint decision")
    views = joint_views(first, Context(everything.groups[body]))
    joint, joint_scores = fit_joint(
        views, targets.gold, targets.known, fold_of[body], configuration, "joint_inverse_penalty"
    )

    progress("calibration")
    n_body = int(np.searchsorted(body, whole))
    filled = design.rows.filled[:whole] > 0
    scores = Scores(
        len(corpus), corpus.groups, filled, boilerplate.scores[:whole, 0], body[:n_body], joint_scores[:n_body]
    )
    articles, _ = best_paragraphs(scores)
    scored = np.isfinite(articles).all(axis=1)
    model = Model(
        event_types=event_types,
        vocabulary=vocabulary,
        weights=_weights(boilerplate, events, joint, len(vocabulary), configuration),
        boilerplate=boilerplate.decision,
        paragraph=learn_decision(scores.joint, targets.gold[:n_body], targets.judged[:n_body]),
        article=learn_decision(articles[scored], corpus.article_gold[scored], corpus.article_known[scored]),
    )
    return Fit(model, scores)


def _features(corpus: Corpus, whole: int, configuration: Configuration) -> tuple[Vocabulary, Design]:
    """Features of all paragraphs by a vocabulary learnt from the first ``whole`` of them."""
    texts = [text for article in corpus.articles for text in article.paragraphs]
    known: dict[str, str] = {}
    documents = []
    for text in texts:
        forms = TOKEN.findall(text)
        documents.append([known.get(form) or known.setdefault(form, lemma_of(form)) for form in forms])
    vocabulary = learn_vocabulary(documents[:whole], configuration.min_df, configuration.pair_min_df)
    if not len(vocabulary):
        raise TrainingDataError(
            f"empty vocabulary: no word occurs in {configuration.min_df} paragraphs; lower --min-df or add articles"
        )
    ids = np.array([vocabulary.ids.get(lemma, -1) for document in documents for lemma in document], np.int64)
    starts = np.cumsum([0, *map(len, documents)])
    context = Context(corpus.groups)
    shape = shapes(texts, context.places, context.sizes[context.group])
    return vocabulary, Design(tfidf_rows(ids, starts, vocabulary), shape, corpus.groups, len(vocabulary))


def _weights(
    boilerplate: BoilerplateFit, events: Columns, joint: Columns, n_terms: int, configuration: Configuration
) -> Weights:
    """The estimators' coefficients in the layout of prediction, scales folded in, rounded so that any machine agrees."""
    coef = np.hstack([boilerplate.words.coef, events.coef])
    cut = len(BLOCKS) * n_terms
    words = coef[:cut].reshape(len(BLOCKS), n_terms, -1) * np.array(configuration.block_scales)[:, None, None]
    views = joint.coef.reshape(len(JOINT_VIEWS), -1, joint.coef.shape[1])
    return Weights(
        coef=np.round(words.transpose(1, 0, 2), DECIMALS).astype(np.float32).astype(float),
        shape_coef=np.round(coef[cut:] * configuration.shape, DECIMALS),
        intercept=np.round(np.concatenate([boilerplate.words.intercept, events.intercept]), DECIMALS),
        boilerplate_coef=np.round(boilerplate.coef, DECIMALS),
        joint_coef=np.round(views, DECIMALS),
        joint_intercept=np.round(joint.intercept, DECIMALS),
    )
