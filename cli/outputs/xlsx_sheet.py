"""A sheet of a workbook: rows under headings, with texts of which pieces are highlighted, within what Excel can hold."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

MAX_ROWS = 1_048_576
"""What is beyond goes to a further sheet."""
MAX_CELL = 32_767
"""UTF-16 units in a cell; a longer text is cut."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {
    "id": 24,
    "outlet": 16,
    "title": 40,
    "address": 30,
    "labels": 28,
    "review": 20,
    "text": 100,
    "warnings": 40,
    "error": 40,
}

Pieces = list[tuple[str, bool]]
"""A text in pieces, and whether each is highlighted."""


def formats(book: Any) -> dict[str, Any]:
    """The formats that the sheets of a workbook share."""
    return {
        "heading": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"}),
        "share": book.add_format({"num_format": "0%", "valign": "top"}),
        "marked": book.add_format({"bold": True, "font_color": "#B00020"}),
    }


class Sheet:
    """Rows of a sheet, and of the further sheets that it takes.

    Args:
        book: an `xlsxwriter.Workbook`.
        name: of the first sheet.
        headings: column → its heading.
        styles: see `formats`.
        max_rows: rows of a sheet, the one of headings included.
    """

    def __init__(
        self, book: Any, name: str, headings: Mapping[str, str], styles: Mapping[str, Any], max_rows: int = MAX_ROWS
    ) -> None:
        self._book, self._name, self._headings, self._styles, self._max_rows = book, name, headings, styles, max_rows
        self._sheets: list[Any] = []
        self._begin()

    def add(self, row: Mapping[str, Any], *, hidden: bool = False) -> None:
        """Write a row: column → text, number, share, day or `Pieces`; ``hidden`` if the filter of `close` leaves it out."""
        if self._row == self._max_rows:
            self._begin()
        if hidden:
            self._sheets[-1].set_row(self._row, options={"hidden": True})
        for place, column in enumerate(self._headings):
            if column in row:
                self._cell(place, row[column])
        self._row += 1

    def close(self, *, only_with: str | None = None) -> None:
        """Add the filter, set to rows with something in the column ``only_with``."""
        for sheet in self._sheets:
            rows = self._row if sheet is self._sheets[-1] else self._max_rows
            sheet.autofilter(0, 0, max(rows - 1, 1), len(self._headings) - 1)
            if only_with:
                sheet.filter_column(list(self._headings).index(only_with), "x == NonBlanks")

    def _begin(self) -> None:
        """Begin the first or a further sheet."""
        number = len(self._sheets) + 1
        sheet = self._book.add_worksheet(self._name if number == 1 else f"{self._name} {number}")
        sheet.freeze_panes(1, 1)
        for place, (column, heading) in enumerate(self._headings.items()):
            sheet.set_column(place, place, _WIDTHS.get(column, 12))
            sheet.write_string(0, place, heading, self._styles["heading"])
        self._sheets.append(sheet)
        self._row = 1

    def _cell(self, place: int, value: Any) -> None:
        sheet, plain = self._sheets[-1], self._styles["plain"]
        if isinstance(value, float):
            sheet.write_number(self._row, place, value, self._styles["share"])
        elif isinstance(value, date):
            sheet.write_datetime(self._row, place, value, self._styles["day"])
        elif isinstance(value, int):
            sheet.write_number(self._row, place, value, plain)
        elif isinstance(value, str):
            # Never `write`, which would make formulas and links of texts.
            sheet.write_string(self._row, place, "".join(text for text, _ in fitting([(value, False)])), plain)
        else:
            self._text(place, fitting(value))

    def _text(self, place: int, pieces: Pieces) -> None:
        sheet, plain, marked = self._sheets[-1], self._styles["plain"], self._styles["marked"]
        if len(pieces) < 2:  # a text of one piece is no rich text
            for text, is_marked in pieces:
                sheet.write_string(self._row, place, text, marked if is_marked else plain)
            return
        parts = [part for text, is_marked in pieces for part in ([marked, text] if is_marked else [text])]
        sheet.write_rich_string(self._row, place, *parts, plain)


def fitting(pieces: Pieces) -> Pieces:
    """Pieces without what XML cannot hold and without empty ones, cut with an ellipsis at `MAX_CELL`."""
    left = MAX_CELL - 1
    kept: Pieces = []
    for text, is_marked in pieces:
        units = _UNSEEN.sub(" ", text).encode("utf-16-le")
        part = units[: 2 * left].decode("utf-16-le", "ignore")
        if len(units) > 2 * left:
            return [*kept, (f"{part}…", is_marked)]
        left -= len(units) // 2
        kept += [(part, is_marked)] if part else []
    return kept
