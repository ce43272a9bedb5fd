"""`tagger train`: labelled articles in, a new version out."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from tagger.cli.exits import OK
from tagger.cli.printing import say

STEPS = 6


@click.command(short_help="Train a model on labelled articles.")
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|FOLDER…")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The store that gets the new version.",
)
@click.option(
    "--event-types",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The codebook.  [default: event_types.toml in the folder of the data, else that of the seed corpus]",
)
@click.option(
    "--conflicts",
    type=click.Choice(["refuse", "union", "drop"]),
    help="What to do with a text given twice with different labels.  [default: refuse]",
)
@click.option("--min-articles", type=click.IntRange(min=2), help="Articles a label needs to be learnt.  [default: 5]")
@click.option("--strict", is_flag=True, help="Refuse a label with too few articles instead of leaving it out.")
@click.option("--min-df", type=click.IntRange(min=1), help="Paragraphs a term must occur in.  [default: 2]")
@click.option(
    "--inverse-penalty", type=click.FloatRange(min=0, min_open=True), help="C of the regressions.  [default: 4]"
)
def train(
    data: tuple[Path, ...],
    output: Path,
    event_types: Path | None,
    *,
    strict: bool,
    **settings: Any,
) -> int:
    r"""Train a model on labelled articles (JSON Lines) and publish it as the next version of a store.

    \b
    Examples:
      tagger train seeds/ --output artifacts/
      tagger train mine.jsonl --event-types my.toml --output my-models/
    """
    from tagger.cli.tables import evaluation_table
    from tagger.training.configuration import Configuration
    from tagger.training.preparing import prepare

    configuration = Configuration(**{name: value for name, value in settings.items() if value is not None})
    prepared = prepare(data, event_types, configuration, strict=strict)
    for warning in prepared.warnings:
        say(f"warning: {warning}")
    # Only now, since importing scikit-learn takes a second: bad data are told at once.
    from tagger.training.publishing import train as publish

    with click.progressbar(length=STEPS, label="training", file=sys.stderr, item_show_func=_shown) as bar:
        version, evaluation = publish(prepared, output, configuration, partial(bar.update, 1))
    click.echo(evaluation_table(evaluation), err=True)
    click.echo(output / version)
    return OK


def _shown(step: str | None) -> str:
    return step or ""
