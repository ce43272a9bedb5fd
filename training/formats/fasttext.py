"""fastText: a text a line, its labels as words that begin with ``__label__``."""

import re
from collections.abc import Iterator

from tagger.training.formats.labelling import BadRecord, Fields, Labelling, Reading
from tagger.training.formats.source import Source

PREFIX = "__label__"
_LABEL = re.compile(rf"(?<!\S){PREFIX}(\S*)\s?")


def read(source: Source, fields: Fields) -> Iterator[Reading]:  # noqa: ARG001 - the readers' signature
    """The labellings of a training file; a line without label carries none."""
    for number, line in enumerate(source.text.split("\n"), 1):
        labels = frozenset(_LABEL.findall(line))
        text = _LABEL.sub("", line).strip()
        where = f"{source}:{number}"
        if "" in labels:
            yield BadRecord(where, f"{PREFIX} without a name; mend the line")
        elif text:
            yield Labelling(where, text, labels, f"{source.name}:{number}")
        elif labels:
            yield BadRecord(where, "labels without text; leave the line out")
