"""`tagger predict`: texts in, event types out."""

import click

from tagger.cli.model_options import ALLOW_DICTIONARY_CHANGE, EXPECT_DIGEST


@click.command(short_help="Say which event types texts report.")
@click.argument("files", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True), metavar="FILE… | -")
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
@EXPECT_DIGEST
@ALLOW_DICTIONARY_CHANGE
@click.option("--encoding", help="Encoding of the texts.  [default: found out]")
@click.option(
    "--max-bytes", type=click.IntRange(min=1), default=10_000_000, show_default=True, help="Refuse larger texts."
)
@click.option("--strict", is_flag=True, help="Stop at the first text that cannot be read.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that work; pays from 1,000 texts.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS|local",
    help="Let the workers of a Dask scheduler read .jsonl and .parquet at any address and write into the folder --output.",
)
@click.option("--output", metavar="FILE", type=click.Path(), help="Write to FILE, which appears when all is done.")
@click.option("--force", is_flag=True, help="Let --output replace a file.")
def predict(
    files: tuple[str, ...],
    form: str,
    level: str,
    explain: bool,
    model: str | None,
    expect_digest: str | None,
    allow_dictionary_change: bool,
    encoding: str | None,
    max_bytes: int,
    strict: bool,
    jobs: int,
    scheduler: str | None,
    output: str | None,
    force: bool,
) -> int:
    r"""Say which event types texts report, article by article and paragraph by paragraph.

    A text is a plain text file, also one scraped with its page chrome; one non-empty line is a paragraph. "-" reads
    standard input. UTF-8, UTF-16, cp1251, koi8-r and cp866 are told apart. A file named *.jsonl holds an article a line:
    {"id": "1", "text": "…"} or {"id": "1", "paragraphs": [{"text": "…"}, …]}.

    \b
    Examples:
      tagger predict article.txt
      tagger predict --explain article.txt
      tagger predict -f csv --level article *.txt > table.csv
      tagger predict -m my-models/ - < article.txt
    """
    from tagger.cli.answering import check_output, destination, write_answers
    from tagger.cli.inputs import check_paths, predict_in_order, read_inputs
    from tagger.cli.rendering import writer
    from tagger.loading import load

    if scheduler is not None:
        from tagger.cli.scheduling import Settings, check_scheduled, predict_scheduled

        folder = check_scheduled(output, files)
        settings = Settings(model, expect_digest or "", allow_dictionary_change, level, explain, max_bytes, folder)
        return predict_scheduled(scheduler, files, settings)
    check_paths(files)
    check_output(output, files, force)
    tagger = load(model, expect_digest=expect_digest, allow_dictionary_change=allow_dictionary_change)
    answers = predict_in_order(tagger, read_inputs(files, encoding, max_bytes), jobs)
    with destination(output) as out:
        return write_answers(answers, writer(form, out, tagger, level=level, explain=explain), strict=strict)
