"""Regressions: one logistic regression a label, with out-of-fold scores."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from tagger.training.configuration import Configuration
from tagger.training.folds import out_of_fold
from tagger.verdict import Flags
from tagger.vocabulary import Floats, Ints

Train = Callable[[Ints, int], LogisticRegression]
"""Fits the model of a label (by its column) on some rows."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Linear models side by side.

    Attributes:
        coef: shape (n_features, n_labels).
        intercept: shape (n_labels,).
    """

    coef: Floats
    intercept: Floats


def fit_words(
    features: scipy.sparse.csr_matrix, gold: Flags, fold_of: Ints, configuration: Configuration
) -> tuple[Columns, Floats]:
    """First stage: models fitted on all rows, and scores out of fold, shape (n, n_labels)."""

    def train(rows: Ints, label: int) -> LogisticRegression:
        # liblinear's dual solver is plain C in one thread, so that its result does not depend on the machine.
        estimator = LogisticRegression(
            C=configuration.inverse_penalty,
            solver="liblinear",
            dual=True,
            max_iter=5000,
            random_state=configuration.random_state,
        )
        return estimator.fit(features[rows], gold[rows, label])

    return _fit(features, gold.shape[1], fold_of, train)


def fit_joint(views: Floats, gold: Flags, fold_of: Ints, configuration: Configuration) -> tuple[Columns, Floats]:
    """Second stage, on views of the first stage's out-of-fold scores, shape (n, n_views, n_labels)."""
    features = views.reshape(len(views), -1)

    def train(rows: Ints, label: int) -> LogisticRegression:
        estimator = LogisticRegression(C=configuration.joint_inverse_penalty, max_iter=5000, tol=1e-8)
        return estimator.fit(features[rows], gold[rows, label])

    return _fit(features, gold.shape[1], fold_of, train)


def _fit(features: Any, n_labels: int, fold_of: Ints, train: Train) -> tuple[Columns, Floats]:
    def fit_and_score(fit_on: Ints, held_out: Ints) -> Floats:
        scores = [train(fit_on, label).decision_function(features[held_out]) for label in range(n_labels)]
        return np.stack(scores, axis=1)

    estimators = [train(np.arange(len(fold_of)), label) for label in range(n_labels)]
    columns = Columns(
        np.stack([estimator.coef_[0] for estimator in estimators], axis=1),
        np.array([estimator.intercept_[0] for estimator in estimators]),
    )
    return columns, out_of_fold(fold_of, fit_and_score)
