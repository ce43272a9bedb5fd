"""Headings: which column of a table holds what."""

import codecs
import re
from collections.abc import Iterable

from tagger.reading import CANDIDATES

DELIMITERS = ";,\t|"
_NAMES = {
    "text": ("text", "текст", "body", "полный текст", "текст статьи", "текст сообщения"),
    "id": ("id",),
    "title": ("title", "заголовок", "headline"),
    "date": ("date", "дата", "дата публикации"),
    "source": ("source", "источник"),
    "outlet": ("outlet", "издание", "сми"),
    "address": ("address", "url", "ссылка", "адрес"),
}
SOURCE_FIELDS = ("title", "date", "source", "outlet", "address")
"""Those that say where a text comes from."""
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}


def find_columns(headings: Iterable[object]) -> dict[str, int]:
    """Field (text, id, title, date, source, outlet, address) → place of its column; the first one if several would do."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = _FIELDS.get(str(heading).strip().casefold())
        if field:
            columns.setdefault(field, place)
    return columns


def find_delimiter(head: bytes, encoding: str | None = None) -> str:
    """What parts the columns of a CSV file that begins with ``head``; empty if its first line has no column of texts."""
    for name in (encoding,) if encoding else _encodings(head):
        line = first_line(head, name)
        for delimiter in DELIMITERS:
            if delimiter in line and "text" in find_columns(line.replace('"', "").split(delimiter)):
                return delimiter
    return ""


def first_line(head: bytes, encoding: str) -> str:
    """The first line of a text that begins with ``head``."""
    return re.split(r"[\r\n]", head.decode(encoding, "replace").lstrip("\ufeff\r\n"), maxsplit=1)[0]


def no_text_column(headings: Iterable[object]) -> str:
    """What is wrong with a table that has no column of texts."""
    found = ", ".join(str(heading).strip()[:40] for heading in list(headings)[:8] if heading not in (None, ""))
    return f"no column is called text, текст or body (the first row has: {found or 'nothing'}); rename the one with the texts"


def _encodings(head: bytes) -> tuple[str, ...]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8", *CANDIDATES)
