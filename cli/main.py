"""The `tagger` command and how it ends."""

import errno
import io
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from tagger._version import __version__
from tagger.cli.exits import BUG, ENVIRONMENT, INTERRUPTED, OK, PIPE_CLOSED, USAGE, exit_code
from tagger.cli.help_pages import install
from tagger.cli.printing import path_name, say
from tagger.cli.stopping import Stopped, watch_signals
from tagger.cli.translation import LANGUAGES, VARIABLE
from tagger.errors import TaggerError

COMMANDS = {
    "predict": ("tagger.cli.predict", "Say which event types texts report."),
    "train": ("tagger.cli.train", "Train a model on labelled articles."),
    "evaluate": ("tagger.cli.evaluate", "Measure a model on labelled articles."),
    "data": ("tagger.cli.data", "Work on labelled articles."),
    "models": ("tagger.cli.models", "List, show, verify, compare and choose trained models."),
    "completion": ("tagger.cli.completion", "Print a script that lets a shell complete commands and models."),
}
"""Name → module that holds the command of that name, and its one-line help."""


class _EndedError(Exception):
    """Carries, as its cause, what click would turn into an exit code of its own."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what ends it reaches `run` as it is."""
        try:
            return super().invoke(ctx)
        except (OSError, EOFError, KeyboardInterrupt) as error:
            raise _EndedError from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> None:  # noqa: ARG001 - a callback's shape
    if value:
        os.environ[VARIABLE] = value


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tagger")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="Language of all that people read.  "
    "[default: that of TAGGER_LANG, else help and messages as the locale, answers and reports in Russian]",
)
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
def tagger(debug: bool) -> None:
    """Event types in Russian news: which ones an article and each of its paragraphs report.

    Examples:
      tagger predict article.txt
      cat article.txt | tagger predict -
      tagger predict *.txt -f jsonl > tagged.jsonl
      tagger train my-articles.jsonl --output my-models/
    """


def run() -> NoReturn:
    """Entry point of the console script: run the command, say what went wrong in one line, exit with the true code."""
    arguments = sys.argv[1:]
    try:
        watch_signals()
        _speak_utf8()
        install()
        code = tagger.main(arguments, prog_name="tagger", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        cause = error.__cause__ if isinstance(error, _EndedError) and error.__cause__ else error
        if "--debug" in arguments and _is_fault(cause):
            raise
        code = _report(cause)
    sys.exit(int(code or OK))


def _is_fault(error: BaseException) -> bool:
    """Whether a traceback would help: not for a wrong call, nor for a signal."""
    return not isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort | KeyboardInterrupt)


def _speak_utf8() -> None:
    """Results and messages are UTF-8 whatever the locale says."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "is closed; leave out >&- or write to /dev/null", "standard output")
    if sys.stderr is None:  # closed: what is said goes nowhere, and not into the file that would get its number
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as we are
    if isinstance(sys.stdout.buffer, io.RawIOBase):
        # Under PYTHONUNBUFFERED a write that a signal cuts short silently loses its rest; a buffered writer goes on.
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(sys.stdout.buffer), line_buffering=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _report(error: BaseException) -> int:
    """Say what went wrong and give the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case Stopped():
            return _say(str(error), error.code)
        case click.Abort() | KeyboardInterrupt():
            return _say("interrupted", INTERRUPTED)
        case click.ClickException():
            if type(error).__name__ == "NoArgsIsHelpError":  # click has it since 8.2
                error.show()
                return USAGE
            where = getattr(error, "ctx", None)
            return _say(f"{error.format_message()} (see {where.command_path if where else 'tagger'} --help)", USAGE)
        case BrokenPipeError():
            _give_up_output()
            return PIPE_CLOSED
        case TaggerError():
            return _say(str(error), exit_code(error))
        case OSError():
            _give_up_output()
            where = path_name(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else "output"
            return _say(f"{where}: {error.strerror or error}", ENVIRONMENT)
    return _say(f"bug: {type(error).__name__}: {error}; run again with --debug and report it", BUG)


def _give_up_output() -> None:
    """Send what is still buffered nowhere: Python would complain once more when it flushes at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str, code: int) -> int:
    say(message)
    return code
