"""Detection: which kind of document a stream holds, from its first bytes."""

import codecs
import re

from tagger.cli.documents.headings import find_delimiter

TEXT, JSON_LINES, JSON = "txt", "jsonl", "json"
HTML, MAIL, CSV, PDF, PARQUET = "html", "eml", "csv", "pdf", "parquet"
GZIP, ZSTD, ZIP = "gz", "zst", "zip"
HEAD = 1 << 16
"""Bytes that are looked at."""

_MAGIC = (
    (b"%PDF-", PDF),
    (b"PAR1", PARQUET),
    (b"\x1f\x8b", GZIP),
    (b"\x28\xb5\x2f\xfd", ZSTD),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),  # an empty one
)
_PAGE = re.compile(
    r"(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b",
    re.I | re.S,
)
# A name in quotes with a colon after it, in braces: no prose begins so, though it may with a bracket, «[12:30] Вести».
_OBJECT = re.compile(r'(?:\[\s*+)?\{\s*+"(?:[^"\\]|\\.)*+"\s*+:', re.S)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*):")
_MAIL = {"date", "message-id", "mime-version", "received", "to"}


def kind_of(head: bytes, name: str) -> str:
    """The kind of document that begins with ``head``, `TEXT` if nothing tells another.

    What is in it decides. Its name is asked only where bytes that are plain text allow more than one answer: JSON Lines
    whose first line is broken, JSON that is no object, and tables without a column that is known to hold texts.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text, ending = _letters(head), name.lower().rpartition(".")[2]
    if ending in ("jsonl", "ndjson") or _is_record(text):
        return JSON_LINES
    if _OBJECT.match(text) or (ending == "json" and text.startswith(("[", "{"))):
        return JSON
    if _PAGE.match(text[:4096]):
        return HTML
    if _is_mail(text):
        return MAIL
    if ending in ("csv", "tsv") or _has_headings(head, text):
        return CSV
    return TEXT


def _letters(head: bytes) -> str:
    """ASCII as it is, whatever the encoding; other letters as they come."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def _is_record(text: str) -> bool:
    """Whether the first line is a JSON object as a whole, as far as it is seen; a pretty-printed one is no JSON Lines."""
    first, end, _ = text.partition("\n")
    return bool(re.match(r'\{\s*["}]', first)) and (not end or first.rstrip().endswith("}"))


def _has_headings(head: bytes, text: str) -> bool:
    """Whether the first line names columns; a sentence such as «Текст, дата и подпись были» has spaces at its commas."""
    delimiter = find_delimiter(head)
    return bool(delimiter) and f"{delimiter} " not in text.partition("\n")[0]


def _is_mail(text: str) -> bool:
    """Whether it begins with a block of header fields that has a sender and one more field that mails have."""
    fields = set()
    for line in text.split("\n"):
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field:
            fields.add(field[1].lower())
        elif not line.startswith((" ", "\t")) or not fields:
            return False
    return "from" in fields and bool(fields & _MAIL)
