"""`tagger data queue` and `curve`: what to label next, and whether labelling more still pays."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tagger.cli.exits import OK, SOME_FAILED
from tagger.cli.options import ALLOW_DICTIONARY_CHANGE, EVENT_TYPES, FILES, MODEL
from tagger.cli.printing import path_name, say, show

if TYPE_CHECKING:
    from tagger.article import Article

MAX_BYTES = 10_000_000
"""Of a record."""
CURVE_STEPS = 5
"""Of the training of one point."""


@click.command("queue", short_help="Choose what to label next.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
@click.option(
    "--labelled",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What is labelled already, to choose something else; may be given several times.",
)
@MODEL
@ALLOW_DICTIONARY_CHANGE
@click.option("--count", type=click.IntRange(min=1), default=50, show_default=True, help="Articles to choose.")
@click.option("--random-state", type=click.IntRange(min=0), default=0, show_default=True, help="For the random share.")
def queue_(
    files: tuple[Path, ...],
    labelled: tuple[Path, ...],
    model: str | None,
    allow_dictionary_change: bool,
    count: int,
    random_state: int,
) -> int:
    """Choose from unlabelled articles (JSON Lines) those to label next, the most useful first.

    Most are articles that the model is uncertain about, some are unlike everything labelled, some are random. The records
    are written as they are, with a field "why" and, for uncertain ones, the label "about" which. Reprints are left out.

    A FILE is JSON Lines. Articles in other files become that by `tagger predict -f jsonl`, whose answers are taken as they
    are. `tagger data export` makes tasks for a labelling tool of what is chosen.

    Examples:
      tagger data queue news.jsonl --labelled mine.jsonl -m my-models/ --count 100 > next.jsonl
      tagger predict saved-pages/ --output news.jsonl && tagger data queue news.jsonl > next.jsonl
    """
    from tagger.cli.progress import progress_bar
    from tagger.loading import load
    from tagger.training.queueing import queue

    records, failed = _read(files)
    known, failed_known = _read(labelled)
    tagger = load(model, allow_dictionary_change=allow_dictionary_change)
    articles, labelled_articles = ([article for article, _ in some] for some in (records, known))
    with progress_bar("queue", length=len(articles) + len(labelled_articles)) as bar:
        choices = queue(articles, labelled_articles, tagger.model, count, random_state, bar.update)
    for choice in choices:
        why = {"why": choice.why} | ({"about": choice.label} if choice.label else {})
        click.echo(json.dumps(records[choice.number][1] | why, ensure_ascii=False))
    reasons = ", ".join(f"{number} {why}" for why, number in Counter(choice.why for choice in choices).most_common())
    say(f"{len(choices)} articles chosen" + (f": {reasons}" if reasons else ""))
    if records and len(choices) < count:
        say("there are no more that differ from what is labelled")
    return SOME_FAILED if failed or failed_known else OK


@click.command("curve", short_help="Tell whether labelling more still pays.")
@FILES
@EVENT_TYPES
@click.option(
    "--random-state", type=click.IntRange(min=0), default=0, show_default=True, help="For the choice of articles."
)
def curve_(files: tuple[Path, ...], event_types: Path | None, random_state: int) -> int:
    """The learning curve: how good a model becomes with a quarter, a half, three quarters and all of the labelled articles.

    A fifth of the articles is kept to judge by. If the curve still rises at its end, labelling more pays.

    Examples:
      tagger data curve mine.jsonl
    """
    from tagger.cli.labelling_view import curve_table
    from tagger.cli.progress import step_bar
    from tagger.training.configuration import Configuration
    from tagger.training.preparing import prepare

    configuration = Configuration(conflicts="union")
    prepared = prepare(files, event_types, configuration)
    for warning in prepared.warnings:
        say(f"warning: {warning}")
    from tagger.training.curves import SHARES, learning_curve

    with step_bar("learning curve", CURVE_STEPS * len(SHARES)) as progress:
        points = learning_curve(prepared, configuration, random_state, progress)
    show(curve_table(points))
    return OK


def _read(paths: Iterable[Path]) -> tuple[list[tuple["Article", dict[str, Any]]], int]:
    """Articles and the records they were read from, and how many lines were bad."""
    from tagger.article import Article
    from tagger.cli.inputs import Failure
    from tagger.cli.json_lines import Unread, unread_records

    found, failed = [], 0
    for path in paths:
        with path.open("rb") as stream:
            for record in unread_records(stream, path_name(str(path)), MAX_BYTES):
                answer = record if isinstance(record, Failure) else record.read()
                match record, answer:
                    case Unread(), Article():
                        found.append((answer, json.loads(record.line)))
                    case _, Failure():
                        say(f"{answer.id}: {answer.message}")
                        failed += 1
    return found, failed
