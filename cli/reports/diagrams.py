"""Sections of the evaluation report: precision–recall curves, reliability diagrams, confusion between event types."""

import math
from collections.abc import Mapping, Sequence

from tagger.cli.reports.evaluation_wording import WORDING
from tagger.cli.reports.figures import decimal, grouped, percent
from tagger.cli.reports.page import escaped
from tagger.cli.reports.plots import dots, key, line, square
from tagger.training.corpus import Corpus
from tagger.training.diagrams import Bin, confusion, precision_recall_curve, reliability
from tagger.training.evaluation import Evaluation
from tagger.training.levels import Level
from tagger.verdict import Flags

LINES = {"paragraph": "solid", "article": "dashed"}
"""Level → how its curves are drawn."""


def curves_section(levels: Sequence[Level], evaluation: Evaluation, titles: Sequence[str], language: str) -> str:
    """A precision–recall curve of each label, with the dot of the model's threshold; ``titles`` are those of the labels."""
    words, figures = WORDING[language], []
    for number, title in enumerate(titles):
        content = ""
        for level in levels:
            kind, row = LINES[level.name], evaluation.row(level.name, level.labels[number])
            point = {"precision": decimal(row.precision, language, 2), "recall": decimal(row.recall, language, 2)}
            told = words["at_threshold"].format(level=words[level.name], **point)
            content += line(precision_recall_curve(*level.column(number)), kind)
            content += dots([((row.recall, row.precision), 5, told)] if row.support else [], kind)
        name = words["curve_of"].format(title=title)
        figures.append(_figure(title, square(name, words["recall"], words["precision"], content, language)))
    return _section(words["curves"], words["curves_told"], figures, words)


def reliability_section(levels: Sequence[Level], titles: Sequence[str], language: str) -> str:
    """A reliability diagram of each label; the area of a dot tells how many items it stands for."""
    words, figures = WORDING[language], []
    for number, title in enumerate(titles):
        content = line([(0, 0), (1, 1)], "ideal")
        for level in levels:
            kind, bins = LINES[level.name], reliability(*level.column(number))
            most = max((part.size for part in bins), default=1)
            content += line([(part.probability, part.share) for part in bins], kind)
            content += dots(((part[:2], _radius(part, most), _told(level, part, language)) for part in bins), kind)
        name = words["reliability_of"].format(title=title)
        figures.append(_figure(title, square(name, words["probability"], words["share"], content, language)))
    told = words["reliability_told"].format(example=decimal(0.8, language, 1))
    return _section(words["reliability"], told, figures, words)


def confusion_section(given: Flags, corpus: Corpus, titles: Sequence[str], language: str) -> str:
    """The confusion matrix of paragraphs, shaded by share of the row; ``given`` has shape (n_paragraphs, n_labels)."""
    known, words = corpus.known_labels, WORDING[language]
    matrix = confusion(given & known, corpus.gold & known).tolist()
    names = [*map(escaped, titles), f"<i>{words['nothing']}</i>"]
    rows: list[str] = []
    for name, counts in zip(names, matrix, strict=True):
        whole, hit = max(sum(counts), 1), len(rows)
        cells = (
            f'<td class="{"hit" if at == hit else "miss"}" style="--share: {count / whole:.0%}">{grouped(count)}</td>'
            for at, count in enumerate(counts)
        )
        rows.append(f"<tr><th>{name}</th>{''.join(cells)}</tr>")
    head = "".join(f"<th>{name}</th>" for name in (words["directions"], *names))
    return (
        f"<h2>{words['confusion']}</h2><p>{words['confusion_told']}</p>"
        f'<div class="scroll"><table class="confusion"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _section(title: str, told: str, figures: Sequence[str], words: Mapping[str, str]) -> str:
    keys = "".join(f"<span>{key(kind)}{words[level]}</span>" for level, kind in LINES.items())
    return f'<h2>{title}</h2><p>{told}</p><p class="muted keys">{keys}</p><div class="grid">{"".join(figures)}</div>'


def _figure(caption: str, plot: str) -> str:
    return f'<figure class="card"><figcaption>{escaped(caption)}</figcaption>{plot}</figure>'


def _radius(part: Bin, most: int) -> float:
    return 2.5 + 5.5 * math.sqrt(part.size / most)


def _told(level: Level, part: Bin, language: str) -> str:
    figures = {"probability": decimal(part.probability, language, 2), "share": percent(part.share, language)}
    words = WORDING[language]
    return words["bin"].format(level=words[level.name], count=grouped(part.size), **figures)
