"""PDF files: pages to paragraphs, by pypdf.

pypdf was chosen over pdfminer.six after trying both on wrapped, hyphenated and justified Cyrillic: the lines are the same,
pypdf puts no blank lines between those of one paragraph, is five times as fast, and bounds what a stream unpacks to (75 MB).
"""

import re
from collections.abc import Iterator
from time import monotonic
from typing import IO, Any

from tagger.article import Article
from tagger.cli.documents.guarding import check_size, missing, reading
from tagger.cli.documents.metadata import metadata_of
from tagger.cli.documents.wrapped import paragraph_spans
from tagger.errors import InputError
from tagger.lemmas import analyzer
from tagger.reading import clean

MAX_PAGES = 500
MAX_SECONDS = 60

_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++)([-\u00ad\u2010])[^\S\n]*+\n\s*+([^\W\d_]+)")
_PAGE_NUMBER = re.compile(r"[\s–—-]*\d{1,4}[\s–—-]*")


def read_pdf(stream: IO[bytes], name: str, max_bytes: int) -> Article:
    """Paragraphs of a PDF: lines joined, words put together that were hyphenated at line ends, page numbers left out.

    Its dates are not taken: they tell when the file was made.

    Raises:
        InputError: pypdf is missing; the file is damaged, encrypted, a scan, or over the bounds.
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise missing(error, "a PDF document", "pdf") from error
    with reading("a PDF document"):
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("a PDF document with a password; save it without")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise InputError(f"a PDF document of {pages} pages; split it, {MAX_PAGES} are read at most")
        text, controls = clean("\n".join(_lines(reader, max_bytes)))
        title = str(getattr(reader.metadata, "title", None) or "")
    if not text.strip():
        raise InputError(
            f"a PDF document without text on its {pages} pages; if it is a scan, run text recognition first"
        )
    spans, how = paragraph_spans(text)
    joined = Article.from_paragraphs([_on_one_line(text[span.start : span.stop]) for span in spans])
    return Article(joined.text, joined.spans, name, controls, metadata_of(format="pdf", title=title, reading=how))


def _lines(reader: Any, max_bytes: int) -> Iterator[str]:
    started, size = monotonic(), 0
    for page in reader.pages:
        if monotonic() - started > MAX_SECONDS:
            raise InputError(f"a PDF document that takes over {MAX_SECONDS} seconds to read; print it to a new PDF")
        text = page.extract_text().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        size += len(text)
        check_size(size, max_bytes)
        lines = [re.sub(r"(?<=\S)[^\S\n]+", " ", line.rstrip()) for line in text.split("\n")]
        while lines and (not lines[-1] or _PAGE_NUMBER.fullmatch(lines[-1])):
            lines.pop()
        yield from lines


def _on_one_line(paragraph: str) -> str:
    return " ".join(_HYPHEN.sub(_word, paragraph).split())


def _word(parts: re.Match[str]) -> str:
    """A word broken at a line's end: without hyphen if the dictionary has it so, or has not its halves («кто-то»)."""
    first, hyphen, second = parts.groups()
    known = analyzer().word_is_known
    if hyphen == "-" and second[0].islower() and not known(first + second) and known(first) and known(second):
        return f"{first}-{second}"
    return first + second if second[0].islower() else f"{first}-{second}"
