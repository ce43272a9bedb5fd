"""Exporting: stored articles as tasks for labelling tools, whether people or a model labelled them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tagger.errors import TrainingDataError
from tagger.training.formats import doccano, label_studio_tasks, prodigy
from tagger.training.formats.json_records import read_json
from tagger.training.formats.labelling import BadRecord
from tagger.training.formats.source import Source
from tagger.training.formats.tasks import Task, labelled_tasks, predicted_tasks
from tagger.training.records import BadLineError, parse_record

LABELLED, PREDICTED, UNLABELLED = "labelled", "predicted", "unlabelled"


def kind(path: Path, encoding: str | None = None) -> str:
    """What a file holds, by its first record: articles labelled by people, answers of a model, or bare texts."""
    first = next(iter(read_json(Source(path, encoding))), None) if path.suffix == ".jsonl" else None
    if first is None or isinstance(first, BadRecord):
        return UNLABELLED
    if "model" in first.data:
        return PREDICTED
    parts = first.data.get("paragraphs")
    labelled = isinstance(parts, list) and any(isinstance(part, dict) and "labels" in part for part in parts)
    return LABELLED if labelled or "labels" in first.data else UNLABELLED


def stored_tasks(
    path: Path, labels: Sequence[str], *, by_paragraph: bool, encoding: str | None = None
) -> tuple[list[Task], list[BadRecord]]:
    """Tasks of a file that is labelled or predicted, and the records that could not be used.

    Args:
        path: JSON Lines.
        labels: the event types' ids.
        by_paragraph: a task for each paragraph instead of one for each article.
        encoding: None finds it out.
    """
    tasks: list[Task] = []
    problems: list[BadRecord] = []
    predicted = kind(path, encoding) == PREDICTED
    for record in read_json(Source(path, encoding)):
        if isinstance(record, BadRecord):
            problems.append(record)
            continue
        try:
            if predicted:
                tasks += predicted_tasks(record.data, by_paragraph=by_paragraph)
            else:
                line = json.dumps(record.data).encode()
                tasks += labelled_tasks(parse_record(line, labels, record.where), by_paragraph=by_paragraph)
        except BadLineError as error:
            problems.append(BadRecord(record.where, str(error)))
        except (KeyError, TypeError, AttributeError, ValueError):
            message = "no answer of 'tagger predict -f jsonl' at both levels; tag the text again"
            problems.append(BadRecord(record.where, message))
    return tasks, problems


def files_for(tool: str, tasks: Iterable[Task], titles: Mapping[str, str], output: Path) -> dict[Path, bytes]:
    """The files to import into a labelling tool.

    Args:
        tool: ``"label-studio"``, ``"doccano"`` or ``"prodigy"``.
        tasks: the texts.
        titles: label → what annotators call it.
        output: the tasks' file; Label Studio's configuration lies beside it and ends in ``.xml``.

    Raises:
        TrainingDataError: a task has a label without title, or ``output`` would be overwritten by the configuration.
    """
    tasks = list(tasks)
    unknown = sorted(frozenset[str]().union(*(task.labels or () for task in tasks)) - titles.keys())
    if unknown:
        raise TrainingDataError(
            f"unknown labels: {', '.join(unknown)}; name the codebook with --event-types, or the model with --model"
        )
    if tool == "doccano":
        return {output: doccano.write(tasks)}
    if tool == "prodigy":
        return {output: prodigy.write(tasks, titles)}
    if output.suffix == ".xml":
        raise TrainingDataError(f"{output}: the labelling configuration gets this name; let --output end in .json")
    return {output: label_studio_tasks.write(tasks), output.with_suffix(".xml"): label_studio_tasks.config(titles)}
