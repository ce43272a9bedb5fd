"""The report of `tagger evaluate`: figures, diagrams and a browser of mistakes on one page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from tagger.cli.reports.diagrams import confusion_section, curves_section, reliability_section
from tagger.cli.reports.evaluation_wording import WORDING
from tagger.cli.reports.figures import day, decimal, grouped, percent
from tagger.cli.reports.mistake_browser import browser_data
from tagger.cli.reports.page import asset, escaped, page
from tagger.cli.reports.plots import whisker
from tagger.tagging import Tagger
from tagger.training.corpus import Corpus
from tagger.training.evaluation import Evaluation, Row
from tagger.training.levels import levels_of
from tagger.training.mistakes import Mistake, mistakes
from tagger.verdict import Verdicts

Progress = Callable[[Sequence[Mistake]], AbstractContextManager[Iterable[Mistake]]]
MISTAKES = 1000
"""Mistakes to browse at most."""
_TERMS = ("precision", "recall", "f1", "average_precision", "calibration")
"""Figures that are explained."""
_COLUMNS = ("support", "precision", "recall", "f1", "interval", "", "average_precision", "calibration")


def evaluation_report(
    tagger: Tagger, corpus: Corpus, verdicts: Verdicts, evaluation: Evaluation, progress: Progress, language: str
) -> bytes:
    """The page.

    Args:
        tagger: the model that was measured.
        corpus: the labelled articles.
        verdicts: what the model decided about them.
        evaluation: its figures.
        progress: wraps the mistakes to tell how many are done, as `click.progressbar` does.
        language: ``"ru"`` or ``"en"``.
    """
    words = WORDING[language]
    levels = levels_of(verdicts, corpus)[:2]
    found = mistakes(verdicts, corpus)
    with progress(found[:MISTAKES]) as shown:
        data = browser_data(tagger, corpus, shown, language)
    titles = [event_type.title(language) for event_type in tagger.event_types]
    body = "\n".join(
        [
            _head(tagger, corpus, evaluation, language),
            _figures(evaluation, dict(zip(tagger.labels, titles, strict=True)), language),
            curves_section(levels, evaluation, titles, language),
            reliability_section(levels, titles, language),
            confusion_section(verdicts.labels, corpus, titles, language),
            _browser(len(found), language),
        ]
    )
    return page(
        words["title"].format(model=tagger.version),
        body,
        data=data,
        style=asset("evaluation.css"),
        script=asset("evaluation.js"),
        language=language,
    )


def _head(tagger: Tagger, corpus: Corpus, evaluation: Evaluation, language: str) -> str:
    words, provenance = WORDING[language], tagger.model.provenance
    about = words["about"].format(
        trained=escaped(day(str(provenance.get("trained", words["sometime"])), language)),
        files=escaped(", ".join(corpus.digests)),
        articles=grouped(evaluation.n_articles),
        paragraphs=grouped(evaluation.n_paragraphs),
    )
    seen = set(corpus.digests.values()) & set(provenance.get("data", {}).values())
    return (
        f'<h1>{words["title"].format(model=escaped(tagger.version))}</h1><p class="muted">{about}</p>'
        f"{'<p><strong>' + words['flattered'] + '</strong></p>' if seen else ''}"
        f'<section class="grid">{_tiles(evaluation, language)}</section>'
    )


def _tiles(evaluation: Evaluation, language: str) -> str:
    words = WORDING[language]
    rows = {
        "paragraph_f1": evaluation.row("paragraph", "macro"),
        "article_f1": evaluation.row("article", "macro"),
        "chrome_f1": evaluation.boilerplate,
    }
    interval = '{} <span class="whole">{} {}</span>'
    tiles = [
        (decimal(row.f1, language), interval.format(words[name], words["interval"], _interval(row, language)))
        for name, row in rows.items()
    ]
    right = percent(evaluation.right_outside_review, language, 1)
    tiles.append((percent(evaluation.reviewed, language), words["reviewed"].format(right=right)))
    return "".join(f'<div class="card tile"><b>{value}</b>{told}</div>' for value, told in tiles)


def _figures(evaluation: Evaluation, titles: Mapping[str, str], language: str) -> str:
    words = WORDING[language]
    terms = "".join(f"<dt>{words[name]}</dt><dd>{words[f'{name}_told']}</dd>" for name in _TERMS)
    head = "".join(f"<th>{words[name] if name else ''}</th>" for name in ("", *_COLUMNS))
    names = {label: f"{escaped(title)} <code>{escaped(label)}</code>" for label, title in titles.items()}
    names |= {"macro": words["macro"], "micro": words["micro"], "boilerplate": words["paragraph"]}
    parts = {
        "paragraph": evaluation.paragraph,
        "article": evaluation.article,
        "boilerplate": (evaluation.boilerplate,),
    }
    body = "".join(
        f'<tr class="level"><th>{words[level]}</th><td colspan="{len(_COLUMNS)}"></td></tr>'
        + "".join(_figures_row(row, names[row.label], language) for row in rows)
        for level, rows in parts.items()
    )
    return (
        f'<h2>{words["figures"]}</h2><dl>{terms}</dl><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div><p>{words['more_data'].format(command='<code>tagger data curve</code>')}</p>"
    )


def _figures_row(row: Row, name: str, language: str) -> str:
    value, low, high = (decimal(figure, language) for figure in (row.f1, *row.f1_interval))
    told = WORDING[language]["range"].format(value=value, low=low, high=high)
    cells = (
        grouped(row.support),
        *(decimal(figure, language) for figure in (row.precision, row.recall, row.f1)),
        _interval(row, language),
        whisker(row.f1, *row.f1_interval, told),
        *(decimal(figure, language) for figure in (row.average_precision, row.calibration_error)),
    )
    kind = ' class="average"' if row.label in ("macro", "micro") else ""
    return f"<tr{kind}><th>{name}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _interval(row: Row, language: str) -> str:
    return "–".join(decimal(bound, language) for bound in row.f1_interval)


def _browser(count: int, language: str) -> str:
    words = WORDING[language]
    some = words["some"].format(count=grouped(MISTAKES)) if count > MISTAKES else ""
    told = words["mistakes_told"].format(all=grouped(count), shown=some, command="<code>tagger data audit</code>")
    return (
        f'<h2 id="mistakes">{words["mistakes"]}</h2><p>{told}</p><p class="muted"><mark class="for-3">{words["for"]}</mark> '
        f'<mark class="against-3">{words["against"]}</mark></p><form id="filters"></form>'
        f'<p class="muted" id="count" role="status"></p><div id="list"></div><noscript><p>{words["script"]}</p></noscript>'
    )
