"""Prodigy: the choice interface (``options``, ``accept``) and yes or no to one label (``label``), in JSON Lines.

Every record has an ``answer``; ``_input_hash`` is the text's, ``_annotator_id`` (before: ``_session_id``) the annotator's.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tagger.training.formats.json_records import Record, read_json
from tagger.training.formats.labelling import (
    TEXT_NAMES,
    BadRecord,
    Fields,
    Labelling,
    Labels,
    LeftOut,
    Reading,
    pick,
    place,
)
from tagger.training.formats.source import Source
from tagger.training.formats.tasks import Task


def read(source: Source, fields: Fields) -> Iterator[Reading]:
    """The labellings of a dataset (`prodigy db-out`).

    A text with yes or no to single labels counts only if it was asked about every label of the file.
    """
    asked: dict[tuple[str, str], dict[str, tuple[Labelling, bool]]] = defaultdict(dict)
    for record in read_json(source):
        if isinstance(record, BadRecord):
            yield record
            continue
        try:
            answer = record.data.get("answer")
            if answer == "ignore" or (answer == "reject" and "accept" in record.data):
                yield LeftOut(f"answers «{answer}»")
                yield _labelling(record, source, fields, None)
            elif answer not in ("accept", "reject"):
                yield BadRecord(
                    record.where, "no 'answer': a task that nobody has worked on; export with 'prodigy db-out'"
                )
            elif isinstance(record.data.get("accept"), list):
                yield _labelling(record, source, fields, frozenset(map(str, record.data["accept"])))
            else:
                label = record.data.get("label")
                if not isinstance(label, str):
                    raise ValueError("neither 'accept' nor 'label'; export a text classification dataset")
                labelling = _labelling(record, source, fields, frozenset({label}))
                asked[labelling.task, labelling.annotator][label] = labelling, answer == "accept"
        except ValueError as error:
            yield BadRecord(record.where, str(error))
    yield from _joined(asked)


def _labelling(record: Record, source: Source, fields: Fields, labels: Labels | None) -> Labelling:
    data = record.data
    text = data.get(pick(fields.text, TEXT_NAMES, data) or "")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("no text; name its field with --text-field or leave the record out")
    meta = data["meta"] if isinstance(data.get("meta"), dict) else {}
    where = place(data | meta, f"{source.name}:{data.get('_input_hash', record.where.rpartition(':')[2])}")
    annotator = str(data.get("_annotator_id") or data.get("_session_id") or "")
    # Prodigy's hash does not look at the metadata: the same words may stand in several articles.
    task = json.dumps([where["id"], where["paragraph"], text], ensure_ascii=False)
    return Labelling(record.where, text, labels, annotator=annotator, task=task, **where)


def _joined(asked: Mapping[tuple[str, str], Mapping[str, tuple[Labelling, bool]]]) -> Iterator[Reading]:
    every = {label for answers in asked.values() for label in answers}
    for answers in asked.values():
        first = next(iter(answers.values()))[0]
        missing = sorted(every - set(answers))
        if missing:
            yield BadRecord(first.where, f"was not asked about {', '.join(missing)}; label it for every label")
        else:
            labels = frozenset(label for label, (_, yes) in answers.items() if yes)
            yield replace(first, labels=labels)


def write(tasks: Iterable[Task], titles: Mapping[str, str]) -> bytes:
    """A file for a recipe with the choice interface: ``choice_style`` "multiple", proposed labels already chosen.

    Args:
        tasks: what to ask; those that people have labelled carry ``answer``.
        titles: what to call each label.
    """
    options = [{"id": label, "text": title} for label, title in titles.items()]
    return "".join(json.dumps(_record(task, options), ensure_ascii=False) + "\n" for task in tasks).encode()


def _record(task: Task, options: list[dict[str, str]]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "text": task.text,
        "options": options,
        "accept": [option["id"] for option in options if option["id"] in (task.labels or ())],
        "config": {"choice_style": "multiple"},
        "meta": task.place,
    }
    if task.model_version:
        record["meta"] = task.place | {"model": task.model_version, "score": task.score}
    elif task.labels is not None:
        record["answer"] = "accept"
    return record
