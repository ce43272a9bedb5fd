"""Articles: a decoded text and the exact spans of its paragraphs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range ``[start, stop)`` of code points in the article's text."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Article:
    """A text cut into paragraphs.

    Attributes:
        text: the decoded text, untouched; all offsets count its code points.
        spans: the paragraphs in order; `from_text` leaves the white space around them out.
        id: what the caller calls it; empty if nothing.
        warnings: what reading it had to repair or guess.
        metadata: what its source says of it, where known: ``title``, ``date``, ``outlet``, ``address``, the ``format`` of
            the document that the text was taken out of; and the ``reading``, how paragraphs were found if not line by line.
    """

    text: str
    spans: tuple[Span, ...]
    id: str = ""
    warnings: tuple[str, ...] = field(default=())
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def from_text(cls, text: str, id: str = "", warnings: tuple[str, ...] = ()) -> "Article":
        """Cut ``text`` at line ends: one non-empty line is one paragraph.

        Only CR, LF and CRLF end a line; U+2028, U+0085 and their kin stand inside paragraphs of
        scraped text, so `str.splitlines` would cut too often.
        """
        return cls(text, tuple(_paragraph_spans(text)), id, warnings)

    @classmethod
    def from_paragraphs(cls, paragraphs: list[str], id: str = "") -> "Article":
        """Join ready paragraphs with line feeds, one span for each, empty ones included.

        Line ends inside a paragraph become spaces, so that lengths and offsets stay as given.
        """
        spans, position = [], 0
        for paragraph in paragraphs:
            spans.append(Span(position, position + len(paragraph)))
            position += len(paragraph) + 1
        flat = (re.sub(r"[\r\n]", " ", paragraph) for paragraph in paragraphs)
        return cls("\n".join(flat), tuple(spans), id)

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs' texts."""
        return [self.text[span.start : span.stop] for span in self.spans]

    def pieces(self) -> Iterator[str]:
        """Gaps and paragraphs in turn; joined they are the text again."""
        position = 0
        for span in self.spans:
            yield self.text[position : span.start]
            yield self.text[span.start : span.stop]
            position = span.stop
        yield self.text[position:]


def _paragraph_spans(text: str) -> Iterator[Span]:
    position = 0
    for line in text.replace("\r", "\n").split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + len(line) - len(line.lstrip())
            yield Span(start, start + len(stripped))
        position += len(line) + 1
