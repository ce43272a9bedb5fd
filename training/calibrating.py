"""Calibrating: out-of-fold scores to probabilities, thresholds and review bands."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from tagger.decision import Decision
from tagger.errors import TrainingDataError
from tagger.verdict import Flags
from tagger.vocabulary import Floats

DECIMALS = 4
"""All numbers are rounded to this, so that they do not depend on the machine."""
TRUSTED = 0.994
"""Share of right decisions wanted outside the review band, label by label; with four labels 97 % of the paragraphs are then
right altogether."""


def learn_decision(scores: Floats, gold: Flags, known: Flags) -> Decision:
    """Calibration, threshold and review band of each column, rounded to `DECIMALS`.

    Args:
        scores: shape (n, n_labels), out-of-fold.
        gold: shape (n, n_labels).
        known: shape (n, n_labels); elsewhere ``gold`` does not count.

    Raises:
        TrainingDataError: a label is on all or on none of the rows, or its calibration does not converge.
    """
    columns = [_column(scores[rows, label], gold[rows, label]) for label, rows in enumerate(known.T)]
    return Decision(*np.round(np.array(columns).T, DECIMALS))


def threshold_for_f1(probabilities: Floats, gold: Flags) -> float:
    """Half of the best F1 that any cut has: where probabilities are calibrated, no threshold is better for F1 [1]_.

    The best cut itself is as good on what it was found on, but so flat a maximum that chance decides where it lies.

    .. [1] Lipton, Elkan, Naryanaswamy (2014), Optimal thresholding of classifiers to maximize F1 measure.
    """
    order = np.argsort(-probabilities, kind="stable")
    ordered, hits = probabilities[order], np.cumsum(gold[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + gold.sum())
    # A cut is possible only between different probabilities.
    f1[:-1][ordered[:-1] == ordered[1:]] = 0
    return float(f1.max() / 2)


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
    probabilities = 1 / (1 + np.exp(-np.clip(slope * scores + offset, -500, 500)))
    threshold = threshold_for_f1(probabilities, gold)
    low, high = review_band(probabilities, gold, threshold)
    return slope, offset, threshold, low, high


def review_band(probabilities: Floats, gold: Flags, threshold: float) -> tuple[float, float]:
    """The narrowest band around the threshold outside of which decisions are right to the share `TRUSTED`.

    How certain a decision is, is its distance from the threshold as a share of the way to 0 or to 1; the band keeps what is
    less certain than the last decision that can be trusted. The whole range if none can.
    """
    wrong = (probabilities >= threshold) != gold
    way = np.where(probabilities < threshold, threshold, 1 - threshold)
    certainty = np.abs(probabilities - threshold) / np.maximum(way, 1e-12)
    order = np.argsort(-certainty, kind="stable")
    errors = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    trusted = np.flatnonzero(errors <= 1 - TRUSTED)
    least = float(certainty[order][trusted[-1]]) if len(trusted) else 1.0
    return threshold * (1 - least), threshold + (1 - threshold) * least
