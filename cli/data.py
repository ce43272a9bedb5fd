"""`tagger data`: labelled articles, before they are trained on."""

from pathlib import Path

import click

from tagger.cli.converting import convert_, export_
from tagger.cli.exits import OK, TRAINING_DATA
from tagger.cli.labelling import audit_, split_
from tagger.cli.options import EVENT_TYPES, FILES, chosen_labels
from tagger.cli.printing import show
from tagger.cli.queueing import curve_, queue_


@click.group(short_help="Work on labelled articles.")
def data() -> None:
    """Work on labelled articles.

    Examples:
      tagger data check mine.jsonl
      tagger data convert таблица.xlsx --output mine.jsonl
      tagger data queue news.jsonl --count 100 > next.jsonl
    """


for _command in (convert_, export_, audit_, split_, queue_, curve_):
    data.add_command(_command)


@data.command("check", short_help="Say what training would refuse or leave out.")
@FILES
@EVENT_TYPES
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|FOLDER",
    help="Labelled data, as of an evaluation, that must have no text in common with these.",
)
@click.option("--min-articles", type=click.IntRange(min=2), help="Articles a label needs.  [default: 5]")
def check_(files: tuple[Path, ...], event_types: Path | None, against: Path | None, min_articles: int | None) -> int:
    """Say what training would refuse, leave out or keep together; exit with 5 if anything must be mended.

    Examples:
      tagger data check mine.jsonl
      tagger data check seeds/ --against dev.jsonl
    """
    from tagger.cli.tables import check_table
    from tagger.training.checking import check
    from tagger.training.configuration import Configuration

    configuration = Configuration() if min_articles is None else Configuration(min_articles=min_articles)
    found = check(files, chosen_labels(files, event_types), configuration, against)
    show(check_table(found))
    return OK if found.sound else TRAINING_DATA


@data.command("agreement", short_help="Tell how far two annotators agree.")
@click.argument("first", type=click.Path(exists=True, path_type=Path))
@click.argument("second", type=click.Path(exists=True, path_type=Path))
@EVENT_TYPES
def agreement_(first: Path, second: Path, event_types: Path | None) -> int:
    """How far two annotators agree: Krippendorff's alpha and F1 of each label, of paragraphs and of articles.

    Articles are matched by their text; those that only one file has are left out.

    Examples:
      tagger data agreement anna.jsonl boris.jsonl
    """
    from tagger.cli.tables import agreement_table
    from tagger.training.agreement import agreement
    from tagger.training.corpus import read_corpus

    labels = chosen_labels([first, second], event_types)
    count, levels = agreement(read_corpus([first], labels), read_corpus([second], labels))
    show(agreement_table(count, levels))
    return OK
