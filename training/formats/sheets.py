"""Sheets: rows of CSV files in whatever dialect Excel writes them, and of .xlsx workbooks."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from zipfile import BadZipFile

from tagger.errors import EnvironmentFault
from tagger.training.formats.labelling import BadRecord, LeftOut
from tagger.training.formats.source import Source

ZIP = b"PK\x03\x04"
DELIMITERS = ",;\t"
LONGEST_HEADER = 100_000
"""Characters in which the first row must end."""


class Row(NamedTuple):
    """Cells by column; ``where`` is ``file:line``, or ``file: row n`` in a workbook."""

    where: str
    cells: dict[str, str]


def read_sheet(source: Source) -> Iterator[Row | BadRecord | LeftOut]:
    """The rows under the header of a CSV file or of a workbook's first sheet.

    Raises:
        DecodingError: the file is neither text nor a workbook.
        EnvironmentFault: it is a workbook and openpyxl is not installed.
    """
    if source.data.startswith(ZIP):
        yield from _xlsx(source)
        return
    try:
        yield from _under_header(source, _csv(source))
    except csv.Error as error:
        yield BadRecord(str(source), f"broken quotes from some line on ({error}); save the table again")


def header(text: str) -> list[str]:
    """The first row, cut by whatever of `DELIMITERS` cuts it into most columns."""
    return max((_first(text, mark) for mark in DELIMITERS), key=len)


def _first(text: str, mark: str) -> list[str]:
    try:
        return next(_reader(text[:LONGEST_HEADER], mark), [])
    except csv.Error:
        return []


def _reader(text: str, mark: str) -> Any:
    """A reader that refuses broken quotes, which would swallow the rows after them."""
    csv.field_size_limit(2**31 - 1)
    return csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)


def _csv(source: Source) -> Iterator[tuple[str, list[str]]]:
    text = source.text
    reader = _reader(text, max(DELIMITERS, key=lambda mark: len(_first(text, mark))))
    line = 1
    for row in reader:
        yield f"{source}:{line}", row
        line = reader.line_num + 1


def _xlsx(source: Source) -> Iterator[Row | BadRecord | LeftOut]:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise EnvironmentFault(
            "reading .xlsx needs openpyxl: pip install 'event-tagger[xlsx]', or save as CSV"
        ) from error
    try:
        # Bytes, since openpyxl would refuse a file by its name's ending.
        book = load_workbook(BytesIO(source.data), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        yield BadRecord(str(source), f"no .xlsx workbook ({error}); save it again as .xlsx or CSV")
        return
    for sheet in book.worksheets[1:]:
        yield LeftOut(f"sheet «{sheet.title}» (only the first one is read)")
    lines = ((f"{source}: row {number}", [_cell(value) for value in row]) for number, row in enumerate(rows, 1))
    yield from _under_header(source, lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool | float) and value == int(value) else str(value)


def _under_header(source: Source, lines: Iterable[tuple[str, list[str]]]) -> Iterator[Row | BadRecord]:
    rows = iter(lines)
    names = [name.strip() for name in next(rows, ("", []))[1]]
    named = [name for name in names if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if not named or twice:
        why = f"columns with the same name: {', '.join(twice)}" if twice else "no header"
        yield BadRecord(f"{source}:1", f"{why}; the first row must name the columns")
        return
    for where, cells in rows:
        if len(cells) > len(names) and any(cells[len(names) :]):
            yield BadRecord(
                where, f"{len(cells)} cells under {len(names)} columns; put quotes around text with separators"
            )
        elif any(cell.strip() for cell in cells):
            padded = cells + [""] * (len(names) - len(cells))
            yield Row(where, {name: cell for name, cell in zip(names, padded, strict=False) if name})
