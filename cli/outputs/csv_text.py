"""CSV: the table as text, for programs or as a Russian Excel opens it."""

import csv
import io
from typing import Any, TextIO

from tagger.cli.inputs import Failure
from tagger.cli.outputs.table import Table
from tagger.cli.printing import printable
from tagger.prediction import Prediction

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """Writes the rows of a table.

    Args:
        out: where to.
        table: what.
        excel: as Excel with Russian settings opens it: a byte order mark, semicolons, decimal commas, CRLF. Excel would
            run a text that begins like a formula [1]_; such a text gets an apostrophe before it.

    .. [1] OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
    """

    def __init__(self, out: TextIO, table: Table, *, excel: bool) -> None:
        self._out, self._table, self._excel = out, table, excel
        self._dialect: dict[str, str] = (
            {"lineterminator": "\r\n", "delimiter": ";"} if excel else {"lineterminator": "\n"}
        )
        self._write([list(table.columns)], "\ufeff" if excel else "")

    def add(self, item: Prediction | Failure) -> None:
        """Write one answer."""
        columns = self._table.columns
        self._write([[self._cell(name, row.get(name)) for name in columns] for row in self._table.rows(item)])

    def close(self) -> None:
        """Nothing comes after the last."""

    def _cell(self, name: str, value: Any) -> str | int:
        match value:
            case None:
                return ""
            case bool():
                return int(value)
            case float():
                return f"{value:.4f}".replace(".", ",") if self._excel else f"{value:.4f}"
            case tuple():
                return (" " if name != "warnings" else "; ").join(value)
            case str():
                text = printable(value) if name == "id" else value
                return f"'{text}" if self._excel and text.startswith(_FORMULA) else text
        return int(value)

    def _write(self, rows: list[list[Any]], mark: str = "") -> None:
        lines = io.StringIO()
        csv.writer(lines, **self._dialect).writerows(rows)  # type: ignore[arg-type] # mypy wants each named
        self._out.write(mark + lines.getvalue())
        self._out.flush()
