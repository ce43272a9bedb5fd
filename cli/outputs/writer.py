"""The writer: what takes answers one by one and writes them, in any format."""

from collections.abc import Sequence
from typing import Any, Protocol, TextIO, TypeVar

from tagger.cli.inputs import Failure
from tagger.cli.outputs.json_text import Json, JsonLines, Line
from tagger.cli.outputs.table import Table
from tagger.cli.outputs.wanted import Wanted
from tagger.prediction import Prediction
from tagger.tagging import Tagger

Answer = Prediction | Line | Failure
Item = TypeVar("Item", contravariant=True)


class Writer(Protocol[Item]):
    """Takes items one by one; where the format allows it each is written as a whole and flushed.

    Items come a batch at a time: what reads the output of `tagger predict -` while it still writes the input waits for one.
    """

    def add(self, item: Item) -> None:
        """Write one item."""

    def close(self) -> None:
        """Write what comes after the last."""


class Several:
    """Writers that get the same answers."""

    def __init__(self, writers: Sequence[Writer[Any]]) -> None:
        self._writers = writers

    def add(self, item: Any) -> None:
        """Give it to all."""
        for writer in self._writers:
            writer.add(item)

    def close(self) -> None:
        """Close all."""
        for writer in self._writers:
            writer.close()


def answer_writer(wanted: Wanted, out: TextIO, tagger: Tagger) -> Writer[Any]:
    """The writer of the wanted format to ``out``; binary formats go to the bytes beneath it."""
    table = Table(tagger.labels, wanted.level, wanted.wide)
    match wanted.form:
        case "json":
            return Json(out, wanted.level, wanted.explain)
        case "jsonl":
            return JsonLines(out, wanted.level, wanted.explain)
        case "csv":
            from tagger.cli.outputs.csv_text import Csv

            return Csv(out, table, excel=wanted.excel)
        case "xlsx":
            from tagger.cli.outputs.xlsx_file import Xlsx

            return Xlsx(out.buffer, tagger.event_types, wanted)
        case "parquet":
            from tagger.cli.outputs.parquet_file import Parquet

            return Parquet(out.buffer, table)
    from tagger.cli.outputs.reading_text import ReadingText

    return ReadingText(out, tagger, wanted.level, wanted.explain)
