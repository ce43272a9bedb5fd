"""Calibrating: out-of-fold scores to probabilities, thresholds and review bands."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from tagger.decision import Decision
from tagger.errors import TrainingDataError
from tagger.verdict import Flags
from tagger.vocabulary import Floats

TRUSTED = 0.98
"""Share of right decisions wanted on each side outside the review band."""


def learn_decision(scores: Floats, gold: Flags, decimals: int = 4) -> Decision:
    """Calibration, best-F1 threshold and review band of each column.

    Args:
        scores: shape (n, n_labels), out-of-fold.
        gold: shape (n, n_labels).
        decimals: rounding of all numbers, so that they do not depend on the machine.

    Raises:
        TrainingDataError: a label is on all or on none of the rows, or its calibration does not converge.
    """
    columns = [_column(scores[:, label], gold[:, label]) for label in range(scores.shape[1])]
    return Decision(*np.round(np.array(columns).T, decimals))


def best_threshold(probabilities: Floats, gold: Flags) -> float:
    """The probability from which on giving the label has the best F1: midway between two neighbouring probabilities."""
    order = np.argsort(-probabilities, kind="stable")
    ordered, hits = probabilities[order], np.cumsum(gold[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + gold.sum())
    # A cut is possible only between different probabilities.
    f1[:-1][ordered[:-1] == ordered[1:]] = 0
    cut = int(f1.argmax())
    return float((ordered[cut] + (ordered[cut + 1] if cut + 1 < len(ordered) else 0)) / 2)


def _column(scores: Floats, gold: Flags) -> tuple[float, float, float, float, float]:
    """Slope, offset, threshold and review band of one label."""
    if gold.all() or not gold.any():
        raise TrainingDataError(
            f"a label is on {int(gold.sum())} of {len(gold)} texts to calibrate it on; label more articles, with and without it"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            fit = LogisticRegression(C=1e6, max_iter=1000).fit(scores[:, None], gold)
        except ConvergenceWarning as error:
            raise TrainingDataError("the calibration of a label did not converge; lower inverse_penalty") from error
    slope, offset = float(fit.coef_[0, 0]), float(fit.intercept_[0])
    probabilities = 1 / (1 + np.exp(-(slope * scores + offset)))
    threshold = best_threshold(probabilities, gold)
    low, high = review_band(probabilities, gold, threshold)
    return slope, offset, threshold, low, high


def review_band(probabilities: Floats, gold: Flags, threshold: float) -> tuple[float, float]:
    """The narrowest band around the threshold outside of which decisions are right to the share `TRUSTED`.

    Below the band the label is absent, above it present; each side must reach the share on its own, since a person who
    trusts "given" wants that to be right, however many easy absences there are.
    """
    order = np.argsort(probabilities, kind="stable")
    ordered, present = probabilities[order], gold[order].astype(float)
    n = len(order)
    absent_right = 1 - np.cumsum(present) / np.arange(1, n + 1)
    present_right = np.cumsum(present[::-1])[::-1] / np.arange(n, 0, -1)
    below = np.flatnonzero((absent_right >= TRUSTED) & (ordered < threshold))
    above = np.flatnonzero((present_right >= TRUSTED) & (ordered >= threshold))
    low = float(ordered[below[-1]]) if len(below) else 0.0
    high = float(ordered[above[0]]) if len(above) else 1.0
    return min(low, threshold), max(high, threshold)
