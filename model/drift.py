"""Drift: whether a stream of texts is unlike the training corpus, told by statistics that a few odd texts do not move."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

LEAST = 200
"""Texts from which on a comparison says something: the standard error of Cohen's h is 0.07 then."""
SHIFT = 1.0
"""Drift is a median share of unknown words that lies so many spreads above that of the corpus."""
EFFECT = 0.5
"""Drift are two shares with a larger Cohen's h: from a medium effect on [1]_.

.. [1] Cohen (1988), Statistical power analysis for the behavioral sciences, chapter 6.
"""
UNKNOWN, CHROME, REVIEW = "unknown words", "page chrome", "to check"
_BINS = 1000
_NORMAL_QUARTILES = 1.349
"""Between the quartiles of a normal distribution lie so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What texts are like to a model.

    Attributes:
        articles: how many there are.
        unknown: median of the articles' shares of unknown words.
        spread: a robust standard deviation of these shares.
        chrome: mean share of an article's characters that stand in page chrome.
        review: share of the articles with a label in the review band.
        labels: label → share of the articles that get it.
    """

    articles: int
    unknown: float
    spread: float
    chrome: float
    review: float
    labels: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """JSON-able values for the provenance of an artifact, rounded."""
        return {
            "articles": self.articles,
            "unknown_words": {"median": round(self.unknown, 4), "spread": round(self.spread, 4)},
            "page_chrome": round(self.chrome, 4),
            "to_review": round(self.review, 4),
            "labels": {label: round(share, 4) for label, share in self.labels.items()},
        }

    @classmethod
    def from_dict(cls, record: Any, labels: Iterable[str]) -> "Statistics | None":
        """What `to_dict` gave; None for anything else, as provenance may hold anything and nothing depends on it."""
        try:
            words = record["unknown_words"]
            unknown, spread, chrome, review = (
                words["median"],
                words["spread"],
                record["page_chrome"],
                record["to_review"],
            )
            shares = {label: record["labels"][label] for label in labels}
            if not all(0 <= share <= 1 for share in (unknown, spread, chrome, review, *shares.values())):
                return None
            return cls(int(record["articles"]), unknown, spread, chrome, review, shares)
        except (KeyError, TypeError, ValueError, OverflowError):
            return None


class Tally:
    """Counts article after article, in constant memory.

    Args:
        labels: of the model.
    """

    def __init__(self, labels: Iterable[str]) -> None:
        self.articles = 0
        self._unknown: Counter[int] = Counter()  # by thousandths
        self._chrome = 0.0
        self._review = 0
        self._labels: Counter[str] = Counter(dict.fromkeys(labels, 0))

    def add(self, unknown: float, chrome: float, labels: Iterable[str], *, review: bool) -> None:
        """Count an article: shares of unknown words and of page chrome, labels, and whether it is to be looked at."""
        self.articles += 1
        self._unknown[round(_BINS * unknown)] += 1
        self._chrome += chrome
        self._review += review
        self._labels.update(labels)

    def merge(self, other: "Tally") -> None:
        """Count what another has counted."""
        self.articles += other.articles
        self._unknown.update(other._unknown)
        self._chrome += other._chrome
        self._review += other._review
        self._labels.update(other._labels)

    def statistics(self) -> Statistics:
        """Of all articles so far; there must be one."""
        count = self.articles
        quartiles = self._quantile(0.75) - self._quantile(0.25)
        shares = {label: carried / count for label, carried in self._labels.items()}
        spread = quartiles / _NORMAL_QUARTILES
        return Statistics(count, self._quantile(0.5), spread, self._chrome / count, self._review / count, shares)

    def _quantile(self, share: float) -> float:
        """Of the shares of unknown words, to a thousandth."""
        below = 0
        for part in sorted(self._unknown):
            below += self._unknown[part]
            if below >= share * self.articles:
                break
        return part / _BINS


class Difference(NamedTuple):
    """A share that differs: what of, its value in the stream and in the training corpus."""

    name: str
    here: float
    there: float


def drift(stream: Statistics, corpus: Statistics) -> list[Difference]:
    """What makes a stream unlike the corpus; nothing while either has fewer than `LEAST` texts.

    More unknown words, more page chrome and more to check are drift, less are none: they make no answer worse. Labels count
    both ways, since probabilities and thresholds were learnt at the corpus's shares.
    """
    if min(stream.articles, corpus.articles) < LEAST:
        return []
    found = []
    if stream.unknown - corpus.unknown > SHIFT * max(corpus.spread, 1 / _BINS):
        found.append(Difference(UNKNOWN, stream.unknown, corpus.unknown))
    more = (Difference(CHROME, stream.chrome, corpus.chrome), Difference(REVIEW, stream.review, corpus.review))
    found += [item for item in more if _effect(item) > EFFECT]
    both_ways = (Difference(label, stream.labels.get(label, 0.0), share) for label, share in corpus.labels.items())
    return found + [item for item in both_ways if abs(_effect(item)) > EFFECT]


def _effect(item: Difference) -> float:
    """Cohen's h: the difference of two shares after the transformation that makes their variance equal."""
    return 2 * (math.asin(math.sqrt(item.here)) - math.asin(math.sqrt(item.there)))
