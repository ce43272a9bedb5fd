"""Metrics: precision, recall, F1 and average precision, with bootstrap intervals over articles."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tagger.verdict import Flags
from tagger.vocabulary import Floats, Ints

BINS = 10
"""Of probabilities, to tell how well they are calibrated."""


@dataclass(frozen=True, eq=False)
class Counts:
    """True positives, given and present, counted unit by unit so that they can be resampled: shape (n_units, n_labels)."""

    hits: Ints
    given: Ints
    present: Ints

    @classmethod
    def by_article(cls, given: Flags, gold: Flags, articles: Ints, n_articles: int) -> "Counts":
        """Counts of each article; ``given`` and ``gold`` have shape (n, n_labels), ``articles`` shape (n,)."""

        def count(flags: Flags) -> Ints:
            total = np.zeros((n_articles, flags.shape[1]), np.int64)
            np.add.at(total, articles, flags)
            return total

        return cls(count(given & gold), count(given), count(gold))

    def sums(self, weights: Ints) -> tuple[Ints, Ints, Ints]:
        """Totals under resampling weights of shape (n_samples, n_units): shape (n_samples, n_labels) each."""
        return weights @ self.hits, weights @ self.given, weights @ self.present

    def f1_samples(self, weights: Ints) -> Floats:
        """F1 of each label, then of their macro and micro average, in each resampling: shape (n_samples, n_labels + 2)."""
        sums = self.sums(weights)
        by_label = resampled_f1(*sums)
        micro = resampled_f1(*(total.sum(axis=1) for total in sums))
        return np.column_stack([by_label, macro_average(by_label), micro])


def f1(hits: npt.ArrayLike, given: npt.ArrayLike, present: npt.ArrayLike) -> Floats:
    """2 · hits / (given + present), 0 where nothing was given or present [1]_. Any shape.

    .. [1] van Rijsbergen (1979), Information Retrieval, chapter 7.
    """
    total = np.asarray(given) + np.asarray(present)
    return np.asarray(2 * np.asarray(hits) / np.maximum(total, 1), float)


def resampled_f1(hits: Ints, given: Ints, present: Ints) -> Floats:
    """F1 in resamplings, nan in one that drew nothing with the label, where there is no F1 to know. Any shape."""
    return np.where(present > 0, f1(hits, given, present), np.nan)


def macro_average(values: Floats) -> Floats:
    """Mean over the labels that have a value, nan where none has: shape (n_samples, n_labels) to (n_samples,)."""
    known = (~np.isnan(values)).sum(axis=1)
    return np.asarray(np.nansum(values, axis=1) / np.where(known, known, np.nan))


def average_precision(probabilities: Floats, gold: Flags) -> float:
    """Mean precision at the ranks of the items that carry the label, ties at their last rank; nan if none does.

    Both have shape (n,).
    """
    if not gold.any():
        return float("nan")
    order = np.argsort(-probabilities, kind="stable")
    ordered, hits = probabilities[order], np.cumsum(gold[order])
    last = np.append(ordered[:-1] != ordered[1:], True)
    precision = hits[last] / (np.flatnonzero(last) + 1)
    return float((precision * np.diff(hits[last], prepend=0)).sum() / gold.sum())


def bin_of(probabilities: Floats) -> Ints:
    """Which of `BINS` equally wide bins each probability falls into. Any shape."""
    bins: Ints = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return bins


def calibration_error(probabilities: Floats, gold: Flags) -> float:
    """Expected calibration error over equally wide bins [1]_. Shapes (n,).

    .. [1] Naeini, Cooper, Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian binning.
    """
    gap = np.bincount(bin_of(probabilities), probabilities - gold)
    return float(np.abs(gap).sum() / max(len(gold), 1))


def bootstrap_weights(n_units: int, samples: int, random_state: int) -> Ints:
    """How often each unit is drawn in each of ``samples`` resamplings: shape (samples, n_units)."""
    generator = np.random.default_rng(random_state)
    return generator.multinomial(n_units, np.full(n_units, 1 / n_units), size=samples)


def interval(values: Floats) -> tuple[float, float]:
    """95 % percentile interval of those bootstrap values, shape (n_samples,), that are a number [1]_; zeros if none is.

    .. [1] Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    values = values[~np.isnan(values)]
    if not len(values):
        return 0.0, 0.0
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
