"""Tables for the terminal."""

from typing import Any

from tagger.cli.translation import heading

SHOWN = 20
"""Findings of a kind that are listed; the rest are counted."""


def evaluation_table(result: Any) -> str:
    """A `tagger.training.evaluation.Evaluation` as a table."""
    head = ["", "support", "precision", "recall", "F1", "95 % interval", "AP", "calibration"]
    rows = [head]
    for level, part in (("paragraph", result.paragraph), ("article", result.article)):
        rows += [[level, *[""] * 7], *(_cells(row) for row in part)]
    rows += [["page chrome", *[""] * 7], _cells(result.boilerplate)]
    return "\n".join([f"{result.n_articles} articles, {result.n_paragraphs} paragraphs", *aligned(rows)])


def agreement_table(count: int, levels: dict[str, Any]) -> str:
    """What `tagger.training.agreement.agreement` gives, as a table."""
    rows = [["", "first", "second", "alpha", "F1"]]
    for level, part in levels.items():
        rows.append([level, "", "", "", ""])
        rows += [
            [f"  {row.label}", str(row.first), str(row.second), f"{row.alpha:.3f}", f"{row.f1:.3f}"] for row in part
        ]
    return "\n".join([f"{count} articles in common", *aligned(rows)])


def check_table(found: Any) -> str:
    """A `tagger.training.checking.Check` as text: label counts, then what must be mended, then what is worth a look."""
    rows = [["", "articles", "without near-duplicates", "paragraphs"]]
    rows += [[f"  {row.label}", str(row.articles), str(row.distinct[0]), str(row.paragraphs)] for row in found.supports]
    lines = [f"{found.articles} articles, {found.paragraphs} paragraphs", *aligned(rows)]
    for title, kinds in (("must be mended", found.mend), ("training copes with", found.notice)):
        for kind, findings in kinds.items():
            if findings:
                lines += ["", f"{title}: {kind} ({len(findings)})", *(f"  {line}" for line in findings[:SHOWN])]
                if len(findings) > SHOWN:
                    lines.append(f"  … and {len(findings) - SHOWN} more")
    return "\n".join([*lines, "", "sound" if found.sound else "not sound: training or evaluation would be wrong"])


def aligned(rows: list[list[str]]) -> list[str]:
    """Columns of equal width, the first to the left, the others to the right; headings in the language of the user."""
    rows = [list(map(heading, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows]


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
