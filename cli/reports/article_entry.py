"""An article's entry in the report: compact values that the page's script shows."""

import re
from typing import Any

from tagger.cli.reports.page import runs
from tagger.prediction import ParagraphPrediction, Prediction

_MONTH = re.compile(r"\d{4}-\d\d")
_TITLE = 140

Entry = dict[str, Any]
"""``title``, ``probabilities`` in percent in the order of the labels; where there are any: ``date``, ``outlet``, ``address``,
``labels`` and ``review`` (numbers of labels), ``paragraphs`` (see `paragraph_entry`) and ``chrome``, how many are left out."""


def article_entry(answer: Prediction, labels: tuple[str, ...], *, with_text: bool) -> Entry:
    """The entry of an article; its paragraphs are in it only ``with_text``."""
    metadata = answer.article.metadata
    entry: Entry = {
        "title": metadata.get("title") or _first_words(answer),
        "id": answer.article.id,
        **{name: metadata[name] for name in ("date", "outlet", "address") if name in metadata},
        "probabilities": _percents(answer, labels),
        "labels": [labels.index(label) for label in answer.labels],
        "review": [labels.index(label) for label in answer.review],
    }
    if with_text:
        body = [(number, part) for number, part in enumerate(answer.paragraphs, 1) if not part.boilerplate]
        entry["paragraphs"] = [paragraph_entry(answer, number, part, labels) for number, part in body]
        entry["chrome"] = len(answer.paragraphs) - len(body)
    return entry


def paragraph_entry(answer: Prediction, number: int, part: ParagraphPrediction, labels: tuple[str, ...]) -> list[Any]:
    """Number and text; of a paragraph with labels also these (numbers), its percents, and the text cut into `runs`."""
    text = answer.article.text
    if not part.labels:
        return [number, text[part.start : part.stop]]
    reasons = [reason for label in part.labels for reason in part.evidence(label, own=True)]
    weights = [(reason.start, reason.stop, reason.contribution) for reason in reasons if reason.contribution > 0]
    pieces = runs(text, part.start, part.stop, weights)
    return [number, pieces, [labels.index(label) for label in part.labels], _percents(part, labels)]


def month(entry: Entry) -> str:
    """``2024-11``; empty if the date is not known."""
    date = str(entry.get("date", ""))[:7]
    return date if _MONTH.fullmatch(date) else ""


def _percents(about: Prediction | ParagraphPrediction, labels: tuple[str, ...]) -> list[int]:
    return [round(100 * about.probabilities[label]) for label in labels]


def _first_words(answer: Prediction) -> str:
    """The beginning of the first paragraph that is no page chrome."""
    part = next((part for part in answer.paragraphs if not part.boilerplate), None)
    text = answer.article.text[part.start : part.stop] if part else answer.article.id
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rsplit(' ', 1)[0]} …"
