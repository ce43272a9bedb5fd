"""Tables: an article a row, from CSV, and what CSV shares with spreadsheets and Parquet."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from tagger.article import Article
from tagger.cli.documents.detection import HEAD
from tagger.cli.documents.guarding import check_size
from tagger.cli.documents.headings import DELIMITERS, find_columns, find_delimiter, first_line, no_text_column
from tagger.cli.documents.metadata import metadata_of
from tagger.cli.documents.web_page import headed
from tagger.cli.documents.wrapped import article_from_text
from tagger.cli.inputs import Failure
from tagger.errors import InputError
from tagger.reading import clean, decode

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
Row = tuple[int, Sequence[object]]
"""The number of a row, by which a person finds it, and its cells."""


def read_csv(stream: io.BufferedReader, name: str, encoding: str | None, max_bytes: int) -> Iterator[Article | Failure]:
    """Articles of a CSV file, a row in memory at a time; comma, semicolon, tab or bar, any encoding that texts may be in.

    Args:
        stream: at its beginning.
        name: what the file is called.
        encoding: None finds it out from the first rows.
        max_bytes: longer rows are refused.

    Raises:
        InputError: no column holds texts, or a row breaks off the table; the rows before it were given.
    """
    head = stream.peek(HEAD)
    # UTF-16 ends in whole pairs of bytes, other encodings after a whole line.
    sample = head[: len(head) // 2 * 2] if head[:2] in _UTF16 else head[: head.rfind(b"\n") + 1] or head
    decoded = decode(sample, encoding)
    text = io.TextIOWrapper(stream, decoded.encoding, newline="")
    csv.field_size_limit(max_bytes)
    likely = max(DELIMITERS, key=first_line(head, decoded.encoding).count)
    delimiter = find_delimiter(head, decoded.encoding) or likely
    lines = _Lines(text, max_bytes)
    rows = csv.reader(lines, delimiter=delimiter)
    numbered = _numbered(rows, lines)
    try:
        headings = [str(heading).lstrip("\ufeff") for heading in next(numbered, (1, []))[1]]
        for number, article in enumerate(articles(numbered, headings, name, "csv", max_bytes)):
            yield _warned(article, decoded.warnings) if number == 0 else article
    except UnicodeDecodeError as error:
        raise InputError(f"after line {rows.line_num}: not {decoded.encoding}; name the file's --encoding") from error
    finally:
        text.detach()


def articles(
    rows: Iterable[Row], headings: Sequence[object], name: str, form: str, max_bytes: int
) -> Iterator[Article | Failure]:
    """The article of each row that is not empty, the title as its first paragraph; a bad row is a failure in its place.

    Args:
        rows: those after the headings.
        headings: what the columns are called.
        name: what the table is called; an article without id is called ``name:row``.
        form: the article's ``format``.
        max_bytes: larger texts are refused.

    Raises:
        InputError: no column holds texts.
    """
    columns = find_columns(headings)
    if "text" not in columns:
        raise InputError(no_text_column(headings))
    for number, cells in rows:
        where = f"{name}:{number}"
        try:
            values = {field: _written(cells[place]) for field, place in columns.items() if place < len(cells)}
        except UnicodeDecodeError as error:
            yield Failure(where, f"binary data in a column: byte {error.start} is not UTF-8; write texts into it")
            continue
        if any(values.values()):
            yield _article(values, where, form, max_bytes)


def _article(values: dict[str, str], where: str, form: str, max_bytes: int) -> Article | Failure:
    name = values.pop("id", "").strip() or where
    try:
        text = values.pop("text", None)
        if text is None:
            raise InputError("the row has no cell for the text; is a separator missing?")
        check_size(len(text), max_bytes)
        blank, controls = clean(headed(text, values.get("title", "")))
        return article_from_text(blank, name, controls, metadata_of(format=form, **values))
    except InputError as error:
        return Failure(name, str(error) if name == where else f"{where}: {error}")


def _written(cell: object) -> str:
    """A cell as a person would write it: dates by ISO 8601, whole numbers without fraction, bytes as UTF-8."""
    if cell is None:
        return ""
    if isinstance(cell, bytes):
        return cell.decode("utf-8")
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class _Lines:
    """Lines of limited length, which remember those of the row that is being read."""

    def __init__(self, text: io.TextIOWrapper, max_bytes: int) -> None:
        self._text, self._max_bytes = text, max_bytes
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._max_bytes + 1):
            check_size(len(line), self._max_bytes)
            self.row.append(line)
            yield line
        self.row.append("")


def _numbered(rows: "csv._reader", lines: _Lines) -> Iterator[Row]:  # type: ignore[name-defined]
    """The rows with the lines they begin on.

    A quote that nobody closed takes the lines after it into its row, up to the next quote or the end of the file. So rows of
    several lines are read strictly; others may hold «"Луч" открыт», as people write it.
    """
    line = 1
    try:
        for cells in rows:
            if len(lines.row) > 1:
                next(csv.reader(lines.row, rows.dialect, strict=True))
            lines.row.clear()
            yield line, cells
            line = rows.line_num + 1
    except csv.Error as error:
        message = f"line {line}: the row has no proper end ({error}), and the rest was not read; mend its quotes"
        raise InputError(message) from error


def _warned(article: Article | Failure, warnings: tuple[str, ...]) -> Article | Failure:
    """The file's warnings go to the first row only: they would drown all others."""
    if isinstance(article, Failure):
        return article
    return Article(article.text, article.spans, article.id, warnings + article.warnings, article.metadata)
