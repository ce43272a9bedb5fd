"""The `tagger` command and how it ends."""

import os
import signal
import sys
from importlib import import_module
from typing import NoReturn

import click

from tagger._version import __version__
from tagger.cli.exits import BUG, ENVIRONMENT, INTERRUPTED, OK, PIPE_CLOSED, TERMINATED, USAGE, exit_code
from tagger.errors import TaggerError

COMMANDS = {
    "predict": ("tagger.cli.predict", "Say which event types texts report."),
    "train": ("tagger.cli.train", "Train a model on labelled articles."),
    "evaluate": ("tagger.cli.evaluate", "Measure a model on labelled articles."),
    "data": ("tagger.cli.data", "Work on labelled articles."),
    "models": ("tagger.cli.models", "List, show, verify and choose trained models."),
}
"""Name → module that holds the command of that name, and its one-line help."""


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tagger")
@click.option("--debug", is_flag=True, help="Show a traceback when something goes wrong.")
def tagger(debug: bool) -> None:
    r"""Event types in Russian news: which ones an article and each of its paragraphs report.

    \b
    Examples:
      tagger predict article.txt
      cat article.txt | tagger predict -
      tagger predict *.txt -f jsonl > tagged.jsonl
      tagger train my-articles.jsonl --output my-models/
    """


def run() -> NoReturn:
    """Entry point of the console script: run the command, say what went wrong in one line, exit with the true code."""
    arguments = sys.argv[1:]
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = tagger.main(arguments, standalone_mode=False)
        sys.stdout.flush()
    except Exception as error:
        if "--debug" in arguments and not isinstance(error, click.ClickException):
            raise
        code = _report(error)
    except KeyboardInterrupt:
        code = _say("interrupted", INTERRUPTED)
    sys.exit(int(code or OK))


def _report(error: Exception) -> int:
    """Say what went wrong and give the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():
            return _say("interrupted", INTERRUPTED)
        case click.ClickException():
            error.show()
            return USAGE
        case BrokenPipeError():
            # What reads our output has had enough; Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED
        case TaggerError():
            return _say(str(error), exit_code(error))
        case OSError():
            return _say(f"{error.filename or 'output'}: {error.strerror or error}", ENVIRONMENT)
    return _say(f"bug: {type(error).__name__}: {error}; run again with --debug and report it", BUG)


def _say(message: str, code: int) -> int:
    click.echo(f"tagger: {message}", err=True)
    return code


def _terminate(signal_number: int, frame: object) -> NoReturn:  # noqa: ARG001 - the shape of a handler
    raise SystemExit(TERMINATED)
