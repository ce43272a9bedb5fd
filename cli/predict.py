"""`tagger predict`: texts in, event types out."""

import sys

import click

from tagger.cli.exits import OK, SOME_FAILED


@click.command(short_help="Say which event types texts report.")
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="FILE… | -")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="How to write the answers.",
)
@click.option(
    "--level",
    type=click.Choice(["article", "paragraph", "both"]),
    default="both",
    show_default=True,
    help="What to report on.",
)
@click.option("--explain", is_flag=True, help="Show the evidence: every word that decided and how much it weighed.")
@click.option(
    "-m",
    "--model",
    metavar="NAME|FOLDER",
    help="The model: a version's name or an artifact's folder.  [default: the current one]",
)
@click.option("--encoding", help="Encoding of the texts.  [default: found out]")
@click.option(
    "--max-bytes", type=click.IntRange(min=1), default=10_000_000, show_default=True, help="Refuse larger texts."
)
@click.option("--strict", is_flag=True, help="Stop at the first text that cannot be read.")
def predict(
    files: tuple[str, ...],
    form: str,
    level: str,
    explain: bool,
    model: str | None,
    encoding: str | None,
    max_bytes: int,
    strict: bool,
) -> int:
    r"""Say which event types texts report, article by article and paragraph by paragraph.

    A text is a plain text file, also one scraped with its page chrome; one non-empty line is a paragraph. "-" reads
    standard input. UTF-8, UTF-16, cp1251, koi8-r and cp866 are told apart.

    \b
    Examples:
      tagger predict article.txt
      tagger predict --explain article.txt
      tagger predict -f csv --level article *.txt > table.csv
      tagger predict -m my-models/ - < article.txt
    """
    from tagger.cli.inputs import Failure, predict_in_order, read_inputs
    from tagger.cli.rendering import writer
    from tagger.loading import load

    _check_usage(files)
    tagger = load(model)
    write = writer(form, tagger, level=level, explain=explain)
    failed = 0
    for answer in predict_in_order(tagger, read_inputs(files, encoding, max_bytes)):
        if isinstance(answer, Failure):
            failed += 1
            click.echo(f"tagger: {answer.id}: {answer.message}", err=True)
            if strict:
                break
        else:
            for warning in answer.article.warnings:
                click.echo(f"tagger: {answer.article.id}: {warning}", err=True)
        write.add(answer)
    write.close()
    return SOME_FAILED if failed else OK


def _check_usage(files: tuple[str, ...]) -> None:
    from pathlib import Path

    if files.count("-") > 1:
        raise click.UsageError("'-' can be given only once")
    for name in files:
        if name == "-":
            if sys.stdin is None:
                raise click.UsageError("no input: standard input is closed")
        elif not Path(name).exists():
            raise click.UsageError(f"{name}: no such file")
        elif Path(name).is_dir():
            raise click.UsageError(f"{name}: is a folder; name the files in it, as in {name.rstrip('/')}/*.txt")
