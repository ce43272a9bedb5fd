"""Printing: what may come from anywhere, made fit for a terminal and for UTF-8."""

import os
import re

import click

from tagger.cli.translation import message as translated

# Control characters, line ends of Unicode, marks that turn the direction of writing, lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""``text`` on one line with escapes such as ``\\x1b`` for what a terminal would obey or UTF-8 cannot hold."""
    return _UNSAFE.sub(lambda match: ascii(match[0])[1:-1], text)


def path_name(path: str) -> str:
    r"""A path as it is called in results and messages: UTF-8 whatever the locale; other bytes as ``\\xff``."""
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def show(text: str, *, err: bool = False) -> None:
    """A text for people on standard output, or on standard error, in the language of the user."""
    click.echo("\n".join(map(translated, text.split("\n"))), err=err)


def say(text: str) -> None:
    """A message on standard error, in the language of the user."""
    click.echo("tagger: " + "\n".join(printable(translated(line)) for line in text.split("\n")), err=True)
