"""JSON Lines: articles to be tagged, one line in memory at a time."""

import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from tagger.article import Article
from tagger.cli.documents.headings import SOURCE_FIELDS, find_columns
from tagger.cli.documents.metadata import metadata_of
from tagger.cli.documents.wrapped import article_from_text
from tagger.cli.inputs import Failure
from tagger.cli.printing import printable
from tagger.errors import InputError
from tagger.reading import clean
from tagger.strict_json import read_json


class Unread(NamedTuple):
    """A record that is not read yet, for whoever has time for it.

    Attributes:
        line: the bytes.
        where: file and line.
    """

    line: bytes
    where: str

    def read(self) -> Article | Failure:
        """The article, named ``where`` if it has no ``id``; a `Failure` that names file and line for a bad record."""
        name = self.where
        try:
            record = _parse(self.line)
            name = _name(record.get("id"), self.where)
            return _article(record, name)
        except (InputError, MemoryError) as error:
            message = str(error) or "not enough memory"
            return Failure(name, message if name == self.where else f"{self.where}: {message}")


def unread_records(stream: IO[bytes], name: str, max_bytes: int) -> Iterator[Unread | Failure]:
    """The records ``{"id"?, "text"}`` and ``{"id"?, "paragraphs": [{"text"}, …]}`` in order.

    Title, date, source, outlet and address of a record go with the article; other fields are not looked at. Only LF ends
    a line: U+2028 and U+0085 stand inside texts.

    Args:
        stream: UTF-8, with or without BOM.
        name: what the file is called.
        max_bytes: longer lines are refused, and never read as a whole.
    """
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > max_bytes and not line.endswith(b"\n"):
            _skip_line(stream, max_bytes)
            yield Failure(where, f"over {max_bytes:,} bytes; split the record or allow more with --max-bytes")
        elif line.strip():
            yield Unread(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, where)


def _skip_line(stream: IO[bytes], max_bytes: int) -> None:
    while (rest := stream.readline(max_bytes)) and not rest.endswith(b"\n"):
        pass


def _parse(line: bytes) -> dict[str, Any]:
    try:
        record = read_json(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start + 1} of the line is not UTF-8; JSON Lines have to be") from error
    except json.JSONDecodeError as error:
        raise InputError(f"column {error.colno}: not valid JSON: {error.msg}; one record a line") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"not valid JSON: {error}; repair the record") from error
    if not isinstance(record, dict):
        raise InputError('not a JSON object; records look like {"id": "1", "text": "…"}')
    return record


def _name(value: object, where: str) -> str:
    if value is None or value == "":
        return where
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InputError("field 'id' must be a text or a whole number")
    name = str(value)
    if name != name.encode("utf-8", "replace").decode():
        raise InputError(f"field 'id' {printable(name)!r} holds a lone surrogate")
    return name


def _article(record: dict[str, Any], name: str) -> Article:
    text, paragraphs, found = record.get("text"), record.get("paragraphs"), _metadata(record)
    if isinstance(text, str) and paragraphs is None:
        blank, warnings = _clean(text, "text")
        return article_from_text(blank, name, warnings, found)
    if text is not None or not isinstance(paragraphs, list):
        raise InputError("needs a field 'text' (a text) or 'paragraphs' (a list of {\"text\"}), and not both")
    parts = [part.get("text") if isinstance(part, dict) else None for part in paragraphs]
    for number, part in enumerate(parts):
        if not isinstance(part, str):
            raise InputError(f'paragraphs[{number}]: must look like {{"text": "…"}}')
    joined = Article.from_paragraphs([str(part) for part in parts])
    blank, warnings = _clean(joined.text, "paragraphs")
    return Article(blank, joined.spans, name, warnings, found)


def _metadata(record: dict[str, Any]) -> dict[str, str]:
    """The fields that say where an article comes from, where they are texts."""
    names = list(record)
    values = {field: record[names[place]] for field, place in find_columns(names).items() if field in SOURCE_FIELDS}
    return metadata_of(**{field: value for field, value in values.items() if isinstance(value, str)})


def _clean(text: str, field: str) -> tuple[str, tuple[str, ...]]:
    try:
        return clean(text)
    except InputError as error:
        raise InputError(f"field {field!r} {error}") from error
