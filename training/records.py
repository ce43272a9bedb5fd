"""Records: one labelled article a line of JSON, and every reason to refuse a line."""

import json
import os
import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from hashlib import sha256
from typing import Any, NamedTuple

from tagger.article import Article
from tagger.strict_json import read_json


class BadLineError(ValueError):
    """A line that is no labelled article; ``column`` (from 1) where the JSON itself is at fault, else None."""

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """One record of a corpus.

    Attributes:
        id, source: as given; ``source`` may be empty.
        paragraphs: the texts.
        labels: the labels of each paragraph.
        boilerplate: whether each paragraph is page chrome.
        where: file and line it was read from.
        known: whether a person labelled each paragraph; where not, its labels and boilerplate mean nothing. All are
            known if nothing is given.
        article_labels: the labels of the whole article: given, or those of its paragraphs together if all are known;
            None is unknown.
        unasked: event types that nobody looked for in it: that it does not carry them says nothing.
    """

    id: str
    source: str
    paragraphs: tuple[str, ...]
    labels: tuple[frozenset[str], ...]
    boilerplate: tuple[bool, ...]
    where: str
    known: tuple[bool, ...] = ()
    article_labels: frozenset[str] | None = None
    unasked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.known:
            object.__setattr__(self, "known", (True,) * len(self.paragraphs))
        if self.article_labels is None and all(self.known):
            object.__setattr__(self, "article_labels", frozenset().union(*self.labels))

    @property
    def article(self) -> Article:
        """The article as prediction sees it."""
        return Article.from_paragraphs(list(self.paragraphs), self.id)

    @property
    def labels_somewhere(self) -> frozenset[str]:
        """The labels of the article as far as they are known."""
        return frozenset().union(self.article_labels or (), *self.labels)

    def restricted(self, labels: Set[str]) -> "LabelledArticle":
        """The same without all but these ``labels``."""
        whole = self.article_labels
        return replace(
            self,
            labels=tuple(given & labels for given in self.labels),
            article_labels=None if whole is None else whole & labels,
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the text as prediction sees it; equal texts are duplicates."""
        # Line ends inside a paragraph become spaces, so that articles of one digest have the same paragraphs.
        flat = (re.sub(r"[\r\n]", " ", paragraph) for paragraph in self.paragraphs)
        return sha256("\n".join(flat).encode("utf-8", "surrogatepass")).hexdigest()


class _Part(NamedTuple):
    """A paragraph; ``labels`` are None where nobody has given any."""

    text: str
    labels: frozenset[str] | None = None
    boilerplate: bool = False


def parse_record(line: bytes, labels: Sequence[str], where: str) -> LabelledArticle:
    """The labelled article in a line.

    ``labels: []`` means looked at and empty, no ``labels`` means unlabelled: ``{"paragraphs": [{"text", "labels"?,
    "boilerplate"?}, …], "labels"?}``, or ``{"text", "labels"}`` for an article labelled only as a whole.

    Args:
        line: a JSON object in UTF-8.
        labels: the event types' ids; others are refused.
        where: file and line, which is also the id of an article without one.

    Raises:
        BadLineError: the line is malformed, misses a field, has an unknown label or contradicts itself.
    """
    record = _json(line)
    if not isinstance(record, dict):
        raise BadLineError("not a JSON object")
    if "model" in record:
        raise BadLineError(
            "an answer of 'tagger predict', not a person's labels; let a person correct it: tagger data export"
        )
    given = _labels(record["labels"], "labels", labels) if "labels" in record else None
    parts = _paragraphs(record, labels)
    texts = tuple(part.text for part in parts)
    known = tuple(part.labels is not None for part in parts)
    if given is None and not any(known):
        raise BadLineError(
            "unlabelled: neither the article nor a paragraph has a field 'labels'; label it or leave it out"
        )
    if len(parts) == 1:
        parts, known = [parts[0]._replace(labels=given if parts[0].labels is None else parts[0].labels)], (True,)
    found = tuple(part.labels or frozenset() for part in parts)
    if given is not None:
        _check_article_labels(given, found, whole=all(known))
    name, source = (_checked(str(record.get(field) or ""), field) for field in ("id", "source"))
    name = name or os.fsencode(where).decode("utf-8", "backslashreplace")  # where files have names that are no UTF-8
    return LabelledArticle(name, source, texts, found, tuple(part.boilerplate for part in parts), where, known, given)


def _paragraphs(record: dict[str, Any], labels: Sequence[str]) -> list[_Part]:
    """Those of an article given as paragraphs, or as a text that is cut as prediction cuts it."""
    if "text" in record:
        text = record["text"]
        if "paragraphs" in record or not isinstance(text, str) or not text.strip():
            raise BadLineError("field 'text' must be a non-empty text, without a field 'paragraphs' beside it")
        return [_Part(_checked(part, "text")) for part in Article.from_text(text).paragraphs]
    paragraphs = record.get("paragraphs")
    if not isinstance(paragraphs, list) or not paragraphs:
        raise BadLineError("field 'paragraphs' must be a list with at least one paragraph")
    return [_paragraph(value, f"paragraphs[{number}]", labels) for number, value in enumerate(paragraphs)]


def _json(line: bytes) -> Any:
    try:
        text = line.decode("utf-8-sig")
        return read_json(text)
    except json.JSONDecodeError as error:
        raise BadLineError(f"not valid JSON: {error.msg}", error.colno) from error
    except UnicodeDecodeError as error:
        raise BadLineError(f"not UTF-8 from byte {error.start} on", len(line[: error.start].decode()) + 1) from error
    except RecursionError as error:
        raise BadLineError("nested too deeply") from error
    except ValueError as error:
        raise BadLineError(str(error)) from error


def _paragraph(value: object, field: str, labels: Sequence[str]) -> _Part:
    if not isinstance(value, dict):
        raise BadLineError(f"{field}: not a JSON object")
    text, chrome = value.get("text"), value.get("boilerplate", False)
    if not isinstance(text, str) or not text.strip():
        raise BadLineError(f"{field}.text: must be a non-empty text")
    given = _labels(value["labels"], f"{field}.labels", labels) if "labels" in value else None
    if not isinstance(chrome, bool):
        raise BadLineError(f"{field}.boilerplate: must be true or false")
    if chrome and given:
        raise BadLineError(f"{field}: boilerplate carries no event type, but labels are {sorted(given)}")
    return _Part(_checked(text, f"{field}.text"), frozenset() if chrome else given, chrome)


def _checked(text: str, field: str) -> str:
    if not text.isprintable() and any("\ud800" <= character <= "\udfff" for character in text):
        raise BadLineError(f"{field}: holds a lone surrogate")
    return text


def _labels(value: object, field: str, labels: Sequence[str]) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise BadLineError(f'{field}: must be a list of labels, as in ["{labels[0]}"]')
    for label in value:
        if label not in labels:
            # Only the hint looks through case, white space and normal forms: variants are refused, never merged.
            plain = unicodedata.normalize("NFKC", label).strip().lower()
            near = get_close_matches(plain, labels, 1, 0.5)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(labels)}"
            raise BadLineError(f"{field}: unknown label {label!r}{hint}")
    return frozenset(value)


def _check_article_labels(given: frozenset[str], paragraphs: Sequence[frozenset[str]], *, whole: bool) -> None:
    """Labels of an article must be those of its paragraphs, of which some are unknown unless ``whole``."""
    for number, labels in enumerate(paragraphs):
        for label in sorted(labels - given):
            raise BadLineError(f"paragraphs[{number}].labels: {label!r} is not among the article's labels")
    for label in sorted(given - frozenset().union(*paragraphs)) if whole else ():
        raise BadLineError(f"labels: {label!r} is on no paragraph; label the paragraphs that report it")
