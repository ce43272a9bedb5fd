"""All commands of ``tagger``, and the texts of their help pages and of the sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

import click

from tagger.cli.help_pages import EXAMPLES, in_parts, paragraphs
from tagger.cli.main import tagger

ROOT = Path(__file__).parents[2]


def contexts() -> Iterator[click.Context]:
    """A context for ``tagger`` and for each command below it, in the order of the help pages."""
    return _below(click.Context(tagger, info_name="tagger"))


def help_texts(ctx: click.Context) -> set[str]:
    """All that a catalogue must translate of one help page: paragraphs, options, defaults that are words."""
    command = ctx.command
    texts = {EXAMPLES if part.startswith(EXAMPLES) else part for part in paragraphs(command.help or "")}
    for parameter in command.get_params(ctx):
        if record := parameter.get_help_record(ctx):
            head, *extras = in_parts(record[1])
            texts |= {head, *(extra for extra in extras if extra.startswith("default: ") and " " in extra[9:])}
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            texts.add(command.get_command(ctx, name).get_short_help_str(limit=1000))
    return texts - {""}


def source_texts() -> set[str]:
    """All strings of the sources and their lines, ``{}`` in the place of what is filled in."""
    texts: set[str] = set()
    for folder in ("model", "training", "cli"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                texts |= {line.strip() for line in _template(node).split("\n")}
    return texts


def _template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _below(ctx: click.Context) -> Iterator[click.Context]:
    yield ctx
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            yield from _below(click.Context(ctx.command.get_command(ctx, name), ctx, name))
