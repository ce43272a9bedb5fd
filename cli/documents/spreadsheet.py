"""Spreadsheets: an article a row of .xlsx, by openpyxl, a row in memory at a time."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any

from tagger.article import Article
from tagger.cli.documents.guarding import missing, reading
from tagger.cli.documents.headings import find_columns, no_text_column
from tagger.cli.documents.tables import Row, articles
from tagger.cli.inputs import Failure
from tagger.errors import InputError

TITLE_ROWS = 10
"""Rows among which the headings are looked for: exports begin with a title, a period, an empty row."""
WHAT = "a spreadsheet (.xlsx)"


def read_spreadsheet(stream: IO[bytes], name: str, max_bytes: int) -> Iterator[Article | Failure]:
    """Articles of every sheet that has a column of texts; formulas count with the value they were saved with.

    Args:
        stream: a .xlsx whose size, unpacked too, was looked at.
        name: what the file is called.
        max_bytes: larger texts are refused.

    Raises:
        InputError: openpyxl is missing, the file is damaged, or no sheet has a column of texts.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise missing(error, "a spreadsheet", "xlsx") from error
    with reading(WHAT):
        book: Any = load_workbook(stream, read_only=True, data_only=True)
        sheets = book.worksheets
    found = False
    first: Sequence[object] = ()
    for sheet in sheets:
        rows = _rows(sheet)
        head = list(islice(rows, TITLE_ROWS))
        place = next((place for place, (_, cells) in enumerate(head) if "text" in find_columns(cells)), None)
        if place is None:
            first = first or next((cells for _, cells in head if any(cells)), ())
            continue
        found = True
        label = name if len(sheets) == 1 else f"{name}:{sheet.title}"
        yield from articles(_chained(head[place + 1 :], rows), head[place][1], label, "xlsx", max_bytes)
    if not found:
        raise InputError(no_text_column(first))


def _rows(sheet: Any) -> Iterator[Row]:
    """Numbered rows; each is parsed when it is asked for, so damage is met anywhere."""
    with reading(WHAT):
        sheet.reset_dimensions()  # declared ones may be wrong, and rows are filled up to them
        rows = sheet.iter_rows(values_only=True)
    for number in range(1, 1 << 21):
        with reading(WHAT):
            row = next(rows, None)
        if row is None:
            return
        yield number, row


def _chained(head: list[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from head
    yield from rest
