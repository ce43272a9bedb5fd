"""Sections of the evaluation report: precision–recall curves, reliability diagrams, confusion between event types."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tagger.cli.reports.plots import dots, line, square
from tagger.training.corpus import Corpus
from tagger.training.diagrams import Bin, confusion, precision_recall_curve, reliability
from tagger.training.evaluation import Row
from tagger.verdict import Flags
from tagger.vocabulary import Floats

LINES = ("solid", "dashed")
"""Of paragraphs and of articles."""
_LEGEND = '<p class="muted">Solid and filled: paragraphs. Dashed and hollow: articles.</p>'


@dataclass(frozen=True, eq=False)
class Level:
    """Verdicts and gold labels of paragraphs or articles, where they are known: shapes (n, n_labels)."""

    name: str
    rows: tuple[Row, ...]
    probabilities: Floats
    gold: Flags
    known: Flags

    def column(self, number: int) -> tuple[Floats, Flags]:
        """Probabilities and gold of a label where it is known."""
        chosen = self.known[:, number]
        return self.probabilities[chosen, number], self.gold[chosen, number]


def curves_section(levels: Sequence[Level], labels: Sequence[str], name: Mapping[str, str]) -> str:
    """A precision–recall curve of each label, with the dot of the model's threshold; ``name`` is HTML."""
    figures = []
    for number, label in enumerate(labels):
        content = ""
        for level, kind in zip(levels, LINES, strict=True):
            row = level.rows[number]
            told = f"{level.name}: precision {row.precision:.2f}, recall {row.recall:.2f} at the threshold"
            content += line(precision_recall_curve(*level.column(number)), kind)
            content += dots([((row.recall, row.precision), 5, told)] if row.support else [], kind)
        title = f"Precision and recall of {label}"
        figures.append(_figure(name[label], square(title, "recall", "precision", content)))
    told = (
        "Each threshold is a point: further right finds more, further up is right more often. The dot is the model's."
    )
    return _section("Precision and recall", told, figures)


def reliability_section(levels: Sequence[Level], labels: Sequence[str], name: Mapping[str, str]) -> str:
    """A reliability diagram of each label; the area of a dot tells how many items it stands for."""
    figures = []
    for number, label in enumerate(labels):
        content = line([(0, 0), (1, 1)], "ideal")
        for level, kind in zip(levels, LINES, strict=True):
            bins = reliability(*level.column(number))
            most = max((part.size for part in bins), default=1)
            content += line([(part.probability, part.share) for part in bins], kind)
            content += dots(((part[:2], _radius(part, most), _told(level, part)) for part in bins), kind)
        title = f"Reliability of {label}"
        figures.append(_figure(name[label], square(title, "probability", "share that carries it", content)))
    told = (
        "Of the items with a probability around 0.8, eight in ten should carry the label: on the diagonal the probabilities "
        "mean what they say, below it they promise too much. Larger dots stand for more items."
    )
    return _section("Reliability of the probabilities", told, figures)


def confusion_section(given: Flags, corpus: Corpus, name: Mapping[str, str]) -> str:
    """The confusion matrix of paragraphs, shaded by share of the row; ``given`` has shape (n_paragraphs, n_labels)."""
    known = corpus.known_labels
    matrix = confusion(given & known, corpus.gold & known).tolist()
    names = [*(name[label] for label in corpus.labels), "<i>nothing</i>"]
    rows: list[str] = []
    for title, counts in zip(names, matrix, strict=True):
        whole, hit = max(sum(counts), 1), len(rows)
        cells = (
            f'<td class="{"hit" if at == hit else "miss"}" style="--share: {count / whole:.0%}">{count:,}</td>'
            for at, count in enumerate(counts)
        )
        rows.append(f"<tr><th>{title}</th>{''.join(cells)}</tr>")
    head = "".join(f"<th>{title}</th>" for title in ("should be ↓  given →", *names))
    return (
        "<h2>Confusion between event types</h2><p>Paragraphs: on the diagonal the labels found; elsewhere what the model gave "
        "instead of a missed label, <i>nothing</i> if it gave none. The last row are labels given though none was missed.</p>"
        f'<div class="scroll"><table class="confusion"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _section(title: str, told: str, figures: Sequence[str]) -> str:
    return f'<h2>{title}</h2><p>{told}</p>{_LEGEND}<div class="grid">{"".join(figures)}</div>'


def _figure(caption: str, plot: str) -> str:
    return f'<figure class="card"><figcaption>{caption}</figcaption>{plot}</figure>'


def _radius(part: Bin, most: int) -> float:
    return 2.5 + 5.5 * math.sqrt(part.size / most)


def _told(level: Level, part: Bin) -> str:
    return f"{part.size:,} {level.name}: mean probability {part.probability:.2f}, {part.share:.0%} carry it"
