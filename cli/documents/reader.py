"""The reader: a stream of bytes of any kind to articles; what cannot be read becomes a failure in its place."""

import io
from collections.abc import Iterator
from typing import IO, NamedTuple

from tagger.article import Article
from tagger.cli.documents import compressed, detection
from tagger.cli.documents.compressed import Allowance
from tagger.cli.documents.guarding import bounded, check_size, seekable
from tagger.cli.documents.tables import read_csv
from tagger.cli.documents.walking import is_article
from tagger.cli.documents.wrapped import article_from_text
from tagger.cli.inputs import NO_MEMORY, Failure, Input
from tagger.cli.json_lines import unread_records
from tagger.cli.printing import printable
from tagger.errors import InputError
from tagger.reading import decode

DEPTH = 3
"""Archives in archives that are opened."""
ROOM = 20
"""A spreadsheet holds many texts: unpacked it may be this many times as large as a text."""
NO_JSON_LINES = "JSON, but not one record a line; jq -c '.[]' makes that of a list, jq -c . of an object"

Inputs = Iterator[Input]


class Limits(NamedTuple):
    """How to read: the encoding, None to find it out, and how large a text may be."""

    encoding: str | None
    max_bytes: int


def read_document(
    stream: io.BufferedReader, name: str, limits: Limits, allowance: Allowance | None = None, depth: int = 0
) -> Inputs:
    """The articles in ``stream``: one of a text, page, Word file, PDF or mail, many of a table or an archive.

    Records of JSON Lines are given unread.

    Args:
        stream: at its beginning.
        name: what it is called; the id of an article that has no other.
        limits: how to read it.
        allowance: of the archive around it, if there is one.
        depth: how many archives are around it.
    """
    try:
        yield from _articles(stream, name, limits, allowance, depth)
    except InputError as error:
        yield Failure(name, str(error))
    except MemoryError:
        yield Failure(name, NO_MEMORY)


def _articles(stream: io.BufferedReader, name: str, limits: Limits, allowance: Allowance | None, depth: int) -> Inputs:
    encoding, max_bytes = limits
    match kind := detection.kind_of(stream.peek(detection.HEAD), name.removesuffix(".gz").removesuffix(".zst")):
        case detection.JSON_LINES:
            yield from unread_records(stream, name, max_bytes)
        case detection.JSON:
            raise InputError(NO_JSON_LINES)
        case detection.CSV:
            yield from read_csv(stream, name, encoding, max_bytes)
        case detection.PARQUET:
            from tagger.cli.documents.parquet_file import read_parquet

            yield from read_parquet(seekable(stream, max_bytes), name, max_bytes)
        case detection.GZIP | detection.ZSTD | detection.ZIP:
            yield from _unpacked(kind, stream, name, limits, allowance, depth)
        case _:
            yield _article(kind, bounded(stream, max_bytes), name, limits)


def _article(kind: str, data: bytes, name: str, limits: Limits) -> Article:
    match kind:
        case detection.HTML:
            from tagger.cli.documents.web_page import read_web_page

            return read_web_page(data, name, limits.encoding)
        case detection.MAIL:
            from tagger.cli.documents.mail import read_mail

            return read_mail(data, name, limits.encoding)
        case detection.PDF:
            from tagger.cli.documents.pdf_file import read_pdf

            return read_pdf(io.BytesIO(data), name, limits.max_bytes)
    decoded = decode(data, limits.encoding)
    return article_from_text(decoded.text, name, decoded.warnings)


def _unpacked(
    kind: str, stream: io.BufferedReader, name: str, limits: Limits, allowance: Allowance | None, depth: int
) -> Inputs:
    packed = seekable(stream, limits.max_bytes)
    allowance = allowance or Allowance(compressed.size_of(packed), limits.max_bytes)
    if kind == detection.ZIP:
        yield from _zip(packed, name, limits, allowance, depth)
        return
    if depth == DEPTH:
        raise InputError(f"compressed more than {DEPTH} times over; unpack it first")
    unzip = compressed.unzip_gzip if kind == detection.GZIP else compressed.unzip_zstd
    yield from read_document(unzip(packed, allowance), name, limits, allowance, depth + 1)


def _zip(packed: IO[bytes], name: str, limits: Limits, allowance: Allowance, depth: int) -> Inputs:
    archive = compressed.open_zip(packed)
    names = set(archive.namelist())
    if "word/document.xml" in names:
        from tagger.cli.documents.word import read_word

        check_size(compressed.unpacked_size(archive), limits.max_bytes)
        yield read_word(packed, name)
    elif "xl/workbook.xml" in names:
        from tagger.cli.documents.spreadsheet import read_spreadsheet

        check_size(compressed.unpacked_size(archive), ROOM * limits.max_bytes)
        yield from read_spreadsheet(packed, name, limits.max_bytes)
    elif names & {"[Content_Types].xml", "mimetype"}:
        raise InputError("binary data, detected an office document other than .docx and .xlsx; save it as one of these")
    elif depth == DEPTH:
        raise InputError(f"compressed more than {DEPTH} times over; unpack it first")
    else:
        for inner, entry in compressed.entries(archive):
            if is_article(inner, names):
                label = f"{name}/{printable(inner)}"
                try:
                    content = compressed.open_entry(archive, entry, allowance)
                except InputError as error:
                    yield Failure(label, str(error))
                else:
                    yield from read_document(content, label, limits, allowance, depth + 1)
