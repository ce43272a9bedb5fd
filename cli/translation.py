"""Translation: what people read, in Russian where they want it; what programs read is the same in all languages.

A text is translated when it is finished, by a catalogue of whole texts and of templates such as ``"{}: no such file"``; so the
library, which knows nothing of languages, composes its messages as it likes. A text that the catalogue lacks stays as it is.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

VARIABLE = "TAGGER_LANG"
"""Environment variable that names the language, before the locale does; ``--lang`` sets it."""
LANGUAGES = ("en", "ru")
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_PLACE = "{}"


def language() -> str:
    """Language of help and messages, one of `LANGUAGES`: that of `VARIABLE`, else Russian in a Russian locale, else English."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen in LANGUAGES:
        return chosen
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    return "ru" if re.match(r"ru(?![a-z])", locale, re.IGNORECASE) else "en"


def reader_language() -> str:
    """Language of what analysts read, the text view, spreadsheets and reports: that of `VARIABLE`, else Russian."""
    chosen = os.environ.get(VARIABLE, "")
    return chosen if chosen in LANGUAGES else "ru"


def message(text: str, to: str | None = None) -> str:
    """A message, on one line, in the language of the user, or in another one."""
    return text if (to or language()) == "en" else _catalogue("messages", "click", "system").translated(text)


def heading(text: str) -> str:
    """A heading or a fixed cell of a table."""
    return text if language() == "en" else _catalogue("headings").translated(text)


def help_text(text: str) -> str:
    """A paragraph or an entry of a help page."""
    return text if language() == "en" else _catalogue("help").translated(text)


class Catalogue:
    """Texts and templates with their translations.

    Args:
        entries: text → translation. A ``{}`` stands for anything; a translation holds it as it was, or ``{:t}`` translated.
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._texts = {text: translation for text, translation in entries.items() if _PLACE not in text}
        templates = sorted((text for text in entries if _PLACE in text), key=_vagueness)
        self._templates = [(max(text.split(_PLACE), key=len), _pattern(text), entries[text]) for text in templates]

    def translated(self, text: str) -> str:
        """The translation of ``text``, by the most specific template that fits and changes it; ``text`` itself if none does."""
        if text in self._texts:
            return self._texts[text]
        for part, pattern, translation in self._templates:
            if part in text and (found := pattern.fullmatch(text)):
                told = translation.format(*(_Filled(part, self) for part in found.groups()))
                if told != text:
                    return told
        return text


@dataclass(frozen=True)
class _Filled:
    """What stands in the place of a ``{}``."""

    text: str
    catalogue: Catalogue

    def __format__(self, kind: str) -> str:
        return self.catalogue.translated(self.text) if kind == "t" else self.text


def entries(section: str) -> dict[str, str]:
    """A section of the Russian catalogue."""
    import tomllib

    content = files("tagger.cli").joinpath("locale", "ru.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(content)[section]
    return found


@cache
def _catalogue(*sections: str) -> Catalogue:
    return Catalogue({text: russian for section in sections for text, russian in entries(section).items()})


def _vagueness(template: str) -> tuple[bool, int]:
    """Templates whose first words are given come first, then those with the most letters."""
    return template.startswith(_PLACE), -len(template.replace(_PLACE, ""))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, template.split(_PLACE))), re.DOTALL)
