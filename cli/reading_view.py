"""The text view: what a person wants to read in a terminal."""

import os
import re
import textwrap
from itertools import groupby

import click

from tagger.article import Article
from tagger.cli.printing import printable
from tagger.cli.translation import reader_language
from tagger.prediction import Evidence, ParagraphPrediction, Prediction
from tagger.tokens import NUMBER, YEAR

WORDS_SHOWN = 5
LEAST_SHARE = 0.1
EXCERPT = 400
WIDTH = 100
_WORDS = {
    "ru": {
        "text": "текст", "paragraphs": "абзацев: {}, из них обвязка страницы: {}", "check": "проверьте", "maybe": "возможно",
        "none": "событий не найдено", "own": "прочие слова абзаца", "around": "остальной текст",
        "fixed": "вид абзаца и порог", "total": "итого",
    },
    "en": {
        "text": "text", "paragraphs": "paragraphs: {}, page chrome among them: {}", "check": "check", "maybe": "perhaps",
        "none": "no events found", "own": "other words of the paragraph", "around": "the other text",
        "fixed": "shape and intercept", "total": "in all",
    },
}  # fmt: skip


def article_view(answer: Prediction, titles: dict[str, str], level: str, explain: bool) -> str:
    """Article labels first, then the paragraphs that carry one, with probability and the words that decided.

    Args:
        answer: the prediction.
        titles: label → its name.
        level: ``"article"``, ``"paragraph"`` or ``"both"``.
        explain: list the evidence with its weights.
    """
    lines = [_bold(printable(answer.article.id) or _word("text")), *_source_lines(answer.article)]
    if level != "paragraph":
        lines += _article_lines(answer, titles)
    if level != "article":
        for number, paragraph in enumerate(answer.paragraphs, 1):
            if paragraph.labels:
                lines += ["", *_paragraph_lines(answer.article, number, paragraph, titles, explain)]
        chrome = sum(paragraph.boilerplate for paragraph in answer.paragraphs)
        lines += ["", _dim("  " + _word("paragraphs").format(len(answer.paragraphs), chrome))]
    return "\n".join(lines)


def _source_lines(article: Article) -> list[str]:
    """Outlet, date and headline, where they are known."""
    known = [article.metadata[name] for name in ("outlet", "date", "title") if name in article.metadata]
    return [_dim("  " + printable(" · ".join(known)))] if known else []


def _article_lines(answer: Prediction, titles: dict[str, str]) -> list[str]:
    given = sorted(answer.labels, key=lambda label: -answer.probabilities[label])
    lines = [
        f"  {_bold(titles[label])}  {_percent(answer.probabilities[label])}{_doubt(answer.review, label)}"
        for label in given
    ]
    maybe = [label for label in answer.review if label not in answer.labels]
    lines += [_dim(f"  {_word('maybe')}: {titles[label]}  {_percent(answer.probabilities[label])}") for label in maybe]
    return lines or [f"  {_word('none')}"]


def _paragraph_lines(
    article: Article, number: int, paragraph: ParagraphPrediction, titles: dict[str, str], explain: bool
) -> list[str]:
    lines = []
    spans: list[tuple[int, int]] = []
    for label in paragraph.labels:
        reasons = paragraph.evidence(label, own=not explain)
        own = deciding_words(paragraph, reasons)
        spans += [(reason.start, reason.stop) for reason in own]
        words = ", ".join(dict.fromkeys(_term(article, reason) for reason in own))
        sure = f"{_percent(paragraph.probabilities[label])}{_doubt(paragraph.review, label)}"
        head = f"  ¶{number}  {_bold(titles[label])}  {sure}"
        lines.append(f"{head}  {_dim('← ' + words)}" if words else head)
        if explain:
            lines += _evidence_lines(article, paragraph, reasons)
    return [*lines, *_excerpt(article, paragraph, spans)]


