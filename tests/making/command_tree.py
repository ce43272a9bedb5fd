"""All commands of ``tagger``, and the texts of their help pages and of the sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click

from tagger.cli.help_pages import EXAMPLES, in_parts, paragraphs
from tagger.cli.main import tagger

ROOT = Path(__file__).parents[2]


def contexts() -> Iterator[click.Context]:
    """A context for ``tagger`` and for each command below it, in the order of the help pages."""
    return _below(click.Context(tagger, info_name="tagger", **tagger.context_settings))


def help_texts(ctx: click.Context) -> set[str]:
    """All that a catalogue must translate of one help page: paragraphs, options, defaults that are words."""
    command = ctx.command
    texts = {EXAMPLES if part.startswith(EXAMPLES) else part for part in paragraphs(command.help or "")}
    for parameter in command.get_params(ctx):
        if any(record := parameter.get_help_record(ctx) or ("", "")):
            head, *extras = in_parts(record[1])
            texts |= {head, *map(_extra, extras)}
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            texts.add(command.get_command(ctx, name).get_short_help_str(limit=1000))
    return texts - {""}


def _extra(text: str) -> str:
    """What to translate of «default: 5», «x>=2», «required», «default: the current one»."""
    if text.startswith("default: ") and " " not in text.removeprefix("default: "):
        return "default: {}"
    return "" if re.match("[0-9x]", text) else text


def source_texts() -> set[str]:
    """All strings of the sources and their lines, ``{}`` in the place of what is filled in."""
    texts: set[str] = set()
    for folder in ("model", "training", "cli"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(_tree(path)):
                lines = re.sub(r"(\{\})+", "{}", _template(node)).split("\n")
                texts |= {*lines, *map(str.strip, lines)}
    return texts


def raised_texts(part: str) -> set[str]:
    """The messages of all errors that a file, or the files of a folder, raise, as in `source_texts`."""
    path = ROOT / part
    nodes = [node for file in (path.rglob("*.py") if path.is_dir() else [path]) for node in ast.walk(_tree(file))]
    errors = [node.exc for node in nodes if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    texts = {_template(error.args[0]) for error in errors if error.args}
    return {text for text in texts if re.search("[a-z]{3}", text)}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _template(node.left) + _template(node.right)
    if isinstance(node, ast.IfExp):
        return _template(node.body)
    return ""


def _below(ctx: click.Context) -> Iterator[click.Context]:
    yield ctx
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            yield from _below(click.Context(ctx.command.get_command(ctx, name), ctx, name))
