"""Folders: texts as .txt files in a folder for each label."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tagger.errors import DecodingError
from tagger.training.formats.labelling import BadRecord, Fields, Labelling, Reading
from tagger.training.formats.source import Source

PATTERN = "*.txt"


def read(source: Source, fields: Fields) -> Iterator[Reading]:  # noqa: ARG001 - the readers' signature
    """The labellings in a folder: a text that lies in several folders carries several labels."""
    found: dict[str, list[Path]] = defaultdict(list)
    for file in sorted(source.path.rglob(PATTERN)):
        parts = file.relative_to(source.path).parts
        if len(parts) != 2:
            yield BadRecord(str(file), "does not lie in a folder of a label; move it to <label>/<name>.txt")
            continue
        try:
            text = source.decoded(file.read_bytes()).strip()
        except (DecodingError, OSError) as error:
            yield BadRecord(str(file), str(error))
            continue
        if text:
            found[text].append(file)
        else:
            yield BadRecord(str(file), "is empty; leave it out")
    for text, files in found.items():
        labels = frozenset(file.parent.name for file in files)
        name = files[0].relative_to(source.path).with_suffix("").as_posix()
        yield Labelling(str(files[0]), text, labels, name)
