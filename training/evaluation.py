"""Evaluation: how good a model is on labelled articles, at the level of articles and of paragraphs."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from tagger.model import Model
from tagger.scoring import score
from tagger.training.corpus import Corpus
from tagger.training.metrics import (
    Counts,
    average_precision,
    bootstrap_weights,
    calibration_error,
    f1,
    interval,
    macro_average,
    resampled_f1,
)
from tagger.verdict import Flags, Verdicts, decide
from tagger.vocabulary import Floats, Ints

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
        average_precision: area under the precision–recall curve; for averages the mean over labels.
        calibration_error: expected, over ten bins; for averages the mean over labels.
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
    n_articles, groups = len(corpus), corpus.groups
    known, paragraphs = corpus.known_labels, corpus.known
    weights = bootstrap_weights(n_articles, SAMPLES, 0)
    each = np.arange(n_articles)
    certain: Flags = np.logical_not(verdicts.review[paragraphs].any(axis=1))
    right = ((verdicts.labels == corpus.gold) | ~known)[paragraphs].all(axis=1)
    return Evaluation(
        n_articles,
        int(paragraphs.sum()),
        float(1 - certain.mean()) if len(certain) else 0.0,
        float(right[certain].mean()) if certain.any() else 1.0,
        _rows(corpus.labels, verdicts.labels, verdicts.probabilities, corpus.gold, known, groups, weights),
        _rows(
            corpus.labels,
            verdicts.article_labels,
            verdicts.article_probabilities,
            corpus.article_gold,
            corpus.article_known,
            each,
            weights,
        ),
        _rows(
            ("boilerplate",),
            verdicts.boilerplate[:, None],
            verdicts.boilerplate_probabilities[:, None],
            corpus.boilerplate[:, None],
            paragraphs[:, None],
            groups,
            weights,
        )[0],
    )


def _rows(
    labels: tuple[str, ...],
    given: Flags,
    probabilities: Floats,
    gold: Flags,
    known: Flags,
    articles: Ints,
    weights: Ints,
) -> tuple[Row, ...]:
    counts = Counts.by_article(given & known, gold & known, articles, weights.shape[1])
    occurs = counts.present.sum(axis=0) > 0
    samples = resampled_f1(*counts.sums(weights))
    rows = []
    for column, label in enumerate(labels):
        chances, carried = probabilities[known[:, column], column], gold[known[:, column], column]
        hits, called, present = (int(total[:, column].sum()) for total in (counts.hits, counts.given, counts.present))
        rows.append(
            Row(
                label,
                present,
                hits / called if called else 0.0,
                hits / present if present else 0.0,
                float(f1(hits, called, present)),
                interval(samples[:, column]),
                average_precision(chances, carried),
                calibration_error(chances, carried),
            )
        )
    return (*rows, _macro(rows, samples, occurs), _micro(rows, counts, weights))


def _macro(rows: list[Row], samples: Floats, occurs: Flags) -> Row:
    chosen = [row for row, present in zip(rows, occurs, strict=True) if present]
    if not chosen:
        return Row("macro", 0, 0.0, 0.0, 0.0, (0.0, 0.0), float("nan"), float("nan"))

    def mean(name: str) -> float:
        return float(np.mean([getattr(row, name) for row in chosen]))

    return Row(
        "macro",
        sum(row.support for row in chosen),
        mean("precision"),
        mean("recall"),
        mean("f1"),
        interval(macro_average(samples)),
        mean("average_precision"),
        mean("calibration_error"),
    )


def _micro(rows: list[Row], counts: Counts, weights: Ints) -> Row:
    hits, given, present = (total.sum() for total in (counts.hits, counts.given, counts.present))
    samples = resampled_f1(*(total.sum(axis=1) for total in counts.sums(weights)))
    return Row(
        "micro",
        int(present),
        float(hits / max(given, 1)),
        float(hits / max(present, 1)),
        float(f1(hits, given, present)),
        interval(samples),
        float(np.nanmean([row.average_precision for row in rows])) if present else float("nan"),
        float(np.mean([row.calibration_error for row in rows])),
    )
