"""JSON without what Python's own reader lets pass: fields given twice, NaN and Infinity, numbers of any length."""

import json
from typing import Any

MAX_DIGITS = 1000
"""Of a number; Python refuses some thousand with advice that is not ours to give."""


def read_json(text: str) -> Any:
    """The value in ``text``.

    Raises:
        ValueError: what is wrong; a `json.JSONDecodeError`, with the place, where it is not JSON at all.
        RecursionError: nested too deeply.
    """
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, parse_int=_integer)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"field given twice: {next(name for name in names if names.count(name) > 1)!r}")
    return result


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)
