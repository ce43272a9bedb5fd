"""Agreement of two labellings of the same articles."""

from dataclasses import dataclass

import numpy as np

from tagger.errors import TrainingDataError
from tagger.training.corpus import Corpus
from tagger.training.metrics import f1
from tagger.verdict import Flags


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two annotators agree on one label at one level.

    Attributes:
        label: the event type's id, ``"boilerplate"``, or ``"macro"`` for the mean over event types.
        first, second: units each annotator gave the label to.
        alpha: Krippendorff's alpha.
        f1: F1 of one annotator against the other; it is the same both ways.
    """

    label: str
    first: int
    second: int
    alpha: float
    f1: float


def agreement(first: Corpus, second: Corpus) -> tuple[int, dict[str, list[Agreement]]]:
    """Agreement on the articles that both corpora hold, at the level of paragraphs and of articles.

    Returns:
        count: articles in common, matched by text.
        levels: ``"paragraph"`` and ``"article"`` → rows, the macro average last.

    Raises:
        TrainingDataError: they have no article in common.
    """
    by_text = {article.digest: article for article in second.articles}
    common = tuple(article for article in first.articles if article.digest in by_text)
    if not common:
        raise TrainingDataError(
            "the two labellings have no article in common; they are matched by their paragraphs' texts"
        )
    one = Corpus(common, first.labels, {})
    two = Corpus(tuple(by_text[article.digest] for article in common), first.labels, {})
    chrome = _row("boilerplate", one.boilerplate, two.boilerplate)
    paragraph = _rows(first.labels, one.gold, two.gold)
    return len(common), {
        "paragraph": [*paragraph, chrome],
        "article": _rows(first.labels, one.article_gold, two.article_gold),
    }


def krippendorff_alpha(first: Flags, second: Flags) -> float:
    """Krippendorff's alpha for two annotators and a yes/no question [1]_; 1 where neither ever varies. Shapes (n,).

    .. [1] Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    """
    values = np.concatenate([first, second])
    yes, n = int(values.sum()), len(values)
    expected = 2 * yes * (n - yes) / (n * (n - 1))
    return float(1 - (first != second).mean() / expected) if expected else 1.0


def _rows(labels: tuple[str, ...], first: Flags, second: Flags) -> list[Agreement]:
    rows = [_row(label, first[:, column], second[:, column]) for column, label in enumerate(labels)]
    mean = Agreement(
        "macro",
        sum(row.first for row in rows),
        sum(row.second for row in rows),
        float(np.mean([row.alpha for row in rows])),
        float(np.mean([row.f1 for row in rows])),
    )
    return [*rows, mean]


def _row(label: str, first: Flags, second: Flags) -> Agreement:
    hits, one, two = int((first & second).sum()), int(first.sum()), int(second.sum())
    return Agreement(label, one, two, krippendorff_alpha(first, second), float(f1(hits, one, two)))
