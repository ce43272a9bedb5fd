"""Comparing: whether one model is better than another on the same labelled articles, and where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tagger.errors import TrainingDataError
from tagger.model import Model
from tagger.training.corpus import Corpus
from tagger.training.evaluation import SAMPLES, Row, evaluate_verdicts, verdicts_on
from tagger.training.levels import Level, levels_of
from tagger.training.metrics import bootstrap_weights, interval
from tagger.verdict import Flags, Verdicts
from tagger.vocabulary import Ints

BY_LABEL = ("scores", "probabilities", "labels", "review", "article_probabilities", "article_labels", "article_review")
"""The fields of `Verdicts` with a column for each label."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The figures of a label or average of both models.

    Attributes:
        a, b: figures of either model.
        f1_interval: 95 % interval of F1 of B minus F1 of A, from the paired bootstrap: both models are judged by the same
            resampled articles [1]_.

    .. [1] Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.
    """

    a: Row
    b: Row
    f1_interval: tuple[float, float]

    @property
    def f1(self) -> float:
        """F1 of B minus F1 of A."""
        return self.b.f1 - self.a.f1

    @property
    def clear(self) -> bool:
        """Whether the interval is on one side of 0."""
        low, high = self.f1_interval
        return low > 0 or high < 0

    def to_dict(self) -> dict[str, Any]:
        """JSON-able values."""
        return {
            "label": self.a.label,
            "a": self.a.to_dict(),
            "b": self.b.to_dict(),
            "f1_difference": round(self.f1, 4),
            "f1_difference_interval": [round(bound, 4) for bound in self.f1_interval],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that the models label differently.

    Attributes:
        where: file and line of its article.
        id: of its article.
        paragraph: its number in the article, from 1.
        text: its text.
        gold, a, b: its labels in the data and by either model.
        worse: B is wrong where A was right; otherwise B is right where A was wrong.
        label: the label that B is surest of, among those that make it worse or better.
        probabilities: of that label, by A and by B.
    """

    where: str
    id: str
    paragraph: int
    text: str
    gold: frozenset[str]
    a: frozenset[str]
    b: frozenset[str]
    worse: bool
    label: str
    probabilities: tuple[float, float]

    @property
    def certainty(self) -> float:
        """B's probability of what it decided about the label."""
        return self.probabilities[1] if self.label in self.b else 1 - self.probabilities[1]

    def to_dict(self) -> dict[str, Any]:
        """JSON-able values."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return values | {
            **{name: sorted(values[name]) for name in ("gold", "a", "b")},
            "probabilities": [round(probability, 4) for probability in self.probabilities],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same data; only the labels that both have are compared.

    Attributes:
        n_articles, n_paragraphs: sizes of the data.
        only_a, only_b: labels of one model that the other does not have.
        paragraph, article: a difference for each label, then ``macro`` and ``micro``.
        boilerplate: the difference in the mark for page chrome.
        changes: what became wrong, the surest first, then what became right.
    """

    n_articles: int
    n_paragraphs: int
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    paragraph: tuple[Difference, ...]
    article: tuple[Difference, ...]
    boilerplate: Difference
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-able values, as described by ``tagger/schemas/comparison.schema.json``."""
        return {
            "articles": self.n_articles,
            "paragraphs": self.n_paragraphs,
            "only_a": list(self.only_a),
            "only_b": list(self.only_b),
            "paragraph": [difference.to_dict() for difference in self.paragraph],
            "article": [difference.to_dict() for difference in self.article],
            "boilerplate": self.boilerplate.to_dict(),
            "changes": [change.to_dict() for change in self.changes],
        }


def compare(a: Model, b: Model, corpus: Corpus) -> Comparison:
    """Let both models tag the corpus and compare them with its gold labels and with each other.

    Args:
        a: the one model.
        b: the other, whose changes are judged.
        corpus: labelled articles; labels that only one model has do not count.

    Raises:
        TrainingDataError: the models have no label in common.
    """
    common = tuple(label for label in a.labels if label in b.labels)
    if not common:
        raise TrainingDataError(
            f"nothing to compare: one model has {', '.join(a.labels)}, the other {', '.join(b.labels)}"
        )
    corpus = replace(corpus, labels=common)
    pair = (_verdicts(a, corpus), _verdicts(b, corpus))
    of_a, of_b = (evaluate_verdicts(verdicts, corpus) for verdicts in pair)
    weights = bootstrap_weights(len(corpus), SAMPLES, 0)
    paragraphs, articles, chrome = zip(*(levels_of(verdicts, corpus) for verdicts in pair), strict=True)
    return Comparison(
        len(corpus),
        len(corpus.groups),
        tuple(label for label in a.labels if label not in common),
        tuple(label for label in b.labels if label not in common),
        _differences((of_a.paragraph, of_b.paragraph), paragraphs, weights),
        _differences((of_a.article, of_b.article), articles, weights),
        _differences(((of_a.boilerplate,), (of_b.boilerplate,)), chrome, weights)[0],
        tuple(sorted(_changes(*pair, corpus), key=lambda change: (not change.worse, -change.certainty))),
    )


def _differences(rows: tuple[tuple[Row, ...], ...], levels: tuple[Level, ...], weights: Ints) -> tuple[Difference, ...]:
    """Of each label and average, from both models' figures and verdicts at a level."""
    samples_a, samples_b = (level.counts(weights.shape[1]).f1_samples(weights) for level in levels)
    gaps = (samples_b - samples_a).T
    return tuple(Difference(a, b, interval(gap)) for a, b, gap in zip(*rows, gaps, strict=False))


def _verdicts(model: Model, corpus: Corpus) -> Verdicts:
    """What the model decides, only the columns of the corpus's labels, in their order."""
    verdicts = verdicts_on(corpus, model)
    columns = [model.labels.index(label) for label in corpus.labels]
    return replace(verdicts, **{name: getattr(verdicts, name)[:, columns] for name in BY_LABEL})


def _changes(a: Verdicts, b: Verdicts, corpus: Corpus) -> Iterator[Change]:
    gold, groups, places = corpus.gold, corpus.groups, corpus.places
    changed = (a.labels != b.labels) & corpus.known_labels
    wrong = b.labels != gold  # where the models differ, one of them is right
    certainty = np.where(b.labels, b.probabilities, 1 - b.probabilities)
    for row in np.flatnonzero(changed.any(axis=1)):
        worse = bool((changed[row] & wrong[row]).any())
        deciding = changed[row] & wrong[row] if worse else changed[row]
        column = int(np.where(deciding, certainty[row], -1).argmax())
        article = corpus.articles[groups[row]]
        number = int(places[row])
        yield Change(
            where=article.where,
            id=article.id,
            paragraph=number + 1,
            text=article.paragraphs[number],
            gold=_names(gold[row], corpus.labels),
            a=_names(a.labels[row], corpus.labels),
            b=_names(b.labels[row], corpus.labels),
            worse=worse,
            label=corpus.labels[column],
            probabilities=(float(a.probabilities[row, column]), float(b.probabilities[row, column])),
        )


def _names(flags: Flags, labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label for label, given in zip(labels, flags, strict=True) if given)
