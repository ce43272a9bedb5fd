"""`tagger evaluate`: how good a model is on labelled articles."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagger.cli.exits import OK, GateError
from tagger.cli.options import (
    ALLOW_DICTIONARY_CHANGE,
    EVENT_TYPES,
    EXPECT_DIGEST,
    FILES,
    FORM,
    MODEL,
    NumberRange,
    chosen_labels,
)
from tagger.cli.printing import say, show
from tagger.errors import TrainingDataError

if TYPE_CHECKING:
    from tagger.tagging import Tagger
    from tagger.training.corpus import Corpus
    from tagger.training.evaluation import Evaluation
    from tagger.verdict import Verdicts


@click.command(short_help="Measure a model on labelled articles.")
@FILES
@MODEL
@EXPECT_DIGEST
@ALLOW_DICTIONARY_CHANGE
@EVENT_TYPES
@FORM
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="Also write a page to read: figures, curves, confusion, and every mistake with its reasons.",
)
@click.option("--force", is_flag=True, help="Let --report replace a file.")
@click.option(
    "--min-f1", type=NumberRange(0, 1), help="Exit with 7 if the macro-F1 of paragraphs or articles is lower."
)
def evaluate(
    files: tuple[Path, ...],
    model: str | None,
    expect_digest: str | None,
    allow_dictionary_change: bool,
    event_types: Path | None,
    form: str,
    report: Path | None,
    force: bool,
    min_f1: float | None,
) -> int:
    """Precision, recall, F1, average precision and calibration, of paragraphs and of articles.

    Intervals are 95 % bootstrap intervals over articles; averages run over the labels that occur in the data.

    Examples:
      tagger evaluate dev.jsonl
      tagger evaluate dev.jsonl -m my-models/ -f json > figures.json
      tagger evaluate dev.jsonl --report report.html
      tagger evaluate dev.jsonl --min-f1 0.8
    """
    from tagger.cli.answering import check_output
    from tagger.cli.tables import evaluation_table
    from tagger.loading import load
    from tagger.training.evaluation import evaluate_verdicts, verdicts_on

    if report:
        read = [file for path in files for file in (path.glob("*.jsonl") if path.is_dir() else [path])]
        check_output(str(report), map(str, read), force, "--report")
    tagger = load(model, expect_digest=expect_digest, allow_dictionary_change=allow_dictionary_change)
    corpus = _corpus(files, tagger.labels, event_types)
    verdicts = verdicts_on(corpus, tagger.model)
    result = evaluate_verdicts(verdicts, corpus)
    if report:
        _write_report(report, tagger, corpus, verdicts, result)
    if form == "json":
        click.echo(json.dumps({"model": tagger.version} | result.to_dict(), ensure_ascii=False, indent=1))
    else:
        show(evaluation_table(result))
    if min_f1 is not None:
        _check_gate(result, min_f1)
    return OK


def _check_gate(result: "Evaluation", min_f1: float) -> None:
    for level in ("paragraph", "article"):
        found = result.row(level, "macro").f1
        if found < min_f1:
            raise GateError(f"{level} macro-F1 {found:.4f} is below --min-f1 {min_f1}")


def _corpus(files: Sequence[Path], labels: tuple[str, ...], event_types: Path | None) -> "Corpus":
    """The data with the ``labels`` of the model; the others of the codebook are named in a warning and left out."""
    from tagger.training.corpus import read_corpus

    others = [label for label in chosen_labels(files, event_types) if label not in labels]
    corpus = read_corpus(files, [*labels, *others])
    carried = frozenset().union(*(article.labels_somewhere for article in corpus.articles))
    if unknown := [label for label in others if label in carried]:
        if not carried.intersection(labels):
            raise TrainingDataError(
                f"nothing to measure: the data carry {', '.join(unknown)}, the model knows {', '.join(labels)}"
            )
        say(f"warning: the model does not know {', '.join(unknown)}: not measured")
    return corpus.restricted(labels)


def _write_report(path: Path, tagger: "Tagger", corpus: "Corpus", verdicts: "Verdicts", result: "Evaluation") -> None:
    from tagger.cli.progress import progress_bar
    from tagger.cli.reports.evaluation import evaluation_report
    from tagger.cli.translation import reader_language
    from tagger.files import replace_file

    content = evaluation_report(
        tagger, corpus, verdicts, result, lambda found: progress_bar("report", found), reader_language()
    )
    replace_file(path.resolve(), content)
