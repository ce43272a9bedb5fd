"""Tables for the terminal."""

from typing import Any


def evaluation_table(result: Any) -> str:
    """A `tagger.training.evaluation.Evaluation` as a table."""
    head = ["", "support", "precision", "recall", "F1", "95 % interval", "AP", "calibration"]
    rows = [head]
    for level, part in (("paragraph", result.paragraph), ("article", result.article)):
        rows += [[level, *[""] * 7], *(_cells(row) for row in part)]
    rows += [["page chrome", *[""] * 7], _cells(result.boilerplate)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows]
    return "\n".join([f"{result.n_articles} articles, {result.n_paragraphs} paragraphs", *lines])


def _cells(row: Any) -> list[str]:
    low, high = row.f1_interval
    interval = f"{low:.3f}–{high:.3f}"
    figures = (row.precision, row.recall, row.f1)
    return [
        f"  {row.label}",
        str(row.support),
        *(f"{figure:.3f}" for figure in figures),
        interval,
        f"{row.average_precision:.3f}",
        f"{row.calibration_error:.3f}",
    ]
