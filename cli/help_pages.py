"""Help pages: examples keep their lines, and everything is in the language of the user."""

import re
from collections.abc import Iterable
from inspect import cleandoc

import click

from tagger.cli.translation import help_text

EXAMPLES = "Examples:"
"""The first line of a paragraph of a docstring that holds commands, one a line."""
_METAVAR = re.compile(r"\b[A-Z]{3,}\b(?: RANGE)?")


class HelpPage(click.HelpFormatter):
    """Writes the help page of any command; see `install`."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's signature
        """The first line."""
        super().write_usage(prog, _metavars(args), f"{help_text('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        super().write_heading(help_text(heading))

    def write_text(self, text: str) -> None:
        """The docstring of a command."""
        super().write_text("\n\n".join(map(_paragraph, paragraphs(text))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands."""
        super().write_dl([(_metavars(name), _entry(told)) for name, told in rows], col_max, col_spacing)


def install() -> None:
    """Let click write all help pages of this process so."""
    click.Context.formatter_class = HelpPage


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring: each on one line, but examples line by line."""
    parts = cleandoc(text).strip().split("\n\n")
    return [part if part.startswith(EXAMPLES) else " ".join(part.split()) for part in parts]


def in_parts(told: str) -> list[str]:
    """What is told of an option, and what its brackets hold: «Exit with 7.  [default: 1; required]» has three parts."""
    head, *brackets = told.split("  [")
    return [head, *(part for bracket in brackets for part in bracket.removesuffix("]").split("; "))]


def _paragraph(text: str) -> str:
    if not text.startswith(EXAMPLES):
        return help_text(text)
    # Click keeps the lines of a paragraph that begins with a backspace.
    return f"\b\n{text.replace(EXAMPLES, help_text(EXAMPLES), 1)}"


def _entry(told: str) -> str:
    head, *extras = map(help_text, in_parts(told))
    return f"{head}  [{'; '.join(extras)}]" if extras else head


def _metavars(text: str) -> str:
    return _METAVAR.sub(lambda found: help_text(found[0]), text)
