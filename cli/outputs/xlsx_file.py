"""XLSX: a sheet of articles and a sheet of paragraphs, the words that decided highlighted inside the text."""

import os
from datetime import date
from itertools import groupby
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any

from tagger.cli.inputs import Failure
from tagger.cli.outputs.table import SOURCE
from tagger.cli.outputs.wanted import Wanted
from tagger.cli.outputs.xlsx_sheet import Pieces, Sheet, formats
from tagger.cli.reading_view import deciding_words
from tagger.cli.translation import message
from tagger.codebook import EventType
from tagger.errors import EnvironmentFault
from tagger.prediction import ParagraphPrediction, Prediction

_HEADINGS = {
    "ru": {
        "articles": "Статьи", "paragraphs": "Абзацы", "id": "Статья", "date": "Дата", "outlet": "Издание",
        "title": "Заголовок", "address": "Адрес", "paragraph": "Абзац", "chrome": "Обвязка страницы", "labels": "События",
        "review": "Проверьте", "text": "Текст", "warnings": "Предупреждения", "error": "Ошибка",
    },
    "en": {
        "articles": "Articles", "paragraphs": "Paragraphs", "id": "Article", "date": "Date", "outlet": "Outlet",
        "title": "Title", "address": "Address", "paragraph": "Paragraph", "chrome": "Page chrome", "labels": "Events",
        "review": "Check", "text": "Text", "warnings": "Warnings", "error": "Error",
    },
}  # fmt: skip

EXCEL_BEGINS = 1900
"""The first year that it can count in."""


class Xlsx:
    """Writes a workbook row by row, in constant memory. Paragraphs without event type are there but filtered out.

    Args:
        out: where to.
        event_types: of the model.
        wanted: ``level`` says which sheets there are, ``language`` the language of headings.
    """

    def __init__(self, out: IO[bytes], event_types: tuple[EventType, ...], wanted: Wanted) -> None:
        from xlsxwriter import Workbook

        # Made apart from ``out``: where that breaks, xlsxwriter would not end in silence. The folder goes whatever happens.
        self._out, self._folder = out, TemporaryDirectory()
        self._made = Path(self._folder.name) / "book.xlsx"
        self._book = Workbook(self._made, {"constant_memory": True, "tmpdir": self._folder.name})
        self._language = wanted.language
        self._titles = {event_type.id: event_type.title(wanted.language) for event_type in event_types}
        words = _HEADINGS[wanted.language]
        headings = words | self._titles
        said = ("labels", "review", *self._titles)
        columns = {
            "articles": ("id", *SOURCE, *said, "warnings", "error"),
            "paragraphs": ("id", *SOURCE, "paragraph", "chrome", *said, "text", "error"),
        }
        shown = [name for name in columns if wanted.level in ("both", name.removesuffix("s"))]
        styles = formats(self._book)
        self._sheets = {
            name: Sheet(self._book, words[name], {column: headings[column] for column in columns[name]}, styles)
            for name in shown
        }

    def add(self, item: Prediction | Failure) -> None:
        """Write one answer."""
        if isinstance(item, Failure):
            next(iter(self._sheets.values())).add({"id": item.id, "error": message(item.message, self._language)})
            return
        source: dict[str, Any] = {"id": item.article.id, **item.article.metadata}
        if "date" in source:
            source["date"] = _day(source["date"])
        if "articles" in self._sheets:
            warnings = "; ".join(message(warning, self._language) for warning in item.warnings)
            self._sheets["articles"].add({**source, **self._said(item), "warnings": warnings})
        if "paragraphs" in self._sheets:
            for number, part in enumerate(item.paragraphs, 1):
                said = {"paragraph": number, "chrome": int(part.boilerplate), **self._said(part)}
                row = {**source, **said, "text": _pieces(item, part)}
                self._sheets["paragraphs"].add(row, hidden=not part.labels)

    def close(self) -> None:
        """Write the workbook.

        Raises:
            EnvironmentFault: there is no room for temporary files.
            OSError: it cannot be written to where it is wanted.
        """
        from xlsxwriter.exceptions import FileCreateError

        for name, sheet in self._sheets.items():
            sheet.close(only_with="labels" if name == "paragraphs" else None)
        try:
            self._book.close()
        except FileCreateError as error:
            os.truncate(self._made, 0)  # room for what the ZIP still writes when it is dropped
            reason = getattr(error.args[0], "strerror", error)
            raise EnvironmentFault(f"cannot write {self._made}: {reason}; free space or choose another place") from None
        with self._folder, self._made.open("rb") as book:
            copyfileobj(book, self._out)

    def _said(self, about: Prediction | ParagraphPrediction) -> dict[str, str | float]:
        return {
            "labels": "; ".join(map(self._titles.__getitem__, about.labels)),
            "review": "; ".join(map(self._titles.__getitem__, about.review)),
            **about.probabilities,
        }


def _day(text: str) -> date | str:
    """The day, which a spreadsheet sorts and groups; the text itself if it is none that Excel knows."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return day if day.year >= EXCEL_BEGINS else text


def _pieces(answer: Prediction, part: ParagraphPrediction) -> str | Pieces:
    """The paragraph's text; in pieces if some are words that decided."""
    words = [word for label in part.labels for word in deciding_words(part, part.evidence(label, own=True))]
    text = answer.article.text
    if not words:
        return text[part.start : part.stop]
    marked = {place for word in words for place in range(word.start, word.stop)}
    runs = groupby(range(part.start, part.stop), marked.__contains__)
    return [("".join(text[place] for place in places), is_marked) for is_marked, places in runs]
