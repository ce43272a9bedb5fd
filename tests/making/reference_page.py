"""The reference page of all commands: ``python tests/making/reference_page.py > REFERENCE.md``."""

import re

import click
from command_tree import contexts

from tagger.cli.help_pages import EXAMPLES, in_parts, paragraphs

HEAD = """# Reference

All commands of `tagger`, as their `--help` tells them. This page is written by
`python tests/making/reference_page.py > REFERENCE.md`; a test compares.

{contents}

Data go to standard output, everything else to standard error.

**Exit codes**: 0 ok · 1 bug · 2 usage · 3 some inputs failed, the rest done · 4 artifact · 5 training data · 6 environment
(disk, permission, dictionary) · 7 quality gate not met · 130, 141, 143 ended by Ctrl-C, a closed pipe, SIGTERM.

**Environment**: `TAGGER_STORE` names the store of models to use instead of the shipped one; `TAGGER_LANG` (`en`, `ru`) the
language, as `tagger --lang` does; without it help and messages follow `LC_ALL`, `LC_MESSAGES` and `LANG`, while answers,
spreadsheets and reports are Russian. `NO_COLOR` takes away bold and underline.
"""


def reference_page() -> str:
    """The page, as Markdown."""
    found = list(contexts())
    contents = " · ".join(f"[{ctx.command_path}](#{ctx.command_path.replace(' ', '-')})" for ctx in found)
    return "\n".join([HEAD.format(contents=contents), *map(_section, found)])


def _section(ctx: click.Context) -> str:
    usage = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
    parts = [f"## {ctx.command_path}", f"```\n{usage}\n```", *map(_paragraph, paragraphs(ctx.command.help or ""))]
    options = [parameter.get_help_record(ctx) for parameter in ctx.command.get_params(ctx)]
    parts.append("\n".join(_option(*record) for record in options if record and record[1]))
    return "\n\n".join(parts) + "\n"


def _paragraph(text: str) -> str:
    if text.startswith(EXAMPLES):
        commands = re.sub(r"^  ", "", text.removeprefix(EXAMPLES).strip("\n"), flags=re.MULTILINE)
        return f"```sh\n{commands}\n```"
    return re.sub(r"([<*_])", r"\\\1", text) if "`" not in text else text


def _option(names: str, told: str) -> str:
    head, *extras = in_parts(told)
    return f"- `{names}`: {head}" + (f" *{'; '.join(extras)}*" if extras else "")


if __name__ == "__main__":
    print(reference_page(), end="")
