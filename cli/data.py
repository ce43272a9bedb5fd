"""`tagger data`: labelled articles, before they are trained on."""

from pathlib import Path

import click

from tagger.cli.exits import OK

_CODEBOOK = click.option(
    "--event-types",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The codebook.  [default: that of the seed corpus]",
)


@click.group(short_help="Work on labelled articles.")
def data() -> None:
    """Work on labelled articles."""


@data.command("agreement")
@click.argument("first", type=click.Path(exists=True, path_type=Path))
@click.argument("second", type=click.Path(exists=True, path_type=Path))
@_CODEBOOK
def agreement_(first: Path, second: Path, event_types: Path | None) -> int:
    """How far two annotators agree: Krippendorff's alpha and F1 of each label, of paragraphs and of articles.

    Articles are matched by their text; those that only one file has are left out.
    """
    from tagger.cli.tables import agreement_table
    from tagger.training.agreement import agreement
    from tagger.training.corpus import read_corpus
    from tagger.training.publishing import read_event_types

    labels = [event_type.id for event_type in read_event_types(event_types)]
    count, levels = agreement(read_corpus([first], labels), read_corpus([second], labels))
    click.echo(agreement_table(count, levels))
    return OK
