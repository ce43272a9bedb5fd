"""Metadata: what a document says of itself, in one spelling."""

import re
from contextlib import suppress
from datetime import datetime

FIELDS = ("title", "date", "outlet", "address", "format", "reading")
_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_IN_WORDS = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})[а-я]*\.?,?\s+((?:19|20)\d\d)\b", re.I)
_IN_FIGURES = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b(?:,?\s+(\d{1,2}:\d\d(?::\d\d)?))?")
_ADDRESS = re.compile(r"https?://\S+")


def metadata_of(**fields: str | None) -> dict[str, str]:
    """Those of `FIELDS` that say something: on one line, dates as ISO 8601.

    A ``source``, too, may be given: it is the address if it is a URL, else the outlet, where that is not given itself.
    """
    if not fields:
        return {}
    values = {name: _one_line(value) for name, value in fields.items() if value}
    source = values.pop("source", "")
    values.setdefault("address" if _ADDRESS.fullmatch(source) else "outlet", source)
    values["date"] = iso_date(values.get("date", ""))
    return {name: values[name] for name in FIELDS if values.get(name)}


def iso_date(text: str) -> str:
    """A date, also as «15 ноября 2024», 15.11.2024 10:30 or in a mail's spelling, by ISO 8601; as it stands if it is none."""
    if not text:
        return ""
    with suppress(ValueError):
        datetime.fromisoformat(text)
        return text
    from email.utils import parsedate_to_datetime  # takes a fiftieth of the time of one file

    with suppress(ValueError):
        return parsedate_to_datetime(text).isoformat()
    return find_date(text) or text


def find_date(text: str) -> str:
    """The first date in Russian spelling that stands in ``text``, by ISO 8601; empty if there is none."""
    words, figures = _IN_WORDS.search(text), _IN_FIGURES.search(text)
    with suppress(ValueError):
        if words:
            month = _MONTHS.index(words[2].lower()) + 1
            return datetime(int(words[3]), month, int(words[1])).date().isoformat()
        if figures:
            day = datetime(int(figures[3]), int(figures[2]), int(figures[1])).date().isoformat()
            return f"{day}T{figures[4].zfill(5)}" if figures[4] else day
    return ""


def _one_line(value: str) -> str:
    return " ".join(value.encode("utf-8", "replace").decode().split())
