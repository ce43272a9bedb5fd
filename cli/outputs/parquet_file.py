"""Parquet: the table with types, for data tools."""

from typing import IO, Any

from tagger.cli.inputs import Failure
from tagger.cli.outputs.table import Row, Table
from tagger.prediction import Prediction

GROUP = 10_000
"""Rows that are kept in memory and written together."""


class Parquet:
    """Writes the rows of a table in groups."""

    def __init__(self, out: IO[bytes], table: Table) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schema, self._table = _schema(table), table
        self._file = ParquetWriter(out, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, item: Prediction | Failure) -> None:
        """Take one answer."""
        self._rows += self._table.rows(item)
        if len(self._rows) >= GROUP:
            self._write()

    def close(self) -> None:
        """Write the last rows and the footer."""
        self._write()
        self._file.close()

    def _write(self) -> None:
        import pyarrow

        if self._rows:
            self._file.write_table(pyarrow.Table.from_pylist(self._rows, self._schema))
        self._rows = []


def _schema(table: Table) -> Any:
    import pyarrow

    texts = pyarrow.list_(pyarrow.string())
    figures = dict.fromkeys(table.probabilities.values(), pyarrow.float64())
    numbers = dict.fromkeys(("paragraph", "start", "stop"), pyarrow.int32())
    known = {
        **figures,
        **numbers,
        **dict.fromkeys(("labels", "review", "warnings"), texts),
        "boilerplate": pyarrow.bool_(),
    }
    flags = dict.fromkeys(table.probabilities, pyarrow.bool_())  # in a wide table; otherwise these are figures
    kinds = {**dict.fromkeys(table.columns, pyarrow.string()), **flags, **known}
    return pyarrow.schema([(name, kinds[name]) for name in table.columns])
