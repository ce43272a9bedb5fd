"""Label Studio, from annotations: JSON, JSON_MIN and CSV.

Labels are choices on the whole text (an article, or a paragraph whose task says which), or on stretches of it: choices
per region, ``labels`` of a Text, ``paragraphlabels`` of a Paragraphs object. If stretches are labelled, an article's
paragraphs are: those in which nothing was marked carry no label.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tagger.training.formats.label_studio_results import KINDS, OWN_COLUMNS, Annotation, Mark, annotations
from tagger.training.formats.labelling import (
    ARTICLE,
    PARAGRAPH,
    SOURCE,
    TEXT_NAMES,
    BadRecord,
    Fields,
    Labelling,
    Reading,
    Region,
    parts_of,
    pick,
    place,
)
from tagger.training.formats.regions import paragraphs_span, text_span
from tagger.training.formats.source import Source

Control = tuple[str, bool, str]
"""Name, whether it labels stretches, type of its results."""


def read(source: Source, fields: Fields) -> Iterator[Reading]:
    """The labellings of an export, later ones of an annotator after earlier ones."""
    found: list[Annotation] = []
    for item in annotations(source, fields):
        if isinstance(item, Annotation):
            found.append(item)
        else:
            yield item
    by_task: dict[str, list[Annotation]] = {}
    for annotation in found:
        by_task.setdefault(annotation.task, []).append(annotation)
    try:
        chosen = _controls([mark for annotation in found for mark in annotation.marks or ()], fields.label)
    except ValueError as error:
        yield BadRecord(str(source), str(error))
        return
    for given in by_task.values():
        for annotation in sorted(given, key=lambda annotation: annotation.time):
            try:
                yield _labelling(annotation, source, fields, chosen)
            except ValueError as error:
                yield BadRecord(annotation.record.where, str(error))


def _controls(marks: Sequence[Mark], given: str) -> set[Control]:
    """The controls that hold event types: at most one for whole texts, one for stretches.

    Raises:
        ValueError: several could, or none although there are results.
    """
    results = {(mark.control, mark.regional, mark.kind) for mark in marks}
    controls = {control for control in results if given in ("", control[0]) and control[2] in KINDS}
    if results and not controls:
        there = ", ".join(sorted(f"{name} ({kind})" for name, _, kind in results))
        raise ValueError(
            f"no results of {given or 'choices or labels'}, only of {there}; name another with --label-field"
        )
    per_region = {control for control in controls if control[1:] == (True, "choices")}
    if per_region:
        controls = {control for control in controls if not control[1] or control in per_region}
    for regional in (False, True):
        names = sorted({name for name, on_stretches, _ in controls if on_stretches == regional})
        if len(names) > 1:
            raise ValueError(f"several controls hold labels: {', '.join(names)}; name one with --label-field")
    return controls


def _labelling(annotation: Annotation, source: Source, fields: Fields, chosen: set[Control]) -> Labelling:
    where, data = annotation.record
    if isinstance(data.get("data"), dict):  # the full JSON; in JSON_MIN and CSV a field may be called so too
        data = data["data"]
    paragraphs, text = _text(data, fields)
    spot = place(data, f"{source.name}:{annotation.task}")
    task = f"{source}:{annotation.task}"
    if annotation.marks is None:
        return Labelling(where, text, None, task=task, **spot)
    marks = [mark for mark in annotation.marks if (mark.control, mark.regional, mark.kind) in chosen]
    whole = frozenset[str]().union(*(mark.labels for mark in marks if not mark.regional))
    if not any(regional for _, regional, _ in chosen):
        return Labelling(where, text, whole, annotator=annotation.annotator, task=task, **spot)
    if spot["paragraph"] is not None:
        raise ValueError("labels stretches of a single paragraph; use choices on the whole text instead")
    regions = [_region(mark, text, paragraphs) for mark in marks if mark.regional]
    asked = any(not regional for _, regional, _ in chosen)
    parts = parts_of(text, regions)
    return Labelling(
        where, text, whole if asked else None, parts=parts, annotator=annotation.annotator, task=task, **spot
    )


def _region(mark: Mark, text: str, paragraphs: Sequence[str] | None) -> Region:
    span = text_span(text, mark.value) if paragraphs is None else paragraphs_span(paragraphs, mark.value)
    return Region(*span, mark.labels)


def _text(data: Mapping[str, Any], fields: Fields) -> tuple[list[str] | None, str]:
    """The paragraphs, if the text is given as such, and the text."""
    name = pick(fields.text, TEXT_NAMES, data)
    if name is None:
        others = {*OWN_COLUMNS, ARTICLE, PARAGRAPH, SOURCE}
        texts = [key for key, value in data.items() if isinstance(value, str) and key not in others]
        if len(texts) != 1:
            raise ValueError(f"which field is the text? {', '.join(data)}; name it with --text-field")
        name = texts[0]
    value = data[name]
    paragraphs = None
    if isinstance(value, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in value]
        paragraphs = [part.replace("\n", " ").replace("\r", " ") for part in parts if isinstance(part, str)]
        value = "\n".join(paragraphs) if len(paragraphs) == len(value) else None
    if isinstance(value, str) and value.startswith('[{"'):
        raise ValueError(f"field {name!r} is a Paragraphs object written as text; export as JSON instead of CSV")
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"field {name!r} holds no text; name another with --text-field or leave the task out")
    return paragraphs, value
