"""The table: the columns that CSV and Parquet have in common, a row for an article and one for each of its paragraphs."""

from collections.abc import Iterator
from typing import Any

from tagger.cli.inputs import Failure
from tagger.prediction import ParagraphPrediction, Prediction

SOURCE = ("date", "outlet", "title", "address")
"""Columns that repeat the article's metadata."""

Row = dict[str, Any]
"""Column → text, number, truth value or tuple of texts; what is missing is left out."""


class Table:
    """Columns and rows.

    Args:
        labels: of the model.
        level: ``"article"``, ``"paragraph"`` or ``"both"``: which rows there are.
        wide: two columns for a label, ``label`` (0 or 1) and ``label_probability``; otherwise one, its probability, beside
            a column ``labels`` that lists the labels given.

    Attributes:
        columns: their names in order.
        probabilities: label → the name of its column of probabilities.
    """

    def __init__(self, labels: tuple[str, ...], level: str, wide: bool) -> None:
        self._level, self._wide = level, wide
        self.probabilities = {label: f"{label}_probability" if wide else label for label in labels}
        figures = [name for label in labels for name in ((label, self.probabilities[label]) if wide else (label,))]
        given = () if wide else ("labels",)
        flags = ("level", "paragraph", "start", "stop", "boilerplate")
        self.columns = ("id", *SOURCE, *flags, *given, *figures, "review", "text", "warnings", "error")

    def rows(self, answer: Prediction | Failure) -> Iterator[Row]:
        """The rows of an answer; a failure has one, with its ``error``."""
        if isinstance(answer, Failure):
            yield {"id": answer.id, "level": "article", "error": answer.message}
            return
        metadata = answer.article.metadata
        source = {"id": answer.article.id, **{name: metadata[name] for name in SOURCE if name in metadata}}
        if self._level != "paragraph":
            yield {**source, "level": "article", **self._said(answer), "warnings": answer.warnings}
        if self._level != "article":
            for number, part in enumerate(answer.paragraphs, 1):
                place = {"paragraph": number, "start": part.start, "stop": part.stop, "boilerplate": part.boilerplate}
                text = answer.article.text[part.start : part.stop]
                yield {**source, "level": "paragraph", **place, **self._said(part), "text": text}

    def _said(self, about: Prediction | ParagraphPrediction) -> Row:
        figures = {self.probabilities[label]: value for label, value in about.probabilities.items()}
        if self._wide:
            given: Row = {label: label in about.labels for label in self.probabilities}
        else:
            given = {"labels": about.labels}
        return {**given, **figures, "review": about.review}
