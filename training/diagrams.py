"""Diagrams: the points of precision–recall curves and reliability diagrams, and the confusion between labels."""

from typing import NamedTuple

import numpy as np

from tagger.training.metrics import bin_of
from tagger.verdict import Flags
from tagger.vocabulary import Floats, Ints

POINTS = 200
"""Of a curve at most."""


class Bin(NamedTuple):
    """Items of similar probability.

    Attributes:
        probability: their mean probability.
        share: of them, how many carry the label.
        size: how many they are.
    """

    probability: float
    share: float
    size: int


def precision_recall_curve(probabilities: Floats, gold: Flags) -> list[tuple[float, float]]:
    """Recall and precision at falling thresholds, ties together; thinned to `POINTS`. Shapes (n,); empty if none is gold."""
    if not gold.any():
        return []
    order = np.argsort(-probabilities, kind="stable")
    last = np.append(np.diff(probabilities[order]) != 0, True)
    hits = np.cumsum(gold[order])[last]
    recall, precision = hits / gold.sum(), hits / (np.flatnonzero(last) + 1)
    chosen = np.unique(np.linspace(0, len(hits) - 1, min(POINTS, len(hits))).round().astype(int))
    return list(zip(recall[chosen].tolist(), precision[chosen].tolist(), strict=True))


def reliability(probabilities: Floats, gold: Flags) -> list[Bin]:
    """Equally wide bins of probability that have items in them [1]_. Shapes (n,).

    .. [1] Niculescu-Mizil, Caruana (2005), Predicting good probabilities with supervised learning.
    """
    which = bin_of(probabilities)
    counts, sums, hits = (np.bincount(which, weights) for weights in (None, probabilities, gold))
    return [
        Bin(float(sums[number] / counts[number]), float(hits[number] / counts[number]), int(counts[number]))
        for number in np.flatnonzero(counts)
    ]


def confusion(given: Flags, gold: Flags) -> Ints:
    """How often one label was given for another [1]_.

    Args:
        given: shape (n, n_labels).
        gold: shape (n, n_labels).

    Returns:
        Shape (n_labels + 1, n_labels + 1). On the diagonal the hits; at (i, j) the items that should carry i, do not, and
        wrongly carry j; the last column are those missed with nothing wrong instead, the last row those given where nothing
        was missed; its corner is 0.

    .. [1] Heydarian, Doyle, Samavi (2022), MLCM: Multi-label confusion matrix.
    """
    missed, wrong = (gold & ~given).astype(np.int64), (given & ~gold).astype(np.int64)
    n_labels = gold.shape[1]
    matrix = np.zeros((n_labels + 1, n_labels + 1), np.int64)
    matrix[:-1, :-1] = missed.T @ wrong + np.diag((given & gold).sum(axis=0))
    matrix[:-1, -1] = missed[~wrong.any(axis=1)].sum(axis=0)
    matrix[-1, :-1] = wrong[~missed.any(axis=1)].sum(axis=0)
    return matrix
