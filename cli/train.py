"""`tagger train`: labelled articles in, a new version out."""

from pathlib import Path
from typing import Any

import click

from tagger.cli.exits import OK
from tagger.cli.options import FILES, NumberRange
from tagger.cli.printing import say, show
from tagger.cli.searching import duration
from tagger.cli.searching import search as best_of

STEPS = 6


@click.command(short_help="Train a model on labelled articles.")
@FILES
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
    help="The codebook: the event types to learn, no more and no fewer.  "
    "[default: event_types.toml in the folder of the data, else that of the seed corpus]",
)
@click.option(
    "--with-seeds/--without-seeds",
    default=False,
    help="Whether to add the seed corpus that the shipped model learnt from.  [default: without]",
)
@click.option(
    "--search",
    callback=duration,
    metavar="TIME",
    help="Try out settings for so long (90s, 10m, 1h) and take the best; what you set yourself stays.",
)
@click.option(
    "--conflicts",
    type=click.Choice(["refuse", "union", "drop"]),
    help="What to do with a text given twice with different labels.  [default: refuse]",
)
@click.option("--min-articles", type=click.IntRange(min=2), help="Articles a label needs to be learnt.  [default: 5]")
@click.option("--strict", is_flag=True, help="Refuse a label with too few articles instead of leaving it out.")
@click.option("--min-df", type=click.IntRange(min=1), help="Paragraphs a word must occur in.  [default: 2]")
@click.option("--pair-min-df", type=click.IntRange(min=1), help="The same for two words in a row.  [default: 5]")
@click.option("--inverse-penalty", type=NumberRange(min=0, min_open=True), help="C of the regressions.  [default: 4]")
def train(
    files: tuple[Path, ...],
    output: Path,
    event_types: Path | None,
    search: float | None,
    *,
    with_seeds: bool,
    strict: bool,
    **settings: Any,
) -> int:
    """Train a model on labelled articles (JSON Lines) and publish it as the next version of a store.

    Examples:
      tagger train seeds/ --output artifacts/
      tagger train mine.jsonl --event-types my.toml --output my-models/
      tagger train mine.jsonl --with-seeds --event-types five.toml --output my-models/
      tagger train mine.jsonl --with-seeds --search 30m --output my-models/

    With --with-seeds, your articles and the seed corpus each count as labelled for the event types that they carry: label
    yours for your new types alone, or for the old ones, too. A type that only the others carry is open: where a first
    training finds it, the article is left out for it, elsewhere it counts as absent. Labels of the seed corpus that the
    codebook lacks are dropped.

    Articles labelled only as a whole ("text" and "labels", or paragraphs without "labels") are used, too: their labels are
    put on the paragraphs that a first training finds them on.

    --search tries what was given first, then other values of C, of both min-df and of the weight of the whole article, and
    compares out-of-fold macro-F1. The figures of the winner are a little flattered by the choice: measure on articles of
    your own with tagger evaluate.
    """
    from tagger.cli.progress import step_bar
    from tagger.cli.tables import evaluation_table
    from tagger.files import check_writable
    from tagger.training.configuration import Configuration
    from tagger.training.locating import is_open
    from tagger.training.preparing import prepare

    chosen = {name: value for name, value in settings.items() if value is not None}
    configuration = Configuration(**chosen)
    prepared = prepare(files, event_types, configuration, strict=strict, with_seeds=with_seeds)
    for warning in prepared.warnings:
        say(f"warning: {warning}")
    # Only now, since importing scikit-learn takes a second: bad data are told at once.
    from tagger.training.publishing import train as publish

    if search is not None:
        check_writable(output)
        configuration = best_of(prepared, configuration, chosen, search)
    steps = STEPS + any(map(is_open, prepared.corpus.articles))
    with step_bar("training", steps) as progress:
        version, evaluation = publish(prepared, output, configuration, progress)
    show(evaluation_table(evaluation), err=True)
    click.echo(output / version)
    return OK
