"""`tagger completion`: what a shell needs to complete commands, options and the names of models."""

import os
from importlib.resources import files
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from tagger.cli.exits import OK

SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print a script that lets a shell complete commands and models.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that lets a shell complete commands, options and the names of models.

    Install it once; it works in new shells.

    Examples:
      tagger completion bash > ~/.local/share/bash-completion/completions/tagger
      echo 'eval "$(tagger completion zsh)"' >> ~/.zshrc
      tagger completion fish > ~/.config/fish/completions/tagger.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # click knows all of SHELLS
    script = kind(ctx.find_root().command, {}, "tagger", "_TAGGER_COMPLETE").source()
    # Click's script for fish would end a description at its first comma.
    click.echo(script.replace('string split ","', 'string split --max 1 ","'))
    return OK


def model_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Versions of the store that ``--store``, else ``TAGGER_STORE``, else the package names; folders if none fits.

    Reads the names itself: `tagger.store` would import numpy, and a person is waiting for the Tab key.
    """
    given = ctx.params.get("store") or os.environ.get("TAGGER_STORE") or str(files("tagger.artifacts"))
    names = sorted(entry.parent.name for entry in Path(given).glob("*/manifest.json"))
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="dir")]
