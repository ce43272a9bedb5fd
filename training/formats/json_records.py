"""JSON records: the objects of an array, or one object a line."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tagger.training.formats.labelling import BadRecord
from tagger.training.formats.source import Source


class Record(NamedTuple):
    """An object and its place: ``file:line``, or ``file: record n`` in an array (both from 1)."""

    where: str
    data: dict[str, Any]


def read_json(source: Source) -> Iterator[Record | BadRecord]:
    """The records of a file.

    Raises:
        DecodingError: the file is no text.
    """
    if source.text.lstrip().startswith("["):
        yield from _array(source)
        return
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.strip():
            yield _record(line, f"{source}:{number}")


def _array(source: Source) -> Iterator[Record | BadRecord]:
    try:
        values = json.loads(source.text)
    except json.JSONDecodeError as error:
        yield BadRecord(f"{source}:{error.lineno}:{error.colno}", f"not valid JSON: {error.msg}; export the file again")
        return
    except (ValueError, RecursionError) as error:
        yield BadRecord(str(source), f"not usable JSON: {error}; export the file again")
        return
    for number, value in enumerate(values, 1):
        where = f"{source}: record {number}"
        yield Record(where, value) if isinstance(value, dict) else BadRecord(where, "not a JSON object; leave it out")


def _record(line: str, where: str) -> Record | BadRecord:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return BadRecord(f"{where}:{error.colno}", f"not valid JSON: {error.msg}; there must be one record a line")
    except (ValueError, RecursionError) as error:
        return BadRecord(where, f"not usable JSON: {error}; mend the line")
    return Record(where, value) if isinstance(value, dict) else BadRecord(where, "not a JSON object; leave it out")
