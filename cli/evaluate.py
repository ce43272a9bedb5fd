"""`tagger evaluate`: how good a model is on labelled articles."""

import json
from pathlib import Path

import click

from tagger.cli.exits import OK, GateError
from tagger.cli.model_options import ALLOW_DICTIONARY_CHANGE, EXPECT_DIGEST


@click.command(short_help="Measure a model on labelled articles.")
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|FOLDER…")
@click.option("-m", "--model", metavar="NAME|FOLDER", help="The model.  [default: the current one]")
@EXPECT_DIGEST
@ALLOW_DICTIONARY_CHANGE
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--min-f1", type=click.FloatRange(0, 1), help="Exit with 7 if the macro-F1 of paragraphs or articles is lower."
)
def evaluate(
    data: tuple[Path, ...],
    model: str | None,
    expect_digest: str | None,
    allow_dictionary_change: bool,
    form: str,
    min_f1: float | None,
) -> int:
    r"""Precision, recall, F1, average precision and calibration, of paragraphs and of articles.

    Intervals are 95 % bootstrap intervals over articles; averages run over the labels that occur in the data.

    \b
    Examples:
      tagger evaluate dev.jsonl
      tagger evaluate dev.jsonl -m my-models/ -f json > figures.json
      tagger evaluate dev.jsonl --min-f1 0.8
    """
    from tagger.cli.tables import evaluation_table
    from tagger.loading import load
    from tagger.training.corpus import read_corpus
    from tagger.training.evaluation import evaluate as measure

    tagger = load(model, expect_digest=expect_digest, allow_dictionary_change=allow_dictionary_change)
    result = measure(tagger.model, read_corpus(data, tagger.labels))
    if form == "json":
        click.echo(json.dumps({"model": tagger.version} | result.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(evaluation_table(result))
    if min_f1 is not None:
        for level in ("paragraph", "article"):
            found = result.row(level, "macro").f1
            if found < min_f1:
                raise GateError(f"{level} macro-F1 {found:.4f} is below --min-f1 {min_f1}")
    return OK
