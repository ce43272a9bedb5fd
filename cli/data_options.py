"""Arguments and options of the commands that read labelled articles."""

from pathlib import Path

import click

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|FOLDER…"
)
EVENT_TYPES = click.option(
    "--event-types",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The codebook.  [default: event_types.toml in the folder of the data, else that of the seed corpus]",
)
FORM = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the figures.",
)
