"""Conversion: files of labelling tools become records, and everything that did not is told."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tagger.errors import DecodingError, TrainingDataError
from tagger.training.formats import doccano, fasttext, folders, label_studio, prodigy, tables
from tagger.training.formats.assembling import Record, assemble
from tagger.training.formats.detection import detect, is_folder_of_labels
from tagger.training.formats.labelling import BadRecord, Fields, Labelling, Labels, LeftOut, Reading
from tagger.training.formats.source import Source
from tagger.training.formats.voting import settle

READERS = {
    "label-studio": label_studio.read,
    "doccano": doccano.read,
    "prodigy": prodigy.read,
    "fasttext": fasttext.read,
    "table": tables.read,
    "folder": folders.read,
}


@dataclass(eq=False)
class Conversion:
    """What came of files.

    Attributes:
        records: articles, as `tagger.training.records` reads them.
        problems: what could not be converted, and what to do about it.
        counts: what was left out, merged or read in a way worth knowing → how often.
        labels: label → texts that carry it, after renaming.
        formats: file → its format.
        unused: labels to be renamed that no text carries.
    """

    records: list[Record] = field(default_factory=list)
    problems: list[BadRecord] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    formats: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def convert(
    paths: Iterable[Path],
    form: str,
    fields: Fields,
    renames: Mapping[str, str],
    *,
    skip_empty: bool = False,
    encoding: str | None = None,
) -> Conversion:
    """Read labelled files of tools.

    Args:
        paths: files and folders; a folder holds files of tools, or a folder of texts for each label.
        form: one of `tagger.training.formats.detection.FORMATS`; empty to find it out file by file.
        fields: names of fields that are not the usual ones.
        renames: old label → new one; an empty new one takes the label away and leaves the text labelled.
        skip_empty: treat texts without any label as unlabelled rather than as labelled and empty.
        encoding: of the texts; None finds it out.

    Raises:
        TrainingDataError: a file's format cannot be told.
        EnvironmentFault: an extra is missing.
    """
    done = Conversion()
    read: list[Labelling] = []
    for path in _files(paths, form):
        source = Source(path, encoding)
        found = done.formats[str(source)] = form or detect(source)
        read += _kept(_readings(source, found, fields), done)
    done.unused = sorted(renames.keys() - frozenset[str]().union(*map(_carried, read)))
    renamed = [_renamed(labelling, renames) for labelling in read]
    settled = [_counted(labelling, done, skip_empty) for labelling in _kept(settle(renamed), done)]
    for item in assemble(settled):
        if isinstance(item, dict):
            _add(item, done)
        else:
            _note(item, done)
    return done


def _files(paths: Iterable[Path], form: str) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir() or form == "folder" or is_folder_of_labels(path):
            yield path
            continue
        found = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        if not found:
            raise TrainingDataError(f"{path}: no file in this folder, nor texts in folders named after labels")
        yield from found


def _readings(source: Source, form: str, fields: Fields) -> Iterator[Reading]:
    if form == "doccano" and source.path.suffix.lower() == ".csv":
        form, fields = "table", fields._replace(separators=fields.separators or doccano.SEPARATOR)
    try:
        yield from READERS[form](source, fields)
    except DecodingError as error:
        yield BadRecord(str(source), str(error))
    yield from (LeftOut(f"{source}: {warning}") for warning in source.warnings)


def _kept(readings: Iterable[Reading], done: Conversion) -> Iterator[Labelling]:
    """The labellings; the rest is noted."""
    for item in readings:
        if isinstance(item, Labelling):
            yield item
        else:
            _note(item, done)


def _note(item: BadRecord | LeftOut, done: Conversion) -> None:
    if isinstance(item, BadRecord):
        done.problems.append(item)
    else:
        done.counts[item.reason] += 1


def _renamed(labelling: Labelling, renames: Mapping[str, str]) -> Labelling:
    def renamed(labels: Labels | None) -> Labels | None:
        return None if labels is None else frozenset(renames.get(label, label) for label in labels) - {""}

    parts = None if labelling.parts is None else tuple(map(renamed, labelling.parts))
    return replace(labelling, labels=renamed(labelling.labels), parts=parts)


def _carried(labelling: Labelling) -> Labels:
    """All labels of a text and of its paragraphs."""
    return frozenset[str]().union(*(labels or () for labels in (labelling.labels, *(labelling.parts or ()))))


def _counted(labelling: Labelling, done: Conversion, skip_empty: bool) -> Labelling:
    """The labelling, with its labels counted."""
    labels = _carried(labelling)
    done.labels.update(labels)
    given = any(labels is not None for labels in (labelling.labels, *(labelling.parts or ())))
    if given and not labels:
        if skip_empty:
            done.counts["texts without any label, taken as unlabelled"] += 1
            return replace(labelling, labels=None, parts=None)
        done.counts["texts without any label, taken as labelled and empty (--skip-empty takes them as unlabelled)"] += 1
    return labelling


def _add(record: Record, done: Conversion) -> None:
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        done.problems.append(BadRecord(f"article {record['id']!r}", "holds a lone surrogate; export the text again"))
    else:
        done.records.append(record)
