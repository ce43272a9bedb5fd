"""Tables: a text and a label a row (or several in a cell), or a column of 0 and 1 for each label."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tagger.training.formats.labelling import (
    ARTICLE,
    LABEL_NAMES,
    PARAGRAPH,
    SEPARATORS,
    SOURCE,
    TEXT_NAMES,
    BadRecord,
    Fields,
    Labelling,
    Labels,
    LeftOut,
    Reading,
    pick,
    place,
    split_labels,
)
from tagger.training.formats.sheets import Row, read_sheet
from tagger.training.formats.source import Source

YES = ("1", "true", "да", "yes", "+", "x", "х")
NO = ("0", "false", "нет", "no", "-", "")
"""Cells of a column that stands for a label; the last x is Cyrillic."""


def read(source: Source, fields: Fields) -> Iterator[Reading]:
    """The labellings in a CSV file or workbook.

    Rows of one text (and one id) are one labelling when there is a column of labels. Without one, every column that holds
    nothing but `YES` and `NO` is a label; rows in which all of them are blank are unlabelled.
    """
    rows: list[Row] = []
    for item in read_sheet(source):
        if isinstance(item, Row):
            rows.append(item)
        else:
            yield item
    if not rows:
        return
    columns = list(rows[0].cells)
    try:
        text, label = pick(fields.text, TEXT_NAMES, columns), pick(fields.label, LABEL_NAMES, columns)
    except ValueError as error:
        yield BadRecord(str(source), str(error))
        return
    wide = [] if label else _label_columns(rows, {text or ""})
    if text is None or not (label or wide):
        option = "--text-field" if text is None else "--label-field"
        what = "texts" if text is None else "labels"
        yield BadRecord(f"{source}:1", f"no column of {what} among {', '.join(columns)}; name it with {option}")
    elif label:
        yield from _long(rows, text, label, source, fields.separators or SEPARATORS)
    else:
        yield from _wide(rows, text, wide, source)


def _label_columns(rows: Sequence[Row], others: set[str]) -> list[str]:
    """Columns of nothing but yes and no, with at least one yes or no that is written."""
    names = [
        name for name in rows[0].cells if name.lower() not in (ARTICLE, PARAGRAPH, SOURCE, "id") and name not in others
    ]
    cells = {name: {_plain(row, name) for row in rows} for name in names}
    return [name for name in names if cells[name] <= {*YES, *NO} and cells[name] != {""}]


def _plain(row: Row, name: str) -> str:
    return row.cells[name].strip().lower()


def _long(rows: Sequence[Row], text: str, label: str, source: Source, separators: str) -> Iterator[Reading]:
    found: dict[tuple[str, int | None, str], Labelling] = {}
    for row in rows:
        labelling = _labelling(row, text, source, split_labels(row.cells[label], separators))
        if isinstance(labelling, BadRecord):
            yield labelling
            continue
        own_id = labelling.id if _own_id(row) else ""
        first = found.setdefault((own_id, labelling.paragraph, labelling.text), labelling)
        found[own_id, labelling.paragraph, labelling.text] = replace(
            first, labels=(first.labels or frozenset()) | (labelling.labels or frozenset())
        )
    yield from found.values()


def _wide(rows: Sequence[Row], text: str, labels: Sequence[str], source: Source) -> Iterator[Reading]:
    for row in rows:
        cells = {label: _plain(row, label) for label in labels}
        blank = sum(not cell for cell in cells.values())
        if blank == len(labels):
            yield _labelling(row, text, source, None)
            continue
        for _ in range(blank):
            yield LeftOut("blank cells read as 0")
        yield _labelling(row, text, source, frozenset(label for label, cell in cells.items() if cell in YES))


def _own_id(row: Row) -> str:
    named = {name.lower(): cell for name, cell in row.cells.items()}
    return named.get(ARTICLE) or named.get("id") or ""


def _labelling(row: Row, text: str, source: Source, labels: Labels | None) -> Labelling | BadRecord:
    content = row.cells[text].strip()
    if not content:
        return BadRecord(row.where, f"no text in column {text!r}; leave the row out")
    named = {name.lower(): cell.strip() for name, cell in row.cells.items()}
    number = row.where.rpartition(":")[2].removeprefix(" row ")
    try:
        where = place(named, f"{source.name}:{_own_id(row) or number}")
    except ValueError as error:
        return BadRecord(row.where, str(error))
    return Labelling(row.where, content, labels, **where)
