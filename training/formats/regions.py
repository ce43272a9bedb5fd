"""Regions: where Label Studio says that a stretch of text begins and ends."""

from collections.abc import Mapping, Sequence
from typing import Any


def text_span(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """The code points that a region of a Text object covers: ``start``, ``end`` and, to tell their unit, ``text``.

    Label Studio's editor runs in a browser, where offsets count UTF-16 units; other programs count code points.

    Raises:
        ValueError: neither reading fits the text.
    """
    start, stop = _number(value, "start"), _number(value, "end")
    quoted = value.get("text")
    plain = quoted.replace("\\n", "\n") if isinstance(quoted, str) else None  # as the editor writes line ends
    in_browser = _code_points(text, start), _code_points(text, stop)
    for low, high in ((start, stop), in_browser):
        if 0 <= low < high <= len(text) and plain in (None, text[low:high]):
            return low, high
    raise ValueError(f"the region {start}–{stop} does not hold the text that it quotes; label the task again")


def paragraphs_span(paragraphs: Sequence[str], value: Mapping[str, Any]) -> tuple[int, int]:
    """The same for a Paragraphs object (``start``, ``end``: paragraphs; offsets in them), in the paragraphs joined by LF.

    Raises:
        ValueError: there is no such place.
    """
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    first, last = _number(value, "start"), _number(value, "end")
    if not 0 <= first <= last < len(paragraphs):
        raise ValueError(f"the region lies in paragraphs {first}–{last} of {len(paragraphs)}; label the task again")
    low, high = _number(value, "startOffset"), _number(value, "endOffset")
    return starts[first] + _code_points(paragraphs[first], low), starts[last] + _code_points(paragraphs[last], high)


def _number(value: Mapping[str, Any], name: str) -> int:
    try:
        return int(value[name])
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"a region without a whole number {name!r}; only Text and Paragraphs can be read") from None


def _code_points(text: str, units: int) -> int:
    """The number of code points in the first ``units`` UTF-16 units of ``text``."""
    return len(text.encode("utf-16-le")[: 2 * max(units, 0)].decode("utf-16-le", "ignore"))
