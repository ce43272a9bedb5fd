"""`tagger data convert` and `export`: from labelling tools to labelled articles, and back."""

import json
from pathlib import Path
from typing import Any

import click

from tagger.cli.exits import OK, SOME_FAILED
from tagger.cli.options import ALLOW_DICTIONARY_CHANGE, ENCODING, EVENT_TYPES, MODEL
from tagger.cli.printing import path_name, say

_OUTPUT = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write.",
)
_FORCE = click.option("--force", is_flag=True, help="Let --output replace a file.")
_FORMATS = ("label-studio", "doccano", "prodigy", "fasttext", "table", "folder")
_TOOLS = ("label-studio", "doccano", "prodigy")
_CHROME = "Служебный текст страницы"
"""What annotators call page chrome."""


@click.command("convert", short_help="Turn exports of labelling tools and tables into labelled articles.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="INPUT…")
@click.option(
    "--from", "form", type=click.Choice(_FORMATS), help="What wrote the input.  [default: found out by content]"
)
@_OUTPUT
@_FORCE
@click.option(
    "--map",
    "renames",
    multiple=True,
    metavar="OLD=NEW",
    help="Rename a label; «OLD=» takes it away; may be given several times.",
)
@click.option("--text-field", default="", metavar="NAME", help="Field or column of the text.  [default: text]")
@click.option(
    "--label-field", default="", metavar="NAME", help="Field, column or control of the labels.  [default: label]"
)
@click.option(
    "--separators", default="", metavar="CHARS", help="Between labels in one cell of a table.  [default: #;|,]"
)
@ENCODING
@click.option(
    "--skip-empty", is_flag=True, help="Take texts without any label as unlabelled, not as labelled and empty."
)
def convert_(
    inputs: tuple[Path, ...], form: str | None, output: Path, force: bool, renames: tuple[str, ...], **options: Any
) -> int:
    """Turn what a labelling tool exports, or a table, into labelled articles for `tagger train`.

    An INPUT is a file or a folder. Label Studio: JSON, JSON-MIN or CSV. doccano: JSONL or CSV. Prodigy: db-out. Tables: CSV or
    .xlsx with columns text and label, or text and a column of 0 and 1 for each label. Folders: <label>/<name>.txt. Texts that
    say which paragraph of which article they are (fields article, paragraph) are put together again.
    Of several annotators the majority counts; ties are named and left unlabelled. Labels become those of the codebook by
    --map; page chrome has the label boilerplate.

    Examples:
      tagger data convert project-1.json --output mine.jsonl
      tagger data convert project-1.json --map Меню=boilerplate --output mine.jsonl
      tagger data convert таблица.xlsx --map Соглашение=agreement --map Прочее= --output mine.jsonl
    """
    from tagger.cli.answering import check_output
    from tagger.errors import TrainingDataError
    from tagger.files import replace_file
    from tagger.training.formats.conversion import convert
    from tagger.training.formats.labelling import Fields

    check_output(str(output), map(str, inputs), force)
    fields = Fields(options["text_field"], options["label_field"], options["separators"])
    done = convert(
        inputs,
        form or "",
        fields,
        _renames(renames),
        skip_empty=options["skip_empty"],
        encoding=options["encoding"],
    )
    for path, found in done.formats.items():
        say(f"{path_name(path)}: {found}")
    for problem in done.problems:
        say(f"{problem.where}: {problem.message}")
    for reason, count in done.counts.items():
        say(f"{count} × {reason}")
    say("labels: " + (", ".join(f"{label} {count}" for label, count in done.labels.most_common()) or "none"))
    if not done.records:
        raise TrainingDataError(f"nothing was written: no labelled text in {', '.join(map(str, inputs))}")
    if done.unused:
        names = ", ".join(map(repr, done.unused))
        raise TrainingDataError(f"--map {names}: no text carries this label; nothing was written")
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in done.records]
    replace_file(output.resolve(), "".join(lines).encode())
    whole = sum("text" in record for record in done.records)
    say(
        f"{len(done.records)} articles in {path_name(str(output))}, {whole} of them labelled only as a whole; "
        f"{len(done.problems)} problems"
    )
    return SOME_FAILED if done.problems else OK