def deciding_words(paragraph: ParagraphPrediction, reasons: list[Evidence]) -> list[Evidence]:
    """The strongest positive reasons that stand in the paragraph itself, without those that hardly weigh beside the first."""
    inside = [
        reason
        for reason in reasons
        if reason.contribution > 0 and reason.start < reason.stop and paragraph.start <= reason.start < paragraph.stop
    ]
    return [reason for reason in inside[:WORDS_SHOWN] if reason.contribution >= LEAST_SHARE * inside[0].contribution]


def _term(article: Article, reason: Evidence) -> str:
    """The lemmas; a year or number, for which all stand alike, as it is written."""
    stands_for_many = YEAR in reason.lemma or NUMBER in reason.lemma
    return printable(article.text[reason.start : reason.stop]) if stands_for_many else reason.lemma


def _evidence_lines(article: Article, paragraph: ParagraphPrediction, reasons: list[Evidence]) -> list[str]:
    words = [reason for reason in reasons if reason.start < reason.stop]
    own = [reason for reason in words if paragraph.start <= reason.start < paragraph.stop]
    around = [reason for reason in words if not paragraph.start <= reason.start < paragraph.stop]
    fixed = [reason for reason in reasons if reason.start == reason.stop]
    shown = [f"{reason.contribution:+.2f} {_term(article, reason)}" for reason in own[:15]]
    rest = sum(reason.contribution for reason in own[15:])
    totals = [
        f"{rest:+.2f} {_word('own')}",
        f"{sum(reason.contribution for reason in around):+.2f} {_word('around')}",
        f"{sum(reason.contribution for reason in fixed):+.2f} {_word('fixed')}",
        f"{sum(reason.contribution for reason in reasons):+.2f} {_word('total')}",
    ]
    items = " · ".join(item.replace(" ", "\xa0") for item in shown + totals)  # no line ends within an item
    lines = textwrap.wrap(items, 110, initial_indent="      ", subsequent_indent="      ")
    return [_dim(line.replace("\xa0", " ")) for line in lines]


def _excerpt(article: Article, paragraph: ParagraphPrediction, spans: list[tuple[int, int]]) -> list[str]:
    """The paragraph's text, shortened and wrapped; the words that decided are underlined on a terminal."""
    stop = paragraph.stop
    if stop - paragraph.start > EXCERPT:
        stop = _break(article.text, paragraph.start, paragraph.start + EXCERPT)
    marked = {place for start, end in spans for place in range(start, end)}
    lines, begin = [], paragraph.start
    while begin < stop:
        end = stop if stop - begin <= WIDTH else _break(article.text, begin, begin + WIDTH)
        lines.append("      " + _marked(article.text, begin, end, marked))
        begin = end + (article.text[end : end + 1] == " ")
    return [*lines[:-1], lines[-1] + ("…" if stop < paragraph.stop else "")]


def _break(text: str, begin: int, end: int) -> int:
    """Where to end a line that must not pass ``end``: at a space if there is one."""
    space = text.rfind(" ", begin + 1, end + 1)
    return space if space > begin else end


def _marked(text: str, begin: int, end: int, marked: set[int]) -> str:
    runs = groupby(range(begin, end), key=marked.__contains__)
    # Paragraphs of wrapped texts hold line ends.
    parts = [
        (is_marked, re.sub(r"[\r\n]", " ", "".join(text[place] for place in places))) for is_marked, places in runs
    ]
    return "".join(_underlined(printable(part)) if is_marked else printable(part) for is_marked, part in parts)


def _word(name: str) -> str:
    return _WORDS[reader_language()][name]


def _percent(probability: float) -> str:
    return f"{100 * probability:.0f} %"


def _doubt(review: tuple[str, ...], label: str) -> str:
    return f"  ({_word('check')})" if label in review else ""


def _style(text: str, **style: bool) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)


def _bold(text: str) -> str:
    return _style(text, bold=True)


def _dim(text: str) -> str:
    return _style(text, dim=True)


def _underlined(text: str) -> str:
    return _style(text, bold=True, underline=True)
