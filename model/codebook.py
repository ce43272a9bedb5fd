"""The codebook: what each event type is. It is data; a user with other event types writes another one."""

import re
import tomllib
from dataclasses import dataclass

from tagger.errors import TaggerError

LABEL = re.compile(r"[a-z][a-z0-9_]{0,63}")
_TEXTS = ("id", "title_ru", "title_en", "definition")
_LISTS = ("inclusions", "exclusions", "examples")


class CodebookError(TaggerError):
    """The codebook cannot be read or misses a field."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type: its label in data and code, its names for people, and what counts.

    Attributes:
        id: the label, lower-case ASCII with underscores.
        title_ru, title_en: names.
        definition: one or two sentences, in Russian, as are the lists.
        inclusions, exclusions: what counts and what does not.
        examples: short examples of paragraphs that carry the label.
    """

    id: str
    title_ru: str
    title_en: str
    definition: str
    inclusions: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The name in ``"ru"`` or ``"en"``."""
        return self.title_ru if language == "ru" else self.title_en


def read_codebook(text: str, where: str = "event types") -> tuple[EventType, ...]:
    """Event types from TOML: tables ``[[event_type]]`` with the fields of `EventType`.

    Args:
        text: the TOML document.
        where: its name in messages.

    Raises:
        CodebookError: not TOML, no event type, a missing or unknown field, a malformed or repeated id.
    """
    try:
        tables = tomllib.loads(text).get("event_type")
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{where}: not valid TOML: {error}") from error
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise CodebookError(f"{where}: no [[event_type]] tables; add one for each event type")
    types = tuple(_event_type(table, f"{where}: event_type {number}") for number, table in enumerate(tables, 1))
    ids = [event_type.id for event_type in types]
    repeated = sorted({label for label in ids if ids.count(label) > 1})
    if repeated:
        raise CodebookError(f"{where}: id used twice: {', '.join(repeated)}; give each event type its own")
    return types


def _event_type(table: dict[str, object], where: str) -> EventType:
    known = (*_TEXTS, *_LISTS)
    for name in sorted(table.keys() - set(known)):
        raise CodebookError(f"{where}: unknown field {name!r}; known are {', '.join(known)}")
    label, title_ru, title_en, definition = (_text(table, name, where) for name in _TEXTS)
    inclusions, exclusions, examples = (_texts(table, name, where) for name in _LISTS)
    if not LABEL.fullmatch(label):
        raise CodebookError(f"{where}: id {label!r} must be lower-case ASCII letters, digits and underscores")
    return EventType(label, title_ru, title_en, definition, inclusions, exclusions, examples)


def _text(table: dict[str, object], name: str, where: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value:
        raise CodebookError(f"{where}: field {name!r} must be a non-empty text")
    return value


def _texts(table: dict[str, object], name: str, where: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CodebookError(f"{where}: field {name!r} must be a list of texts")
    return tuple(value)
