"""`tagger data audit` and `split`: which labels to look at again, and which articles to keep for judging."""

from pathlib import Path

import click

from tagger.cli.exits import OK
from tagger.cli.options import EVENT_TYPES, FILES, NumberRange, chosen_labels
from tagger.cli.printing import path_name, say, show

AUDIT_STEPS = 6


@click.command("audit", short_help="Find labels that are probably wrong.")
@FILES
@EVENT_TYPES
@click.option("--top", type=click.IntRange(min=1), default=50, show_default=True, help="Findings to list at most.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
def audit_(files: tuple[Path, ...], event_types: Path | None, top: int, form: str) -> int:
    """List the paragraphs whose labels are probably wrong, the most doubtful first.

    Each paragraph is judged by models that were trained without its article and its reprints. What they find improbable is
    an error or a hard case: look at it, and mend the labels where they are wrong.

    Examples:
      tagger data audit mine.jsonl
      tagger data audit seeds/ --top 500 -f jsonl > doubtful.jsonl
    """
    from tagger.cli.labelling_view import finding_line, finding_text
    from tagger.cli.progress import step_bar
    from tagger.training.configuration import Configuration
    from tagger.training.preparing import prepare

    configuration = Configuration(conflicts="union")
    prepared = prepare(files, event_types, configuration)
    for warning in prepared.warnings:
        say(f"warning: {warning}")
    from tagger.training.auditing import audit

    with step_bar("audit", AUDIT_STEPS) as progress:
        findings = audit(prepared, configuration, top, progress)
    for number, finding in enumerate(findings, 1):
        if form == "jsonl":
            click.echo(finding_line(finding))
        else:
            show(finding_text(number, finding))
    if not findings:
        say("no doubtful labels")
    return OK


@click.command("split", short_help="Split into parts to train on and to judge by.")
@FILES
@EVENT_TYPES
@click.option("--dev", type=NumberRange(0, 1, max_open=True), default=0.1, show_default=True, help="Share to tune on.")
@click.option(
    "--test", type=NumberRange(0, 1, max_open=True), default=0.1, show_default=True, help="Share to judge by."
)
@click.option(
    "--random-state", type=click.IntRange(min=0), default=0, show_default=True, help="Another one, another split."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIRECTORY",
    required=True,
    help="A new folder for train, dev and test.jsonl.",
)
def split_(
    files: tuple[Path, ...], event_types: Path | None, dev: float, test: float, random_state: int, output: Path
) -> int:
    """Split labelled articles into train.jsonl, dev.jsonl and test.jsonl.

    Reprints of one text stay together, and each part has its share of every event type. The records are copied as they are.

    Examples:
      tagger data split mine.jsonl --output parts/
      tagger data split mine.jsonl --dev 0 --test 0.2 --output parts/ && tagger train parts/train.jsonl -o my-models/
    """
    from tagger.cli.labelling_view import split_table
    from tagger.files import publish_folder
    from tagger.training.corpus import read_corpus
    from tagger.training.splitting import source_lines, split

    if dev + test >= 1:
        raise click.UsageError(
            f"--dev {dev} and --test {test} leave nothing to train on; together they must be below 1"
        )
    if output.exists():
        raise click.UsageError(f"--output {path_name(str(output))} exists; name a new folder")
    corpus = read_corpus(files, chosen_labels(files, event_types))
    shares = {"train": 1 - dev - test, "dev": dev, "test": test}
    parts = split(corpus, {name: share for name, share in shares.items() if share}, random_state)
    contents = {
        f"{name}.jsonl": source_lines([corpus.articles[number] for number in part]) for name, part in parts.items()
    }
    publish_folder(output, contents)
    show(split_table(corpus, parts, contents))
    return OK
