"""Wrapped texts: paragraphs where lines were broken at a margin, and where no line is broken at all."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from tagger.article import Article, Span

MARGIN = range(40, 161)
"""Characters of a full line in texts that are wrapped."""
LONG = 1000
"""Characters from which on a text without line ends is cut."""
PARAGRAPH = 300
"""Characters after which such a text is cut at the next end of a sentence: the median paragraph of news."""

_SENTENCE_END = re.compile(r"[.!?…:;][\"»”)\]]*$")
# What has a "+" too many never gives back what it matched, so that a million spaces take the time of a million letters.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…])[\"»”)\]]*+(\s++)(?=[«\"“(\[—–-]*+\s*+[А-ЯЁA-Z\d])")
_ABBREVIATION = re.compile(
    r"(?:\b[А-ЯЁA-Z]|\b(?:г|гг|ул|им|руб|тыс|млн|млрд|д|пос|обл|т|тт|св|проф|акад|см|стр|ст|пр|корп|др|вв?))\.$"
)
_INDENT = ("   ", "\t")
_BULLET = re.compile(r"[•▪●·*]\s|\d{1,2}[.)]\s")


def article_from_text(
    text: str, id: str, warnings: tuple[str, ...] = (), metadata: Mapping[str, str] | None = None
) -> Article:
    """Cut ``text`` into paragraphs: a line each, unless its lines are wrapped or it is one long line.

    What was done other than at line ends stands in the metadata as ``reading``. Offsets count in ``text`` all the same.
    """
    spans, reading = paragraph_spans(text)
    found = dict(metadata or {}) | ({"reading": reading} if reading else {})
    return Article(text, spans, id, warnings, found)


def paragraph_spans(text: str) -> tuple[tuple[Span, ...], str]:
    """The paragraphs of ``text``, and in words how they were found; empty words for a line each."""
    lines = Article.from_text(text).spans
    margin = _margin(text, lines)
    if margin:
        spans = tuple(_joined(text, lines, margin))
        return spans, f"wrapped lines joined: {len(lines)} lines are {len(spans)} paragraphs"
    if len(lines) == 1 and len(text) >= LONG:
        spans = tuple(_grouped(text, lines[0]))
        if len(spans) > 1:
            return spans, f"no line ends: cut at ends of sentences into {len(spans)} paragraphs"
    return lines, ""


def _margin(text: str, lines: tuple[Span, ...]) -> int:
    """What a line and the first word of the next one have to come to for the two to belong together; 0 for no wrapped text.

    Wrapped are texts that have hardly any line beyond `MARGIN` and in which two lines of five break off in the middle of
    a sentence, to go on with a small letter. Menus and lists of headlines have short lines too, but each is a whole. The
    lines that do break off tell the margin: in print, where letters differ in width, it is a ragged one.
    """
    lengths = sorted(span.stop - span.start for span in lines)
    if len(lines) < 4 or sum(length for length in lengths if length >= MARGIN.stop) > sum(lengths) / 10:
        return 0
    full = lengths[int(0.9 * len(lengths))]
    neighbours = [(one, other) for one, other in pairwise(lines) if not _blank_between(text, one, other)]
    reaches = sorted(
        _reach(text, one, other)
        for one, other in neighbours
        if text[other.start].islower()
        and one.stop - one.start > 0.6 * full
        and not _SENTENCE_END.search(text, max(one.start, one.stop - 5), one.stop)
    )
    if full not in MARGIN or len(reaches) < max(3, 0.4 * len(neighbours)):
        return 0
    return reaches[len(reaches) // 20]


def _reach(text: str, one: Span, other: Span) -> int:
    """The length of a line and the first word of the next."""
    return one.stop - one.start + 1 + len(text[other.start : other.stop].split(maxsplit=1)[0])


def _joined(text: str, lines: tuple[Span, ...], margin: int) -> Iterator[Span]:
    start = lines[0].start
    for one, other in pairwise(lines):
        if _parts(text, one, other, margin):
            yield Span(start, one.stop)
            start = other.start
    yield Span(start, lines[-1].stop)


def _parts(text: str, one: Span, other: Span, margin: int) -> bool:
    """Whether a paragraph ends between two lines: a blank line, a bullet, an indent, or a line with room for the next word."""
    if _blank_between(text, one, other) or _BULLET.match(text, other.start, other.stop):
        return True
    if text[other.start].islower():
        return False
    if text.endswith(_INDENT, 0, other.start) and not text.endswith(_INDENT, 0, one.start):
        return True
    return _reach(text, one, other) < margin


def _blank_between(text: str, one: Span, other: Span) -> bool:
    gap = text[one.stop : other.start]
    return gap.count("\n") > 1 or gap.replace("\r\n", "\n").count("\r") > 1


def _grouped(text: str, line: Span) -> Iterator[Span]:
    """Sentences in runs of some `PARAGRAPH` characters."""
    start = line.start
    for between in _BETWEEN_SENTENCES.finditer(text, line.start, line.stop):
        end = between.start(1)
        if end - start >= PARAGRAPH and not _ABBREVIATION.search(text, max(line.start, end - 6), end):
            yield Span(start, end)
            start = between.end(1)
    yield Span(start, line.stop)
