"""JSON and JSON Lines: a record for each answer, as ``schemas/prediction.schema.json`` describes it."""

import json
from typing import Any, TextIO

from tagger.cli.inputs import Failure
from tagger.prediction import Prediction


def record(answer: Prediction | Failure, level: str, explain: bool) -> dict[str, Any]:
    """An answer as JSON-able values; a failure is a record with an ``error``."""
    if isinstance(answer, Failure):
        return {"id": answer.id, "error": answer.message}
    return answer.to_dict(level=level, explain=explain)


def json_line(answer: Prediction | Failure, level: str, explain: bool) -> str:
    """An answer as a line of JSON, its line feed included."""
    return json.dumps(record(answer, level, explain), ensure_ascii=False) + "\n"


class Json:
    """Writes one array of records, or a record a line."""

    def __init__(self, out: TextIO, level: str, explain: bool, *, lines: bool) -> None:
        self._out, self._level, self._explain, self._lines = out, level, explain, lines
        self._count = 0

    def add(self, item: Prediction | Failure) -> None:
        """Write one answer."""
        if self._lines:
            self._write(json_line(item, self._level, self._explain))
        else:
            value = json.dumps(record(item, self._level, self._explain), ensure_ascii=False, indent=1)
            self._write((",\n" if self._count else "[\n") + value)
        self._count += 1

    def close(self) -> None:
        """End the array."""
        if not self._lines:
            self._write("\n]\n" if self._count else "[]\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class Lines:
    """Writes records that are lines of JSON already."""

    def __init__(self, out: TextIO) -> None:
        self._out = out.buffer

    def add(self, item: bytes) -> None:
        """Write one line."""
        self._out.write(item)

    def close(self) -> None:
        """Nothing comes after the last."""
