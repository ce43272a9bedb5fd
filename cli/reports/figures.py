"""Figures and dates as the language of a page writes them; its script has ``Intl`` for the same."""

import math
import re

_POINTS = {"ru": ",", "en": "."}
_PERCENTS = {"ru": "\u00a0%", "en": "%"}
_DAYS = {"ru": r"\3.\2.\1", "en": r"\1-\2-\3"}


def grouped(number: int) -> str:
    """Digits in groups of three, parted by narrow no-break spaces, as Russian and international spelling have it."""
    return f"{number:,}".replace(",", "\u202f")


def decimal(value: float, language: str, places: int = 3) -> str:
    """«0,854» or ``0.854``; a dash for a figure that does not exist."""
    return "–" if math.isnan(value) else f"{value:.{places}f}".replace(".", _POINTS[language])


def percent(share: float, language: str, places: int = 0) -> str:
    """«95,6 %» or ``95.6%`` for 0.956."""
    return decimal(100 * share, language, places) + _PERCENTS[language]


def day(moment: str, language: str) -> str:
    """«27.11.2026» or ``2026-11-27`` for a moment that begins so; what is no moment stays as it is."""
    return re.sub(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", _DAYS[language], moment)
