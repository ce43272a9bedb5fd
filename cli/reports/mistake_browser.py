"""What the page's script shows of mistakes: texts, labels, and the words that decided."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tagger.cli.reports.evaluation_wording import WORDING
from tagger.cli.reports.page import runs
from tagger.prediction import Evidence, ParagraphPrediction, Prediction
from tagger.tagging import Tagger
from tagger.training.corpus import Corpus
from tagger.training.mistakes import Mistake

WORDS_SHOWN = 8


def browser_data(tagger: Tagger, corpus: Corpus, mistakes: Iterable[Mistake], language: str) -> dict[str, Any]:
    """JSON-able values for ``evaluation.js``, which speaks ``"ru"`` or ``"en"``."""
    answers: dict[int, Prediction] = {}
    shown = []
    for mistake in mistakes:
        if mistake.article not in answers:
            answers[mistake.article] = tagger.predict(corpus.articles[mistake.article].article)
        shown.append(_mistake(mistake, answers[mistake.article]))
    return {
        "words": WORDING[language],
        "titles": {event_type.id: event_type.title(language) for event_type in tagger.event_types},
        "mistakes": shown,
        "articles": {number: _article(corpus, number, answer) for number, answer in answers.items()},
    }


def _article(corpus: Corpus, number: int, answer: Prediction) -> dict[str, Any]:
    labelled = corpus.articles[number]
    columns = (labelled.paragraphs, labelled.labels, labelled.known, answer.paragraphs)
    paragraphs = [
        {
            "text": text,
            "gold": sorted(gold) if known else None,
            "given": list(part.labels),
            "chrome": part.boilerplate,
        }
        for text, gold, known, part in zip(*columns, strict=True)
    ]
    return {"id": labelled.id, "where": labelled.where, "paragraphs": paragraphs}


def _mistake(mistake: Mistake, answer: Prediction) -> dict[str, Any]:
    paragraph = answer.paragraphs[mistake.paragraph]
    reasons = paragraph.evidence(mistake.label)
    spans = [(reason.start, reason.stop, reason.contribution) for reason in reasons if reason.start < reason.stop]
    return {
        "article": mistake.article,
        "paragraph": mistake.paragraph,
        "label": mistake.label,
        "missed": mistake.missed,
        "probability": round(mistake.probability, 4),
        "runs": runs(answer.article.text, paragraph.start, paragraph.stop, spans),
        **(_summed(paragraph, reasons) if reasons else {}),
    }


def _summed(paragraph: ParagraphPrediction, reasons: list[Evidence]) -> dict[str, Any]:
    """The weightiest ``terms`` of the paragraph, then ``sums`` of everything else and the ``total``, which is the score."""
    terms: defaultdict[str, float] = defaultdict(float)
    around = fixed = 0.0
    for reason in reasons:
        if reason.start == reason.stop:
            fixed += reason.contribution
        elif paragraph.start <= reason.start < paragraph.stop:
            terms[reason.lemma] += reason.contribution
        else:
            around += reason.contribution
    ordered = sorted(terms.items(), key=lambda term: -abs(term[1]))
    own = sum(weight for _, weight in ordered[WORDS_SHOWN:])
    total = sum(reason.contribution for reason in reasons)
    sums = {"own": own, "around": around, "fixed": fixed, "total": total}
    return {
        "terms": [[lemma, round(weight, 3)] for lemma, weight in ordered[:WORDS_SHOWN]],
        "sums": {name: round(weight, 3) for name, weight in sums.items()},
    }
