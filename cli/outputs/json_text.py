"""JSON and JSON Lines: a record for each answer, as ``schemas/prediction.schema.json`` describes it."""

import json
from dataclasses import dataclass
from typing import Any, TextIO

from tagger.cli.inputs import Failure
from tagger.prediction import Prediction


def record(answer: Prediction | Failure, level: str, explain: bool) -> dict[str, Any]:
    """An answer as JSON-able values; a failure is a record with an ``error``."""
    if isinstance(answer, Failure):
        return {"id": answer.id, "error": answer.message}
    return answer.to_dict(level=level, explain=explain)


@dataclass(frozen=True, slots=True)
class Line:
    """A prediction as it is written, a line of JSON, and what else is told of it.

    Attributes:
        text: the line in UTF-8, its line feed included: bytes pass between processes and to files as they are.
        id, labels, review, warnings, known_share, chrome_share: those of the `Prediction`.
    """

    text: bytes
    id: str
    labels: tuple[str, ...]
    review: tuple[str, ...]
    warnings: tuple[str, ...]
    known_share: float
    chrome_share: float


def json_line(answer: Prediction | Line | Failure, level: str, explain: bool) -> bytes:
    """An answer as a line of JSON in UTF-8, its line feed included."""
    if isinstance(answer, Line):
        return answer.text
    text = json.dumps(record(answer, level, explain), ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace")  # what UTF-8 cannot hold as JSON's own escape


def line_of(found: Prediction, level: str, explain: bool) -> Line:
    """A prediction as a line."""
    text = json_line(found, level, explain)
    return Line(text, found.id, found.labels, found.review, found.warnings, found.known_share, found.chrome_share)


class Json:
    """Writes one array of records."""

    def __init__(self, out: TextIO, level: str, explain: bool) -> None:
        self._out, self._level, self._explain = out, level, explain
        self._count = 0

    def add(self, item: Prediction | Failure) -> None:
        """Write one answer."""
        value = json.dumps(record(item, self._level, self._explain), ensure_ascii=False, indent=1)
        self._write((",\n" if self._count else "[\n") + value)
        self._count += 1

    def close(self) -> None:
        """End the array."""
        self._write("\n]\n" if self._count else "[]\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class JsonLines:
    """Writes a record a line."""

    def __init__(self, out: TextIO, level: str, explain: bool) -> None:
        self._out, self._level, self._explain = out.buffer, level, explain

    def add(self, item: Prediction | Line | Failure) -> None:
        """Write one answer."""
        self._out.write(json_line(item, self._level, self._explain))
        self._out.flush()

    def close(self) -> None:
        """Nothing comes after the last."""


class KeptLines:
    """Writes records that are lines of JSON already, as `tagger.cli.resuming` keeps them."""

    def __init__(self, out: TextIO) -> None:
        self._out = out.buffer

    def add(self, item: bytes) -> None:
        """Write one line."""
        self._out.write(item)

    def close(self) -> None:
        """Nothing comes after the last."""
