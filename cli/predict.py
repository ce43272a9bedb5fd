"""`tagger predict`: texts in, event types out."""

import click

from tagger.cli.options import ALLOW_DICTIONARY_CHANGE, ENCODING, EXPECT_DIGEST, MODEL


@click.command(short_help="Say which event types texts report.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, allow_dash=True),
    metavar="FILE|FOLDER|PATTERN… | -",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv", "xlsx", "parquet"]),
    help="How to write the answers.  [default: as the ending of --output says, else text]",
)
@click.option(
    "--level",
    type=click.Choice(["article", "paragraph", "both"]),
    default="both",
    show_default=True,
    help="What to report on.",
)
@click.option("--explain", is_flag=True, help="Show the evidence: every word that decided and how much it weighed.")
@MODEL
@EXPECT_DIGEST
@ALLOW_DICTIONARY_CHANGE
@ENCODING
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
@click.option(
    "--partition",
    metavar="COUNT",
    type=click.IntRange(min=1),
    help="Write files of COUNT texts into the folder --output, each of which appears when it is whole.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on where an earlier run with --resume was stopped, however it was; JSON Lines only.",
)
@click.option("--force", is_flag=True, help="Let --output and --report replace a file.")
@click.option(
    "--wide", is_flag=True, help="In CSV and Parquet: two columns for an event type, 0 or 1 and its probability."
)
@click.option("--excel", is_flag=True, help="CSV as Excel with Russian settings opens it.")
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(),
    help="Write a page to read: counts, plots, articles with their words.",
)
def predict(
    files: tuple[str, ...],
    form: str | None,
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
    partition: int | None,
    resume: bool,
    force: bool,
    wide: bool,
    excel: bool,
    report: str | None,
) -> int:
    """Say which event types texts report, article by article and paragraph by paragraph.

    What a file holds tells what it is: plain text, also scraped with its page chrome (one non-empty line is a paragraph,
    lines wrapped at a margin are joined); a saved web page; a Word file (.docx), PDF or mail (.eml); JSON Lines, an article
    a line: {"id": "1", "text": "…"} or {"id": "1", "paragraphs": [{"text": "…"}, …]}; CSV, .xlsx and Parquet, an article a
    row, the column of texts called text, текст or body; any of these in .gz, .zst or .zip. A folder means all files in it.
    "-" reads standard input. UTF-8, UTF-16, cp1251, koi8-r and cp866 are told apart.

    Examples:
      tagger predict article.txt
      tagger predict --explain article.txt
      tagger predict -f csv --level article *.txt > table.csv
      tagger predict -f jsonl saved-pages/ archive-2024.zip monitoring.xlsx > tagged.jsonl
      tagger predict archive.jsonl.gz --output tagged.jsonl --resume --jobs 2
      tagger predict saved-pages/ --output table.xlsx --report report.html
      tagger predict -m my-models/ - < article.txt
    """
    _start_processes(jobs if scheduler is None else 1)
    from tagger.cli.answering import check_places
    from tagger.cli.inputs import find_files
    from tagger.cli.outputs.wanted import Wanted, check_wanted, form_of
    from tagger.cli.running import Running, run
    from tagger.cli.translation import reader_language
    from tagger.loading import load

    if scheduler is not None:
        from tagger.cli.scheduling import Settings, check_scheduled, predict_scheduled

        folder = check_scheduled(click.get_current_context())
        settings = Settings(model, expect_digest or "", allow_dictionary_change, level, explain, max_bytes, folder)
        return predict_scheduled(scheduler, files, settings)
    wanted = Wanted(
        form_of(form, output, report), level, explain, wide, excel, reader_language(), output, partition, resume, report
    )
    check_wanted(wanted, strict=strict)
    files = find_files(files)
    check_places(wanted, files, force=force)
    tagger = load(model, expect_digest=expect_digest, allow_dictionary_change=allow_dictionary_change)
    return run(tagger, files, wanted, Running(encoding, max_bytes, jobs, strict))


def _start_processes(jobs: int) -> None:
    """Those of ``jobs`` start while this process imports what it needs and loads the model."""
    if jobs > 1:
        from tagger.parallel import start

        start(jobs)
