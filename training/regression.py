"""Regressions: one logistic regression a label, with out-of-fold scores."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import scipy.sparse
from joblib import Parallel, delayed
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.verdict import Flags
from tagger.vocabulary import Floats, Ints

Train = Callable[[Ints, int], LogisticRegression]
"""Fits the model of a label (by its column) on some rows."""

Penalty = Literal["boilerplate_inverse_penalty", "joint_inverse_penalty"]
"""The setting that is the C of a second stage."""

WORTH_PROCESSES = 1_000_000
"""Entries of the features from which on starting processes takes less time than they save."""


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
    features: scipy.sparse.csr_matrix, gold: Flags, known: Flags, fold_of: Ints, configuration: Configuration
) -> tuple[Columns, Floats]:
    """First stage: models fitted on the rows whose label is known, and scores out of fold of all, shape (n, n_labels)."""

    def train(rows: Ints, label: int) -> LogisticRegression:
        # liblinear's dual solver is plain C in one thread, so that its result does not depend on the machine.
        estimator = LogisticRegression(
            C=configuration.inverse_penalty,
            solver="liblinear",
            dual=True,
            max_iter=5000,
            tol=1e-3,
            random_state=configuration.random_state,
        )
        return estimator.fit(features[rows], gold[rows, label])

    return _fit(features, known, fold_of, train, "inverse_penalty")


def fit_joint(
    views: Floats, gold: Flags, known: Flags, fold_of: Ints, configuration: Configuration, penalty: Penalty
) -> tuple[Columns, Floats]:
    """Second stage, on views of the first stage's out-of-fold scores, shape (n, n_views) or (n, n_views, n_labels)."""
    features = views.reshape(len(views), -1)

    def train(rows: Ints, label: int) -> LogisticRegression:
        estimator = LogisticRegression(C=getattr(configuration, penalty), solver="newton-cholesky", tol=1e-8)
        return estimator.fit(features[rows], gold[rows, label])

    return _fit(features, known, fold_of, train, penalty)


def _fit(features: Any, known: Flags, fold_of: Ints, train: Train, setting: str) -> tuple[Columns, Floats]:
    """Fit every label on all rows where it is ``known`` and without each fold.

    In processes, never in threads: liblinear has one random number generator a process, and fits that draw from it in
    turn would differ from run to run. The bits are the same in one process and in many.
    """
    n_labels = known.shape[1]
    folds = [np.flatnonzero(fold_of == fold) for fold in np.unique(fold_of)]
    everything = np.arange(len(fold_of))
    kept = [everything, *(np.setdiff1d(everything, fold) for fold in folds)]
    tasks = (delayed(_strictly)(train, rows[known[rows, label]], label) for rows in kept for label in range(n_labels))
    try:
        fitted = Parallel(n_jobs=-1 if features.size > WORTH_PROCESSES else 1)(tasks)
    except ConvergenceWarning as error:
        raise TrainingDataError(f"a regression did not converge; lower {setting} or add articles") from error
    whole, parts = fitted[:n_labels], fitted[n_labels:]
    scores = np.zeros((len(fold_of), n_labels))
    for number, estimator in enumerate(parts):
        held_out, label = folds[number // n_labels], number % n_labels
        scores[held_out, label] = estimator.decision_function(features[held_out])
    coef = np.stack([estimator.coef_[0] for estimator in whole], axis=1)
    return Columns(coef, np.array([estimator.intercept_[0] for estimator in whole])), scores


def _strictly(train: Train, rows: Ints, label: int) -> LogisticRegression:
    """Fit, with no convergence an error: as a warning it would be lost in another process."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        return train(rows, label)
