"""`tagger models compare`: whether another model is better, and which answers would change."""

import json
from pathlib import Path
from typing import Any

import click

from tagger.cli.completion import model_names
from tagger.cli.exits import OK
from tagger.cli.options import ALLOW_DICTIONARY_CHANGE, FORM, STORE, chosen_folder
from tagger.cli.printing import printable, show
from tagger.cli.tables import aligned

EXCERPT = 200


@click.command("compare", short_help="Tell whether another model is better.")
@click.argument("a", shell_complete=model_names)
@click.argument("b", shell_complete=model_names)
@click.option(
    "--data",
    "files",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE|FOLDER",
    help="Labelled articles, best ones that neither was trained on; may be given several times.",
)
@ALLOW_DICTIONARY_CHANGE
@STORE
@click.option(
    "--top", type=click.IntRange(min=0), default=10, show_default=True, help="Paragraphs to list of each kind."
)
@FORM
def compare_(
    a: str, b: str, files: tuple[Path, ...], allow_dictionary_change: bool, store: Path | None, top: int, form: str
) -> int:
    """Compare two models, versions' names or artifacts' folders, on labelled articles.

    The interval of the difference is a 95 % one of the paired bootstrap: both models are judged by the same resampled
    articles. A star marks a difference that such a choice of articles does not explain. Then come the paragraphs that they
    label differently: where B became wrong, the surest first, and where it became right.

    Examples:
      tagger models compare v1 v2 --data dev.jsonl
      tagger models compare v1 my-models/v3 --data dev.jsonl -f json > comparison.json
    """
    from tagger.loading import load
    from tagger.training.comparing import compare
    from tagger.training.corpus import read_corpus

    model_a, model_b = (
        load(chosen_folder(name, store), allow_dictionary_change=allow_dictionary_change).model for name in (a, b)
    )
    labels = tuple(dict.fromkeys(model_a.labels + model_b.labels))
    found = compare(model_a, model_b, read_corpus(files, labels))
    if form == "json":
        click.echo(json.dumps({"model_a": a, "model_b": b} | found.to_dict(), ensure_ascii=False, indent=1))
    else:
        show(comparison_text(a, b, found, top))
    return OK


def comparison_text(a: str, b: str, found: Any, top: int) -> str:
    """A `tagger.training.comparing.Comparison` for people, with ``top`` paragraphs of each kind at most."""
    a, b = printable(a), printable(b)
    lines = [f"A is {a}, B is {b}; {found.n_articles} articles, {found.n_paragraphs} paragraphs"]
    for name, only in ((a, found.only_a), (b, found.only_b)):
        if only:
            lines.append(f"only {name} has {', '.join(only)}: not compared")
    lines += aligned(_rows(found))
    for worse, kind in ((True, "became wrong"), (False, "became right")):
        changes = [change for change in found.changes if change.worse is worse]
        lines += ["", f"{kind}: {len(changes)} paragraphs" + (f", the first {top}" if len(changes) > top else "")]
        for change in changes[:top]:
            lines += _change_lines(change)
    return "\n".join(lines)


def _rows(found: Any) -> list[list[str]]:
    head = ["", "support", *(f"{name} {side}" for name in ("precision", "recall", "F1") for side in "AB")]
    head += ["B − A", "95 % interval", ""]
    rows = [head]
    for level, part in (
        ("paragraph", found.paragraph),
        ("article", found.article),
        ("page chrome", (found.boilerplate,)),
    ):
        rows.append([level, *[""] * (len(head) - 1)])
        rows += map(_cells, part)
    return rows


def _cells(value: Any) -> list[str]:
    low, high = value.f1_interval
    both = [f"{getattr(row, name):.3f}" for name in ("precision", "recall", "f1") for row in (value.a, value.b)]
    gap = [f"{value.f1:+.3f}", f"{low:+.3f} … {high:+.3f}", "*" if value.clear else ""]
    return [f"  {value.a.label}", str(value.a.support), *both, *gap]


def _change_lines(change: Any) -> list[str]:
    before, after = change.probabilities
    sides = " | ".join(
        f"{name} {', '.join(sorted(labels)) or 'none'}"
        for name, labels in (("gold", change.gold), ("A", change.a), ("B", change.b))
    )
    text = change.text if len(change.text) <= EXCERPT else change.text[:EXCERPT] + "…"
    return [
        f"  {printable(change.where)}  {printable(change.id)}  ¶{change.paragraph}",
        f"    {sides} | {change.label} {before:.2f} → {after:.2f}",
        f"    {printable(text)}",
    ]
