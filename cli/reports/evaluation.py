"""The report of `tagger evaluate`: figures, diagrams and a browser of mistakes on one page."""

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from tagger.cli.reports.diagrams import Level, confusion_section, curves_section, reliability_section
from tagger.cli.reports.mistake_browser import browser_data
from tagger.cli.reports.page import asset, escaped, page
from tagger.cli.reports.plots import whisker
from tagger.tagging import Tagger
from tagger.training.corpus import Corpus
from tagger.training.evaluation import Evaluation, Row
from tagger.training.mistakes import Mistake, mistakes
from tagger.verdict import Verdicts

Progress = Callable[[Sequence[Mistake]], AbstractContextManager[Iterable[Mistake]]]
MISTAKES = 1000
"""Mistakes to browse at most."""
_NAMES = {"boilerplate": "page chrome", "macro": "macro average", "micro": "micro average"}
_LEARNING_CURVE = """<h2>Learning curve</h2>
<p>A model does not keep one. <code>tagger data curve FILE</code> trains on growing shares of labelled articles and tells
whether more of them would help.</p>"""
_FLATTERED = """<p><strong>The model was trained on some of these very files; its figures on new articles will be
lower.</strong></p>"""
_BROWSER = """<h2 id="mistakes">Mistakes</h2>
<p>{all:,} labels of paragraphs are missed or wrong{shown}; those first that the model was surest of.
Some are errors of the labels: <code>tagger data audit</code> looks for these. Words marked
<mark class="for-3">like this</mark> speak for the label, <mark class="against-3">like this</mark> against it.</p>
<form id="filters"></form><p class="muted" id="count" role="status"></p><div id="list"></div>
<noscript><p>Browsing mistakes needs JavaScript; nothing leaves this page.</p></noscript>"""


def evaluation_report(
    tagger: Tagger, corpus: Corpus, verdicts: Verdicts, evaluation: Evaluation, progress: Progress
) -> bytes:
    """The page.

    Args:
        tagger: the model that was measured.
        corpus: the labelled articles.
        verdicts: what the model decided about them.
        evaluation: its figures.
        progress: wraps the mistakes to tell how many are done, as `click.progressbar` does.
    """
    levels = (
        Level("paragraphs", evaluation.paragraph, verdicts.probabilities, corpus.gold, corpus.known_labels),
        Level(
            "articles",
            evaluation.article,
            verdicts.article_probabilities,
            corpus.article_gold,
            corpus.article_known,
        ),
    )
    found = mistakes(verdicts, corpus)
    with progress(found[:MISTAKES]) as shown:
        data = browser_data(tagger, corpus, shown)
    name = {event_type.id: _title(event_type.id, event_type.title_ru) for event_type in tagger.event_types}
    body = "\n".join(
        [
            _head(tagger, corpus, evaluation),
            _figures(levels, evaluation, name),
            curves_section(levels, corpus.labels, name),
            reliability_section(levels, corpus.labels, name),
            confusion_section(verdicts.labels, corpus, name),
            _LEARNING_CURVE,
            _BROWSER.format(all=len(found), shown=f", {MISTAKES:,} are here" if len(found) > MISTAKES else ""),
        ]
    )
    return page(
        f"Evaluation of {tagger.version}",
        body,
        data=data,
        style=asset("evaluation.css"),
        script=asset("evaluation.js"),
    )


def _title(label: str, title: str) -> str:
    return f'<span lang="ru">{escaped(title)}</span> <code>{escaped(label)}</code>'


def _head(tagger: Tagger, corpus: Corpus, evaluation: Evaluation) -> str:
    macro = {level: evaluation.row(level, "macro") for level in ("paragraph", "article")}
    tiles = [
        (f"{row.f1:.3f}", f'macro-F1 of {level}s, <span class="whole">{_interval(row)}</span>')
        for level, row in macro.items()
    ]
    tiles += [
        (f"{evaluation.boilerplate.f1:.3f}", "F1 of the mark for page chrome"),
        (
            f"{evaluation.reviewed:.0%}",
            f"of paragraphs to review; of the others {evaluation.right_outside_review:.1%} right",
        ),
    ]
    shown = "".join(f'<div class="card tile"><b>{value}</b>{told}</div>' for value, told in tiles)
    provenance = tagger.model.provenance
    trained = escaped(provenance.get("trained", "at an unknown time"))
    seen = set(corpus.digests.values()) & set(provenance.get("data", {}).values())
    return (
        f"<h1>How good is model {escaped(tagger.version)}</h1>"
        f'<p class="muted">Trained {trained}; measured on {escaped(", ".join(corpus.digests))}: '
        f"{evaluation.n_articles:,} articles, {evaluation.n_paragraphs:,} paragraphs.</p>"
        f"{_FLATTERED if seen else ''}"
        f'<section class="grid">{shown}</section>'
    )


def _figures(levels: tuple[Level, ...], evaluation: Evaluation, name: dict[str, str]) -> str:
    heads = ("support", "precision", "recall", "F1", "95 % interval", "", "average precision", "calibration error")
    head = "".join(f"<th>{text}</th>" for text in ("", *heads))
    parts = [*((level.name, level.rows) for level in levels), ("page chrome", (evaluation.boilerplate,))]
    body = "".join(
        f'<tr class="level"><th colspan="9">{level}</th></tr>' + "".join(_figures_row(row, name) for row in rows)
        for level, rows in parts
    )
    return (
        "<h2>Figures</h2><p>Precision: how many of the labels given are right. Recall: how many of the right ones were given. "
        "F1: their harmonic mean; the intervals come from resampling whole articles. Calibration error: how far probabilities "
        "are from the shares of right labels, on average.</p>"
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _figures_row(row: Row, name: dict[str, str]) -> str:
    cells = (
        f"{row.support:,}",
        *(f"{value:.3f}" for value in (row.precision, row.recall, row.f1)),
        _interval(row),
        whisker(row.f1, *row.f1_interval),
        *("–" if math.isnan(value) else f"{value:.3f}" for value in (row.average_precision, row.calibration_error)),
    )
    kind = ' class="average"' if row.label in ("macro", "micro") else ""
    cells_html = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<tr{kind}><th>{name.get(row.label) or _NAMES[row.label]}</th>{cells_html}</tr>"


def _interval(row: Row) -> str:
    return "{:.3f}–{:.3f}".format(*row.f1_interval)
