"""Model cards: how good a model is, on what, and where it fails, in English and Russian [1]_.

.. [1] Mitchell et al. (2019), Model cards for model reporting.
"""

from collections.abc import Callable
from hashlib import sha256

from tagger.artifact import CARDS
from tagger.model import Model
from tagger.training.card_wording import CARD, CHROME, LOWEST, READ, UNREAD
from tagger.training.corpus import Corpus
from tagger.training.evaluation import Evaluation, Row
from tagger.training.preparing import CODEBOOK, read_event_types, seeds_folder


def model_cards(model: Model, corpus: Corpus, evaluation: Evaluation) -> dict[str, str]:
    """The texts of `tagger.artifact.CARDS`; they hold no date, so that equal trainings give equal cards."""
    return {
        CARDS[0]: _card(model, corpus, evaluation, "en"),
        CARDS[1]: _card(model, corpus, evaluation, "ru"),
    }


def _card(model: Model, corpus: Corpus, evaluation: Evaluation, language: str) -> str:
    titles = {event_type.id: event_type.title(language) for event_type in model.event_types}

    def number(value: float) -> str:
        return f"{value:.2f}" if language == "en" else f"{value:.2f}".replace(".", ",")

    return CARD[language].format(
        types="\n".join(f"- **{event_type.title(language)}** (`{event_type.id}`)" for event_type in model.event_types),
        articles=len(corpus),
        paragraphs=evaluation.n_paragraphs,
        terms=len(model.vocabulary),
        paragraph_table=_table(evaluation.paragraph, titles, number),
        article_table=_table(evaluation.article, titles, number),
        chrome=CHROME[language][evaluation.boilerplate.support > 0].format(number(evaluation.boilerplate.f1)),
        reviewed=f"{evaluation.reviewed:.0%}",
        right=number(100 * evaluation.right_outside_review),
        thresholds="\n".join(
            f"| {titles[label]} | {number(model.paragraph.threshold[column])} | "
            f"{number(model.paragraph.review_low[column])}–{number(model.paragraph.review_high[column])} | "
            f"{number(model.article.threshold[column])} |"
            for column, label in enumerate(model.labels)
        ),
        failures=READ[language] if _is_of_seeds(model, corpus) else _computed(evaluation, titles, number, language),
    )


def _table(rows: tuple[Row, ...], titles: dict[str, str], number: Callable[[float], str]) -> str:
    return "\n".join(
        f"| {titles.get(row.label, row.label)} | {row.support} | {number(row.precision)} | {number(row.recall)} | "
        f"{number(row.f1)} ({number(row.f1_interval[0])}–{number(row.f1_interval[1])}) | "
        f"{number(row.average_precision)} | {number(row.calibration_error)} |"
        for row in rows
    )


def _is_of_seeds(model: Model, corpus: Corpus) -> bool:
    """Whether it learnt the event types of the seed corpus from nothing else; where such a model fails, people have read."""
    folder = seeds_folder()
    seeds = {sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.jsonl")}
    event_types = read_event_types(folder / CODEBOOK)[1]
    return model.event_types == event_types and set(corpus.digests.values()) == seeds


def _computed(evaluation: Evaluation, titles: dict[str, str], number: Callable[[float], str], language: str) -> str:
    """What the figures of the articles tell about where it fails."""
    rows = [row for row in evaluation.article if row.label in titles and row.support]
    lines = []
    for name, text in LOWEST[language].items():
        value, label = min(((getattr(row, name), row.label) for row in rows), default=(1.0, ""))
        if value < 1:
            lines.append(text.format(titles[label], number(value)))
    return "\n".join([*lines, UNREAD[language]])
