"""Labellings: what one annotator said about one text, whatever tool it was said in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tagger.article import Article

ARTICLE, PARAGRAPH, SOURCE = "article", "paragraph", "source"
"""Fields by which a text that is one paragraph of an article finds its place again; our exports write them."""

TEXT_NAMES = ("text", "data", "текст")
LABEL_NAMES = ("label", "labels", "event_types", "event_type", "метка", "метки")
"""What fields and columns are called unless the user says so, in any case of letters."""

SEPARATORS = "#;|,"
"""Between several labels in one cell."""

Labels = frozenset[str]


class Fields(NamedTuple):
    """What the user said about the input; empty is to be found out.

    Attributes:
        text, label: the fields, columns or controls that hold the text and the labels.
        separators: characters between several labels in one cell.
    """

    text: str = ""
    label: str = ""
    separators: str = ""


class BadRecord(NamedTuple):
    """A record that cannot be converted: where it is, why, and what to do."""

    where: str
    message: str


class LeftOut(NamedTuple):
    """Something that carries no labelling and is only counted, such as a cancelled annotation."""

    reason: str


@dataclass(frozen=True, slots=True)
class Labelling:
    """What one annotator said about one text.

    Attributes:
        where: file and number of the record.
        text: the article, or one paragraph of it.
        labels: of the whole text; None if nobody gave any, empty if somebody looked and found none.
        id: the article's.
        source: its address.
        paragraph: the place of the text in article ``id``; None if the text is a whole article.
        parts: labels of each paragraph of a whole article; None if they were not asked for.
        annotator: who said it.
        task: equal for all labellings of this text; empty if there is only this one.
    """

    where: str
    text: str
    labels: Labels | None
    id: str
    source: str = ""
    paragraph: int | None = None
    parts: tuple[Labels | None, ...] | None = None
    annotator: str = ""
    task: str = ""


Reading = Labelling | BadRecord | LeftOut


class Region(NamedTuple):
    """A labelled stretch of a text, in code points."""

    start: int
    stop: int
    labels: Labels


def parts_of(text: str, regions: Iterable[Region]) -> tuple[Labels, ...]:
    """Labels of each paragraph of ``text``: those of the regions that cover half of it, or lie in it by half.

    A slip of the mouse into the next paragraph does not label that one.
    """
    spans = Article.from_text(text).spans
    found: list[set[str]] = [set() for _ in spans]
    for region in regions:
        for span, labels in zip(spans, found, strict=True):
            common = min(span.stop, region.stop) - max(span.start, region.start)
            if common > 0 and 2 * common >= min(span.stop - span.start, region.stop - region.start):
                labels |= region.labels
    return tuple(map(frozenset, found))


def split_labels(cell: str, separators: str) -> Labels:
    """The labels in one cell."""
    return frozenset(filter(None, (part.strip() for part in re.split(f"[{re.escape(separators)}]", cell))))


def place(data: dict[str, Any], default_id: str) -> dict[str, Any]:
    """Fields of a `Labelling` that say which article the text is, or is a paragraph of, as our exports write them.

    Raises:
        ValueError: the paragraph's number is none.
    """
    number = data.get(PARAGRAPH)
    if isinstance(number, bool) or not re.fullmatch(r"\d{1,9}(\.0)?|", text := "" if number is None else str(number)):
        raise ValueError(
            f"field {PARAGRAPH!r} is {str(number)[:40]!r}; it must be the paragraph's number in the article"
        )
    if text and data.get(ARTICLE) in (None, ""):
        raise ValueError(f"has a field {PARAGRAPH!r} but no {ARTICLE!r}; add the article's id")
    return {
        "id": default_id if data.get(ARTICLE) in (None, "") else str(data[ARTICLE]),
        "source": str(data.get(SOURCE) or ""),
        "paragraph": int(float(text)) if text else None,
    }


def pick(given: str, usual: Sequence[str], present: Iterable[str]) -> str | None:
    """The name among ``present`` that the user gave, else the first that is usual; None if there is none.

    Raises:
        ValueError: the name that the user gave is not present.
    """
    present = list(present)
    if given:
        if given not in present:
            raise ValueError(f"no field {given!r}; there are {', '.join(present)}")
        return given
    folded = {name.strip().lower(): name for name in reversed(present)}
    return next((folded[name] for name in usual if name in folded), None)
