"""Results of Label Studio: one annotator's marks on one task, from JSON, JSON_MIN and CSV."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tagger.training.formats.json_records import Record, read_json
from tagger.training.formats.labelling import (
    ARTICLE,
    LABEL_NAMES,
    PARAGRAPH,
    SOURCE,
    TEXT_NAMES,
    BadRecord,
    Fields,
    Labels,
    LeftOut,
    pick,
)
from tagger.training.formats.sheets import Row, read_sheet
from tagger.training.formats.source import Source

OWN_COLUMNS = {"annotation_id", "annotator", "lead_time", "created_at", "updated_at", "id", "agreement"}
"""What JSON_MIN and CSV put beside the task's data and the labels."""
KINDS = ("choices", "labels", "paragraphlabels")
"""Types of results that are read; per-region choices, if there are any, go before the labels of the regions."""


class Mark(NamedTuple):
    """One result: labels that a control gave to the whole text, or to a stretch of it."""

    control: str
    kind: str
    labels: Labels
    value: Mapping[str, Any]

    @property
    def regional(self) -> bool:
        """Whether it is a stretch."""
        return "start" in self.value


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's results on one task; ``marks`` are None if there is no annotation."""

    record: Record
    marks: list[Mark] | None
    annotator: str = ""
    time: str = ""

    @property
    def task(self) -> str:
        """The task's number in its project, else the record's in its file."""
        number = self.record.data.get("id")
        return self.record.where.rpartition(" ")[2].rpartition(":")[2] if number in (None, "") else str(number)


def annotations(source: Source, fields: Fields) -> Iterator[Annotation | BadRecord | LeftOut]:
    """What is in an export; cancelled annotations are counted.

    Raises:
        DecodingError: the file is no text.
    """
    if source.text.lstrip().startswith(("[", "{")):
        records = list(read_json(source))
        flat = [item for item in records if isinstance(item, Record) and not isinstance(item.data.get("data"), dict)]
        yield from (item for item in records if isinstance(item, BadRecord))
        for item in records:
            if isinstance(item, Record) and isinstance(item.data.get("data"), dict):
                yield from _task(item)
    else:
        rows = list(read_sheet(source))
        flat = [Record(item.where, {**item.cells}) for item in rows if isinstance(item, Row)]
        yield from (item for item in rows if not isinstance(item, Row))
    if flat:
        yield from _flat(flat, source, fields)


def _task(record: Record) -> Iterator[Annotation | BadRecord | LeftOut]:
    """The annotations of a task of the full JSON; where one is the ground truth, only that counts."""
    try:
        entries = _objects(record.data, "annotations")
        kept = [entry for entry in entries if not entry.get("was_cancelled") and not entry.get("skipped")]
        truths = [entry for entry in kept if entry.get("ground_truth")]
        found = [_annotation(entry, record) for entry in truths or kept]
    except ValueError as error:
        yield BadRecord(record.where, str(error))
        return
    yield from [LeftOut("cancelled annotations")] * (len(entries) - len(kept))
    yield from [LeftOut("annotations beside a ground truth")] * (len(kept) - len(found))
    yield from found or [Annotation(record, None)]


def _annotation(entry: Mapping[str, Any], record: Record) -> Annotation:
    by = entry.get("completed_by")
    person = (by.get("email") or by.get("id")) if isinstance(by, dict) else by
    time = str(entry.get("updated_at") or entry.get("created_at") or "")
    # Relations have no value.
    marks = [_mark(result) for result in _objects(entry, "result") if isinstance(result.get("value"), dict)]
    return Annotation(record, marks, str(person or f"annotation {entry.get('id')}"), time)


def _mark(result: Mapping[str, Any]) -> Mark:
    kind, value = str(result.get("type")), result["value"]
    labels = value.get(kind) if kind in KINDS else []
    if not isinstance(labels, list):
        raise ValueError(f"a result of type {kind!r} holds no list of labels; export the task again")
    return Mark(str(result.get("from_name")), kind, frozenset(map(str, labels)), value)


def _objects(holder: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name) or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError(f"field {name!r} is no list of objects; export the task again")
    return found


def _flat(records: Sequence[Record], source: Source, fields: Fields) -> Iterator[Annotation | BadRecord | LeftOut]:
    """The rows of JSON_MIN or CSV, one for each annotation."""
    names = list(dict.fromkeys(name for record in records for name in record.data))
    try:
        control = pick(fields.label, LABEL_NAMES, names) or _only_control(names, records, fields)
    except ValueError as error:
        yield BadRecord(str(source), str(error))
        return
    regional = {name for record in records for name, cell in record.data.items() if _holds_regions(cell)}
    if regional and control not in regional:
        message = f"column {control!r} may have lost its places in the text, which {', '.join(sorted(regional))} has"
        yield BadRecord(str(source), f"{message}; export as JSON instead")
        return
    for record in records:
        if record.data.get("annotation_id") in (None, ""):
            yield Annotation(record, None)
            continue
        try:
            marks = list(_cell_marks(control, record.data.get(control)))
        except ValueError as error:
            yield BadRecord(record.where, str(error))
            continue
        person = record.data.get("annotator") or f"annotation {record.data['annotation_id']}"
        yield Annotation(record, marks, str(person), str(record.data.get("updated_at") or ""))


def _only_control(names: Sequence[str], records: Sequence[Record], fields: Fields) -> str:
    """The one column that is neither Label Studio's own nor the text nor the article's place."""
    known = {*OWN_COLUMNS, ARTICLE, PARAGRAPH, SOURCE, pick(fields.text, TEXT_NAMES, names)}
    rest = [name for name in names if name not in known]
    sure = [name for name in rest if any(_structured(record.data.get(name)) for record in records)]
    if len(sure or rest) != 1:
        raise ValueError(
            f"which column holds the labels? {', '.join(sure or rest) or 'none is left'}; use --label-field"
        )
    return (sure or rest)[0]


def _structured(cell: Any) -> bool:
    """Whether a cell can only be a result: several choices, or regions."""
    return (isinstance(cell, dict) and "choices" in cell) or (isinstance(cell, str) and cell.startswith('{"choices"'))


def _holds_regions(cell: Any) -> bool:
    first = cell[0] if isinstance(cell, list) and cell else None
    return (isinstance(first, dict) and "start" in first) or (isinstance(cell, str) and cell.startswith('[{"start"'))


def _cell_marks(control: str, cell: Any) -> Iterator[Mark]:
    """A single choice as text, several as ``{"choices": […]}``, regions as a list of values; in CSV as JSON."""
    if isinstance(cell, str) and cell.startswith(("{", "[{")):
        cell = json.loads(cell)
    if cell in (None, "", "[]", []):
        return
    if isinstance(cell, str):
        yield Mark(control, "choices", frozenset({cell}), {})
        return
    for value in cell if isinstance(cell, list) else [cell]:
        kind = next((kind for kind in KINDS if isinstance(value, dict) and isinstance(value.get(kind), list)), None)
        if kind is None:
            raise ValueError(f"column {control!r} has no place for its labels; export as JSON instead")
        yield Mark(control, kind, frozenset(map(str, value[kind])), value)
