"""The table of `tagger data check`."""

from typing import Any

from tagger.cli.tables import aligned

SHOWN = 20
"""Findings of a kind that are listed; the rest are counted."""


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
