"""What is wanted: the format of the answers and where they go, asked for by the options and checked before any work."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from tagger.cli.printing import path_name
from tagger.errors import EnvironmentFault

FORMATS = ("text", "json", "jsonl", "csv", "xlsx", "parquet")
_ENDINGS = {".txt": "text", ".ndjson": "jsonl"} | {f".{form}": form for form in FORMATS[1:]}
_FOREIGN = (".xls", ".ods", ".doc", ".docx", ".pdf", ".html", ".gz", ".zst", ".zip", ".bz2", ".xz")
"""Endings of what answers are not written as."""
_LIBRARIES = {"xlsx": ("xlsxwriter", "xlsx"), "parquet": ("pyarrow", "parquet"), "report": ("rensa", "report")}
"""What is written → the module that it takes, and its extra."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `tagger predict` is to write.

    Attributes:
        form: one of `FORMATS`; empty for nothing but the report.
        level: ``"article"``, ``"paragraph"`` or ``"both"``.
        explain: with evidence.
        wide, excel: kinds of CSV, see `tagger.cli.outputs.table` and `tagger.cli.outputs.csv_text`.
        language: ``"ru"`` or ``"en"``, of what people read.
        output: the file, the folder if ``partition`` is set, None for standard output.
        partition: articles a file.
        resume: go on with what an earlier run has left.
        report: file of the report.
    """

    form: str
    level: str = "both"
    explain: bool = False
    wide: bool = False
    excel: bool = False
    language: str = "ru"
    output: str | None = None
    partition: int | None = None
    resume: bool = False
    report: str | None = None

    @property
    def only_lines(self) -> bool:
        """Whether nothing is wanted but JSON Lines."""
        return self.form == "jsonl" and self.report is None

    @property
    def unfinished(self) -> Path:
        """Where ``resume`` keeps the answers until all are there: beside the output."""
        path = Path(str(self.output)).resolve()
        return path.with_name(f"{path.name}.unfinished")


def form_of(form: str | None, output: str | None, report: str | None) -> str:
    """The format asked for; else the one that the ending of ``output`` names; else text, or none beside a report."""
    return form or _ENDINGS.get(Path(output or "").suffix.lower(), "" if report and output is None else "text")


def check_wanted(wanted: Wanted, *, strict: bool) -> None:
    """Make sure that the options fit together and that the libraries are there.

    Raises:
        click.UsageError: options that contradict each other.
        EnvironmentFault: an extra is not installed.
    """
    for wrong, message in _contradictions(wanted, strict):
        if wrong:
            raise click.UsageError(message)
    for module, extra in (
        _LIBRARIES[what] for what in (wanted.form, "report" if wanted.report else "") if what in _LIBRARIES
    ):
        try:
            import_module(module)
        except ImportError as error:
            raise EnvironmentFault(f"{module} is not installed; pip install 'event-tagger[{extra}]'") from error


def _contradictions(wanted: Wanted, strict: bool) -> Iterator[tuple[bool, str]]:
    """What cannot be wanted together, and what to say of it."""
    form, output, report, resume = wanted.form, wanted.output, wanted.report, wanted.resume
    name = path_name(output or "")
    yield wanted.excel and form != "csv", "--excel is a kind of CSV; add -f csv, or write a spreadsheet with -f xlsx"
    yield wanted.wide and form not in ("csv", "parquet"), "--wide is a kind of table; add -f csv or -f parquet"
    yield (
        wanted.explain and form in ("csv", "parquet"),
        f"--explain adds nothing to {form}; add -f jsonl for the weights, or -f xlsx, which marks the words",
    )
    yield (
        wanted.explain and form in ("xlsx", ""),
        "--explain adds nothing to spreadsheets and reports, which mark the words anyway; leave it out, or add -f jsonl",
    )
    yield (
        wanted.explain and wanted.level == "article",
        "--explain is about paragraphs; leave it out, or add --level both",
    )
    yield bool(wanted.partition) and output is None, "--partition needs --output FOLDER"
    folder = name.endswith("/") and not wanted.partition
    yield folder, f"--output {name} is a folder; name a file, or add --partition COUNT"
    yield (
        resume and not (wanted.only_lines and output),
        "--resume writes JSON Lines to a file; add -f jsonl --output FILE, leave out --report",
    )
    yield resume and strict, "--strict gives up where --resume goes on; leave one of them out"
    same = bool(report and output) and Path(str(report)).resolve() == Path(str(output)).resolve()
    yield same, "--report and --output name the same file; choose another name"
    ending = "" if wanted.partition else Path(output or "").suffix.lower()
    yield (
        ending in _FOREIGN,
        f"--output {name}: answers are not written as {ending}; let it end in .txt, .json, .jsonl, .csv, .xlsx or .parquet",
    )
    shown = form in _LIBRARIES and output is None and sys.stdout.isatty()
    yield shown, f"a terminal shows no {form}; add --output FILE.{form}"
