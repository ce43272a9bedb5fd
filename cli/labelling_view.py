"""What `tagger data audit`, `split` and `curve` print."""

import json
from collections.abc import Mapping
from hashlib import sha256
from textwrap import shorten
from typing import Any

from tagger.cli.printing import printable
from tagger.cli.tables import aligned

TEXT_WIDTH = 300
"""Characters of a paragraph that are shown."""


def finding_text(number: int, finding: Any) -> str:
    """A `tagger.training.auditing.Finding` for people."""
    lines = [f"{number}. {finding.article.where} ({finding.article.id}), paragraphs[{finding.paragraph}]"]
    lines.append(f"   {shorten(finding.text, TEXT_WIDTH, placeholder=' …')}")
    for label, probability in finding.probabilities.items():
        given = label in finding.given
        words = ", ".join(word for word, _ in finding.words[label])
        reason = f"; {'against' if given else 'for'} it: {words}" if words else ""
        lines.append(f"   {label} is {'given' if given else 'missing'}, probability {probability:.2f}{reason}")
    chrome = " (marked as page chrome)" if finding.article.boilerplate[finding.paragraph] else ""
    lines.append(f"   {_names(finding.given)}{chrome} → {_names(finding.suggested)}")
    return "\n".join(map(printable, lines)) + "\n"


def finding_line(finding: Any) -> str:
    """The same as a line of JSON."""
    file, _, line = finding.article.where.rpartition(":")
    record = {
        "file": file,
        "line": int(line),
        "id": finding.article.id,
        "paragraph": finding.paragraph,
        "labels": sorted(finding.given),
        "boilerplate": finding.article.boilerplate[finding.paragraph],
        "suggested": sorted(finding.suggested),
        "doubt": round(finding.doubt, 4),
        "probabilities": {label: round(value, 4) for label, value in finding.probabilities.items()},
        "words": {
            label: [[word, round(weight, 4)] for word, weight in found] for label, found in finding.words.items()
        },
        "text": finding.text,
    }
    return json.dumps(record, ensure_ascii=False)


def split_table(corpus: Any, parts: Mapping[str, Any], contents: Mapping[str, bytes]) -> str:
    """How many articles of each part carry each label, and the digests of the files; `tagger.training.splitting.split`."""
    rows = [["", *parts]]
    rows.append(["articles", *(str(len(part)) for part in parts.values())])
    counts = [corpus.article_gold[part].sum(axis=0) for part in parts.values()]
    for column, label in enumerate(corpus.labels):
        rows.append([f"  {label}", *(str(count[column]) for count in counts)])
    digests = [f"{sha256(data).hexdigest()}  {name}" for name, data in contents.items()]
    return "\n".join([*aligned(rows), "", *digests])


def curve_table(points: Any) -> str:
    """Macro-F1 with 95 % intervals at each `tagger.training.curves.Point`."""
    rows = [["articles", "paragraph F1", "95 % interval", "article F1", "95 % interval"]]
    for point in points:
        if point.evaluation is None:
            rows.append([str(point.articles), "too few", "", "", ""])
            continue
        macros = [point.evaluation.row(level, "macro") for level in ("paragraph", "article")]
        figures = [(f"{row.f1:.3f}", "{:.3f}–{:.3f}".format(*row.f1_interval)) for row in macros]
        rows.append([str(point.articles), *figures[0], *figures[1]])
    judged = f"judged by {points[-1].evaluation.n_articles} articles that were not trained on"
    return "\n".join([*aligned(rows), "", judged])


def _names(labels: frozenset[str]) -> str:
    return ", ".join(sorted(labels)) or "none"
