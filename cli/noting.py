"""`tagger models note`: a line of a person's own about a version.

It stands beside the artifact, in ``v3.note``: an artifact never changes once it is published, and holds nothing foreign.
"""

from pathlib import Path

import click

from tagger.cli.completion import model_names
from tagger.cli.exits import OK
from tagger.cli.options import STORE, chosen_version

LIMIT = 10_000
"""Bytes of a note that are shown."""


@click.command("note", short_help="Write a note about a version.")
@click.argument("model", shell_complete=model_names)
@click.argument("text")
@STORE
def note_(model: str, text: str, store: Path | None) -> int:
    """Write a note about a version, which list and show tell; an empty one takes it away.

    Examples:
      tagger models note v3 "with the articles of March; for the weekly report"
    """
    from tagger.files import replace_file

    chosen, name = chosen_version(model, store)
    folder = chosen.folder(name)
    replace_file(_place(folder), " ".join(text.split()).encode("utf-8", "replace"))
    return OK


def note_of(folder: Path) -> str:
    """The note about the version in ``folder``, empty if there is none."""
    try:
        return _place(folder).read_bytes()[:LIMIT].decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _place(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.note")
