"""Rendering: predictions as text for people, as JSON, JSON Lines and CSV for programs."""

import csv
import json
import sys
from typing import Any, Protocol

import click

from tagger.cli.inputs import Failure
from tagger.cli.reading_view import article_view
from tagger.prediction import Prediction
from tagger.tagging import Tagger

Answer = Prediction | Failure


class Writer(Protocol):
    """Takes answers one by one and writes them to standard output."""

    def add(self, answer: Answer) -> None:
        """Write one answer."""

    def close(self) -> None:
        """Write what comes after the last."""


def writer(form: str, tagger: Tagger, *, level: str, explain: bool) -> Writer:
    """The writer for a format: ``"text"``, ``"json"``, ``"jsonl"`` or ``"csv"``."""
    if form == "text":
        return _Text(tagger, level, explain)
    if form == "csv":
        return _Csv(tagger, level)
    return _Json(level, explain, lines=form == "jsonl")


def record(answer: Answer, level: str, explain: bool) -> dict[str, Any]:
    """An answer as JSON-able values; a failure is a record with an ``error``."""
    if isinstance(answer, Failure):
        return {"id": answer.id, "error": answer.message}
    return answer.to_dict(level=level, explain=explain)


class _Text:
    def __init__(self, tagger: Tagger, level: str, explain: bool) -> None:
        self._titles = {event_type.id: event_type.title_ru for event_type in tagger.event_types}
        self._level, self._explain = level, explain
        self._first = True

    def add(self, answer: Answer) -> None:
        if isinstance(answer, Failure):
            return  # standard error has the message
        click.echo(("" if self._first else "\n") + article_view(answer, self._titles, self._level, self._explain))
        self._first = False

    def close(self) -> None:
        pass


class _Json:
    def __init__(self, level: str, explain: bool, lines: bool) -> None:
        self._level, self._explain, self._lines = level, explain, lines
        self._count = 0

    def add(self, answer: Answer) -> None:
        value = record(answer, self._level, self._explain)
        if self._lines:
            click.echo(json.dumps(value, ensure_ascii=False))
        else:
            click.echo(
                ("[\n" if not self._count else ",\n") + json.dumps(value, ensure_ascii=False, indent=1), nl=False
            )
        self._count += 1

    def close(self) -> None:
        if not self._lines:
            click.echo("\n]" if self._count else "[]")


class _Csv:
    """One row for an article and one for each of its paragraphs, a probability column for every label."""

    def __init__(self, tagger: Tagger, level: str) -> None:
        self._labels, self._level = tagger.labels, level
        self._rows = csv.writer(sys.stdout, lineterminator="\n")
        self._rows.writerow(
            ["id", "level", "paragraph", "start", "stop", "boilerplate", "labels", *self._labels, "text", "error"]
        )

    def add(self, answer: Answer) -> None:
        blank = [""] * len(self._labels)
        if isinstance(answer, Failure):
            self._rows.writerow([answer.id, "article", "", "", "", "", "", *blank, "", answer.message])
            return
        name = answer.article.id
        if self._level != "paragraph":
            self._rows.writerow([name, "article", "", "", "", "", " ".join(answer.labels), *_figures(answer), "", ""])
        if self._level != "article":
            for number, part in enumerate(answer.paragraphs, 1):
                text = answer.article.text[part.start : part.stop]
                flags = [number, part.start, part.stop, int(part.boilerplate), " ".join(part.labels)]
                self._rows.writerow([name, "paragraph", *flags, *_figures(part), text, ""])

    def close(self) -> None:
        pass


def _figures(answer: Any) -> list[str]:
    return [f"{probability:.4f}" for probability in answer.probabilities.values()]
