"""Rendering: predictions as text for people, as JSON, JSON Lines and CSV for programs."""

import csv
import io
import json
from typing import Any, Protocol, TextIO

import click

from tagger.cli.inputs import Failure
from tagger.cli.printing import printable
from tagger.cli.reading_view import article_view
from tagger.prediction import Prediction
from tagger.tagging import Tagger

Answer = Prediction | Failure


class Writer(Protocol):
    """Takes answers one by one and writes each as a whole, flushed, so that a reader never waits for half a record."""

    def add(self, answer: Answer) -> None:
        """Write one answer."""

    def close(self) -> None:
        """Write what comes after the last."""


def writer(form: str, out: TextIO, tagger: Tagger, *, level: str, explain: bool) -> Writer:
    """The writer of a format, ``"text"``, ``"json"``, ``"jsonl"`` or ``"csv"``, to ``out``."""
    if form == "text":
        return _Text(out, tagger, level, explain)
    if form == "csv":
        return _Csv(out, tagger, level)
    return _Json(out, level, explain, lines=form == "jsonl")


def record(answer: Answer, level: str, explain: bool) -> dict[str, Any]:
    """An answer as JSON-able values; a failure is a record with an ``error``."""
    if isinstance(answer, Failure):
        return {"id": answer.id, "error": answer.message}
    return answer.to_dict(level=level, explain=explain)


class _Text:
    def __init__(self, out: TextIO, tagger: Tagger, level: str, explain: bool) -> None:
        self._out = out
        self._titles = {event_type.id: event_type.title_ru for event_type in tagger.event_types}
        self._level, self._explain = level, explain
        self._first = True

    def add(self, answer: Answer) -> None:
        if isinstance(answer, Failure):
            return  # standard error has the message
        view = article_view(answer, self._titles, self._level, self._explain)
        click.echo(("" if self._first else "\n") + view, file=self._out)
        self._first = False

    def close(self) -> None:
        pass


class _Json:
    def __init__(self, out: TextIO, level: str, explain: bool, lines: bool) -> None:
        self._out, self._level, self._explain, self._lines = out, level, explain, lines
        self._count = 0

    def add(self, answer: Answer) -> None:
        value = record(answer, self._level, self._explain)
        if self._lines:
            _write(self._out, json.dumps(value, ensure_ascii=False) + "\n")
        else:
            _write(self._out, (",\n" if self._count else "[\n") + json.dumps(value, ensure_ascii=False, indent=1))
        self._count += 1

    def close(self) -> None:
        if not self._lines:
            _write(self._out, "\n]\n" if self._count else "[]\n")


class _Csv:
    """One row for an article and one for each of its paragraphs, a probability column for every label."""

    def __init__(self, out: TextIO, tagger: Tagger, level: str) -> None:
        self._out, self._labels, self._level = out, tagger.labels, level
        names = ["id", "level", "paragraph", "start", "stop", "boilerplate", "labels", *self._labels, "text", "error"]
        self._write([names])

    def add(self, answer: Answer) -> None:
        self._write(self._rows(answer))

    def close(self) -> None:
        pass

    def _rows(self, answer: Answer) -> list[list[Any]]:
        if isinstance(answer, Failure):
            blank = [""] * len(self._labels)
            return [[printable(answer.id), "article", "", "", "", "", "", *blank, "", answer.message]]
        name, rows = printable(answer.article.id), []
        if self._level != "paragraph":
            rows.append([name, "article", "", "", "", "", " ".join(answer.labels), *_figures(answer), "", ""])
        if self._level != "article":
            for number, part in enumerate(answer.paragraphs, 1):
                text = answer.article.text[part.start : part.stop]
                flags: list[Any] = [number, part.start, part.stop, int(part.boilerplate), " ".join(part.labels)]
                rows.append([name, "paragraph", *flags, *_figures(part), text, ""])
        return rows

    def _write(self, rows: list[list[Any]]) -> None:
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows(rows)
        _write(self._out, table.getvalue())


def _write(out: TextIO, text: str) -> None:
    out.write(text)
    out.flush()


def _figures(answer: Any) -> list[str]:
    return [f"{probability:.4f}" for probability in answer.probabilities.values()]
