"""Boilerplate: fitting the model of page chrome, word by word and then jointly over the article."""

from dataclasses import dataclass

import numpy as np

from tagger.boilerplate import BOILERPLATE_VIEWS, FIRST_SCORE_ALONE, boilerplate_views
from tagger.context import Context
from tagger.decision import Decision
from tagger.linear import BLOCKS
from tagger.training.calibrating import learn_decision
from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus
from tagger.training.design import Design
from tagger.training.regression import Columns, fit_joint, fit_words
from tagger.training.support import BOILERPLATE, check_folds
from tagger.vocabulary import Floats, Ints

NEVER = 10.0
"""Minus this is the score for page chrome where nobody has marked any."""


@dataclass(frozen=True, eq=False)
class BoilerplateFit:
    """What was learnt about page chrome.

    Attributes:
        words: the first stage.
        coef: the second stage, shape (n_boilerplate_views,).
        scores: out-of-fold scores of all paragraphs, shape (n_paragraphs, 1).
        decision: which scores are page chrome.
    """

    words: Columns
    coef: Floats
    scores: Floats
    decision: Decision


def fit_boilerplate(
    design: Design, corpus: Corpus, whole: int, fold_of: Ints, configuration: Configuration
) -> BoilerplateFit:
    """The model of page chrome, its decision learnt on the first ``whole`` paragraphs.

    Where no paragraph is marked as page chrome, none will be taken for it.
    """
    gold, known = corpus.boilerplate[:, None], corpus.known[:, None]
    if not gold.any():
        n_features = len(BLOCKS) * design.n_terms + design.shapes.shape[1]
        nothing = Columns(np.zeros((n_features, 1)), np.full(1, -NEVER))
        decision = Decision(*np.array([[1.0], [0.0], [0.5], [0.5], [0.5]]))
        return BoilerplateFit(nothing, FIRST_SCORE_ALONE, np.full((len(gold), 1), -NEVER), decision)
    matrix = design.matrix(np.arange(len(fold_of)), configuration.block_scales, configuration.shape)
    check_folds((BOILERPLATE,), gold, known, fold_of)
    words, first = fit_words(matrix, gold, known, fold_of, configuration)
    views = boilerplate_views(first[:, 0], design.rows, design.shapes, Context(design.articles))
    joint, scores = fit_joint(views, gold, known, fold_of, configuration, "boilerplate_inverse_penalty")
    coef = joint.coef[:, 0] + joint.intercept * (np.array(BOILERPLATE_VIEWS) == "always")
    return BoilerplateFit(words, coef, scores, learn_decision(scores[:whole], gold[:whole], known[:whole]))
