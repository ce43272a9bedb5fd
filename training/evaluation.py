"""Evaluation: how good a model is on labelled articles, at the level of articles and of paragraphs."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from tagger.model import Model
from tagger.scoring import score
from tagger.training.corpus import Corpus
from tagger.training.levels import Level, levels_of
from tagger.training.metrics import average_precision, bootstrap_weights, calibration_error, f1, interval
from tagger.verdict import Flags, Verdicts, decide
from tagger.vocabulary import Ints

SAMPLES = 1000
"""Bootstrap resamplings."""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one label, or of their ``macro`` or ``micro`` average.

    Attributes:
        label: the event type's id, ``"macro"`` or ``"micro"``.
        support: paragraphs or articles that carry it.
        precision, recall, f1: at the model's thresholds.
        f1_interval: 95 % bootstrap interval over articles; resamplings without the label do not count.
        average_precision: area under the precision–recall curve; for averages the mean over the labels that occur.
        calibration_error: expected, over ten bins; for averages the mean over the labels that occur.
    """

    label: str
    support: int
    precision: float
    recall: float
    f1: float
    f1_interval: tuple[float, float]
    average_precision: float
    calibration_error: float

    def to_dict(self) -> dict[str, Any]:
        """JSON-able values, rounded; None where a figure does not exist."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: None if value != value else round(value, 4) if isinstance(value, float) else value
            for name, value in values.items()
        } | {"f1_interval": [round(bound, 4) for bound in self.f1_interval]}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures at both levels; averages run over the labels that occur in the data.

    Attributes:
        n_articles, n_paragraphs: sizes of the data.
        reviewed: share of the paragraphs with a probability in a review band.
        right_outside_review: share of the others whose labels are all right.
        paragraph, article: a row for each label, then ``macro`` and ``micro``.
        boilerplate: the figures of the mark for page chrome.
    """

    n_articles: int
    n_paragraphs: int
    reviewed: float
    right_outside_review: float
    paragraph: tuple[Row, ...]
    article: tuple[Row, ...]
    boilerplate: Row

    def row(self, level: str, label: str) -> Row:
        """The figures of a label or average (``"macro"``) at a level (``"paragraph"``, ``"article"``)."""
        rows: tuple[Row, ...] = getattr(self, level)
        return next(row for row in rows if row.label == label)

    def to_dict(self) -> dict[str, Any]:
        """JSON-able values, as described by ``tagger/schemas/evaluation.schema.json``."""
        return {
            "articles": self.n_articles,
            "paragraphs": self.n_paragraphs,
            "reviewed": round(self.reviewed, 4),
            "right_outside_review": round(self.right_outside_review, 4),
            "paragraph": [row.to_dict() for row in self.paragraph],
            "article": [row.to_dict() for row in self.article],
            "boilerplate": self.boilerplate.to_dict(),
        }


def evaluate(model: Model, corpus: Corpus) -> Evaluation:
    """Tag the corpus and compare with its gold labels."""
    return evaluate_verdicts(verdicts_on(corpus, model), corpus)


def verdicts_on(corpus: Corpus, model: Model) -> Verdicts:
    """What the model decides about the articles of the corpus."""
    return decide(score([article.article.paragraphs for article in corpus.articles], model).scores, model)


def evaluate_verdicts(verdicts: Verdicts, corpus: Corpus) -> Evaluation:
    """Compare ready verdicts with the gold labels of the same articles, where these are known."""
    known = corpus.known
    certain: Flags = np.logical_not(verdicts.review[known].any(axis=1))
    right = ((verdicts.labels == corpus.gold) | ~corpus.known_labels)[known].all(axis=1)
    weights = bootstrap_weights(len(corpus), SAMPLES, 0)
    paragraph, article, boilerplate = (_rows(level, weights) for level in levels_of(verdicts, corpus))
    return Evaluation(
        len(corpus),
        int(known.sum()),
        float(1 - certain.mean()) if len(certain) else 0.0,
        float(right[certain].mean()) if certain.any() else 1.0,
        paragraph,
        article,
        boilerplate[0],
    )


def _rows(level: Level, weights: Ints) -> tuple[Row, ...]:
    """A row for each label, then ``macro`` and ``micro``."""
    counts = level.counts(weights.shape[1])
    *bounds, macro, micro = [interval(values) for values in counts.f1_samples(weights).T]
    totals = np.stack([counts.hits, counts.given, counts.present]).sum(axis=1).T  # (n_labels, 3)
    rows = []
    for column, label in enumerate(level.labels):
        known = level.column(column)
        rows.append(_row(label, totals[column], bounds[column], average_precision(*known), calibration_error(*known)))
    occurring = [row for row in rows if row.support]

    def mean(name: str, of_nothing: float) -> float:
        return float(np.mean([getattr(row, name) for row in occurring])) if occurring else of_nothing

    at_thresholds = (mean("precision", 0.0), mean("recall", 0.0), mean("f1", 0.0))
    of_chances = (mean("average_precision", np.nan), mean("calibration_error", np.nan))
    support = sum(row.support for row in occurring)
    return (
        *rows,
        Row("macro", support, *at_thresholds, macro, *of_chances),
        _row("micro", totals.sum(axis=0), micro, *of_chances),
    )


def _row(label: str, totals: Ints, f1_interval: tuple[float, float], *of_chances: float) -> Row:
    """A row from the sums of hits, given and present, shape (3,), average precision and calibration error."""
    hits, given, present = totals.tolist()
    at_thresholds = (hits / max(given, 1), hits / max(present, 1), float(f1(hits, given, present)))
    return Row(label, present, *at_thresholds, f1_interval, *of_chances)
