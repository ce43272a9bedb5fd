"""doccano: text classification, JSON Lines or JSON; its CSV is read by `tables`, its fastText by `fasttext`.

Shapes: ``{"id": 1, "text": "…", "label": ["A", "B"], "Comments": […], <metadata>}``; exports of a project in which
annotators work apart are a folder with one file for each.
"""

import json
from collections.abc import Iterable, Iterator

from tagger.training.formats.json_records import Record, read_json
from tagger.training.formats.labelling import (
    ARTICLE,
    LABEL_NAMES,
    TEXT_NAMES,
    BadRecord,
    Fields,
    Labelling,
    Reading,
    pick,
    place,
)
from tagger.training.formats.source import Source
from tagger.training.formats.tasks import Task

SEPARATOR = "#"
"""Between the labels in doccano's CSV."""


def read(source: Source, fields: Fields) -> Iterator[Reading]:
    """The labellings of an export; the file's name is the annotator's, as doccano names the files of a project."""
    for record in read_json(source):
        if isinstance(record, BadRecord):
            yield record
            continue
        try:
            yield _labelling(record, source, fields)
        except ValueError as error:
            yield BadRecord(record.where, str(error))


def _labelling(record: Record, source: Source, fields: Fields) -> Labelling:
    data = record.data
    text = data.get(pick(fields.text, TEXT_NAMES, data) or "")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("no text; name its field with --text-field or leave the record out")
    name = pick(fields.label, LABEL_NAMES, data)
    labels = data[name] if name is not None else None
    if labels is not None and not (isinstance(labels, list) and all(isinstance(label, str) for label in labels)):
        raise ValueError(f"field {name!r} is no list of labels; export a text classification project, not spans")
    where = place(data, f"{source.name}:{data.get('id', record.where.rpartition(':')[2])}")
    task = json.dumps([data.get(ARTICLE), where["paragraph"], text], ensure_ascii=False)
    given = None if labels is None else frozenset(labels)
    return Labelling(record.where, text, given, annotator=source.name, task=task, **where)


def write(tasks: Iterable[Task]) -> bytes:
    """A file for doccano's import, format JSONL, column «label»: labels already on a text are to be checked there."""
    lines = [{"text": task.text, "label": sorted(task.labels or ())} | task.place for task in tasks]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
