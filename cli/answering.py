"""Answering: predictions written one by one as whole records, to standard output or to files that appear when whole."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from tagger.cli.exits import OK, SOME_FAILED
from tagger.cli.inputs import Failure
from tagger.cli.outputs.partitions import Partitions, text_file
from tagger.cli.outputs.wanted import Wanted
from tagger.cli.outputs.writer import Answer, Several, Writer, answer_writer
from tagger.cli.printing import path_name, printable, say
from tagger.cli.stopping import Stopped, whole
from tagger.errors import EnvironmentFault
from tagger.files import check_writable
from tagger.tagging import Tagger

Item = TypeVar("Item")


def check_places(wanted: Wanted, paths: Iterable[str], *, force: bool) -> None:
    """Make sure that what is wanted can be written and that this destroys nothing.

    Raises:
        click.UsageError: a place is an input, of another kind, or taken already and ``force`` is not given.
        EnvironmentFault: a place cannot be written to.
    """
    if wanted.report is not None:
        check_output(wanted.report, [*paths, wanted.output or "-"], force, "--report")
    if wanted.resume and wanted.unfinished.exists():
        return  # begun by a run that was allowed to
    if wanted.partition:
        check_folder(str(wanted.output))
    else:
        check_output(wanted.output, paths, force)


def check_output(output: str | None, paths: Iterable[str], force: bool, option: str = "--output") -> None:
    """Make sure that the file ``output`` can be written and that this destroys nothing.

    Raises:
        click.UsageError: it is an input, no plain file, or there already and ``force`` is not given.
        EnvironmentFault: its folder is missing or cannot be written to.
    """
    if output is None:
        return
    if Path(output).exists():
        _check_replaceable(output, paths, force, option)
    folder = Path(output).resolve().parent
    if not folder.is_dir():
        raise EnvironmentFault(
            f"cannot write {path_name(output)}: its folder is not there; make it, or choose another place"
        )
    check_writable(folder)


def _check_replaceable(output: str, paths: Iterable[str], force: bool, option: str) -> None:
    name = path_name(output)
    if any(path != "-" and Path(path).exists() and Path(path).samefile(output) for path in paths):
        raise click.UsageError(f"{option} {name} is also an input; choose another name")
    if not Path(output).is_file():
        raise click.UsageError(f"{option} {name} is not a plain file; name a file, or write with > {name}")
    if not force:
        raise click.UsageError(f"{option} {name} exists; choose another name or add --force")


def check_folder(output: str) -> None:
    """Make sure that ``output`` is a new or an empty folder, so that its parts are those of one run.

    Raises:
        click.UsageError: it is not.
    """
    folder, name = Path(output), path_name(output)
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"--output {name} is a file; --partition needs a folder")
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"--output {name} holds files; name an empty or new folder")


@contextmanager
def opened(wanted: Wanted, make: Callable[[TextIO], Writer[Item]]) -> Iterator[Writer[Item]]:
    """A writer, made by ``make``, to where the output is wanted.

    Raises:
        Stopped: a signal came; the message says what was not written.
    """
    if wanted.output is None:
        yield make(sys.stdout)
        return
    try:
        if wanted.partition:
            with Partitions(Path(wanted.output), wanted.form, wanted.partition, make) as parts:
                yield parts
        else:
            with text_file(Path(wanted.output).resolve()) as out:
                yield make(out)
    except Stopped as stop:
        last = "the last part of " if wanted.partition else ""
        raise Stopped(stop.code, f"{stop}; {last}{path_name(wanted.output)} was not written") from None


@contextmanager
def writers(wanted: Wanted, tagger: Tagger) -> Iterator[Writer[Any]]:
    """The writer of all that is wanted; what goes to files appears when the block ends well."""
    with ExitStack() as stack:
        chosen: list[Writer[Any]] = []
        if wanted.report:  # first, so that it is written last: should it fail, the answers are there
            from tagger.cli.reports.articles import reporting

            chosen.append(stack.enter_context(reporting(Path(wanted.report), tagger, wanted.language)))
        if wanted.form:
            make: Callable[[TextIO], Writer[Any]] = lambda out: answer_writer(wanted, out, tagger)  # noqa: E731
            chosen.append(stack.enter_context(opened(wanted, make)))
        yield Several(chosen)


def write_answers(answers: Iterable[Answer], writer: Writer[Any], *, strict: bool) -> int:
    """Write all answers, tell failures and warnings on standard error, and give the exit code.

    Raises:
        Stopped: a signal came; the message says how far the work is.
    """
    done = failed = 0
    last = ""
    try:
        for answer in answers:
            with whole():
                writer.add(answer)
                done, last = done + 1, _tell(answer)
            failed += isinstance(answer, Failure)
            if failed and strict:
                break
    except Stopped as stop:
        writer.close()
        where = f", the last was {last}; go on with what comes after it" if last else ""
        raise Stopped(stop.code, f"interrupted: {done} texts done{where}") from None
    writer.close()
    return SOME_FAILED if failed else OK


def _tell(answer: Answer) -> str:
    """Say what is wrong with an input; gives its name."""
    if isinstance(answer, Failure):
        say(f"{printable(answer.id)}: {answer.message}")
        return printable(answer.id)
    name = printable(answer.id)
    for warning in answer.warnings:
        say(f"{name}: warning: {warning}")
    return name