@click.command("export", short_help="Write tasks for a labelling tool.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
@click.option("--to", "tool", required=True, type=click.Choice(_TOOLS), help="The labelling tool.")
@_OUTPUT
@_FORCE
@click.option(
    "--level",
    type=click.Choice(["paragraph", "article"]),
    default="paragraph",
    show_default=True,
    help="What an annotator is shown and labels.",
)
@MODEL
@ALLOW_DICTIONARY_CHANGE
@ENCODING
@EVENT_TYPES
def export_(
    files: tuple[Path, ...],
    tool: str,
    output: Path,
    force: bool,
    level: str,
    model: str | None,
    allow_dictionary_change: bool,
    encoding: str | None,
    event_types: Path | None,
) -> int:
    """Write tasks for a labelling tool, with the labels already there, or those that a model proposes.

    A FILE holds labelled articles, answers of `tagger predict -f jsonl`, or bare texts (.jsonl or .txt), which are tagged
    first. Label Studio gets its labelling configuration beside the tasks (the same name, ending in .xml). What annotators
    save there comes back with `tagger data convert`.

    Examples:
      tagger data export news.jsonl --to label-studio --output tasks.json
      tagger data export mine.jsonl --to prodigy --level article --output tasks.jsonl
    """
    from tagger.cli.answering import check_output
    from tagger.files import replace_file
    from tagger.training.formats.exporting import UNLABELLED, files_for, kind, stored_tasks
    from tagger.training.support import BOILERPLATE

    for path in (output, output.with_suffix(".xml")) if tool == "label-studio" else (output,):
        check_output(str(path), map(str, files), force)
    bare = [path for path in files if kind(path, encoding) == UNLABELLED]
    tagger = _load(model, allow_dictionary_change) if bare or model else None
    titles = _titles(files, event_types, tagger)
    by_paragraph = level == "paragraph"
    if by_paragraph:
        titles[BOILERPLATE] = _CHROME
    tasks, failed = _tagged(bare, tagger, encoding, by_paragraph) if tagger else ([], 0)
    for path in files:
        if path not in bare:
            stored, problems = stored_tasks(path, list(titles), by_paragraph=by_paragraph, encoding=encoding)
            tasks += stored
            failed += len(problems)
            for problem in problems:
                say(f"{problem.where}: {problem.message}")
    written = files_for(tool, tasks, titles, output)
    for path, data in written.items():
        replace_file(path.resolve(), data)
    say(f"{len(tasks)} tasks in {path_name(str(output))}" + "".join(f", {path}" for path in list(written)[1:]))
    return SOME_FAILED if failed else OK


def _renames(given: tuple[str, ...]) -> dict[str, str]:
    wrong = [pair for pair in given if "=" not in pair or pair.startswith("=")]
    if wrong:
        raise click.UsageError(f"--map {wrong[0]!r}: write it as OLD=NEW")
    pairs = (pair.rpartition("=") for pair in given)
    return {old.strip(): new.strip() for old, _, new in pairs}


def _load(model: str | None, allow_dictionary_change: bool) -> Any:
    from tagger.loading import load

    return load(model, allow_dictionary_change=allow_dictionary_change)


def _titles(files: tuple[Path, ...], codebook: Path | None, tagger: Any) -> dict[str, str]:
    """Label → Russian name: of the codebook that is given, else of the model, else of the data."""
    from tagger.training.preparing import find_codebook, read_event_types

    if tagger is not None and codebook is None:
        known = tagger.event_types
    else:
        known = read_event_types(find_codebook(files, codebook))[1]
    return {event_type.id: event_type.title("ru") for event_type in known}


def _tagged(paths: list[Path], tagger: Any, encoding: str | None, by_paragraph: bool) -> tuple[list[Any], int]:
    """Tasks of bare texts, and how many texts could not be read."""
    from tagger.cli.inputs import Failure, predict_in_order, read_inputs
    from tagger.cli.progress import progress_bar
    from tagger.training.formats.tasks import predicted_tasks

    tasks: list[Any] = []
    failed = 0
    answers = predict_in_order(tagger, read_inputs(map(str, paths), encoding))
    with progress_bar("tagging", answers) as shown:
        for answer in shown:
            if isinstance(answer, Failure):
                say(f"{answer.id}: {answer.message}")
                failed += 1
            else:
                tasks += predicted_tasks(answer.to_dict(), by_paragraph=by_paragraph)
    return tasks, failed
