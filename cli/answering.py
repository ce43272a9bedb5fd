"""Answering: predictions written one by one as whole records, to standard output or to a file that appears at the end."""

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from tagger.cli.exits import OK, SOME_FAILED
from tagger.cli.inputs import Failure
from tagger.cli.printing import path_name, printable, say
from tagger.cli.rendering import Answer, Writer
from tagger.cli.stopping import Stopped, whole
from tagger.files import replacing


def check_output(output: str | None, paths: Iterable[str], force: bool) -> None:
    """Make sure that writing ``output`` destroys nothing.

    Raises:
        click.UsageError: it is an input, no plain file, or there already and ``force`` is not given.
    """
    if output is None or not Path(output).exists():
        return
    name = path_name(output)
    if any(path != "-" and Path(path).samefile(output) for path in paths):
        raise click.UsageError(f"--output {name} is also an input; choose another name")
    if not Path(output).is_file():
        raise click.UsageError(f"--output {name} is not a plain file; name a file, or write with > {name}")
    if not force:
        raise click.UsageError(f"--output {name} exists; choose another name or add --force")


@contextmanager
def destination(output: str | None) -> Iterator[TextIO]:
    """Where results go: standard output, or a file that is complete or as it was before."""
    if output is None:
        yield sys.stdout
        return
    try:
        with replacing(Path(output).resolve()) as stream:
            text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
            yield text
            text.detach()
    except Stopped as stop:
        raise Stopped(stop.code, f"{stop}; {path_name(output)} was not written") from None


def write_answers(answers: Iterable[Answer], writer: Writer, *, strict: bool) -> int:
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
    name = printable(answer.article.id)
    for warning in answer.warnings:
        say(f"{name}: warning: {warning}")
    return name
