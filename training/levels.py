"""Levels: verdicts beside the gold labels of paragraphs, of articles and of page chrome, all three in one shape."""

from dataclasses import dataclass

import numpy as np

from tagger.training.corpus import Corpus
from tagger.training.metrics import Counts
from tagger.training.support import BOILERPLATE
from tagger.verdict import Flags, Verdicts
from tagger.vocabulary import Floats, Ints


@dataclass(frozen=True, eq=False)
class Level:
    """What a model decided about paragraphs or articles, and what people did.

    Attributes:
        name: ``"paragraph"``, ``"article"`` or `BOILERPLATE`.
        labels: names of the columns.
        given, probabilities: of the model, shape (n, n_labels).
        gold: of people, shape (n, n_labels).
        known: whether people looked, shape (n, n_labels); elsewhere ``gold`` does not count.
        articles: the article of each row, shape (n,).
    """

    name: str
    labels: tuple[str, ...]
    given: Flags
    probabilities: Floats
    gold: Flags
    known: Flags
    articles: Ints

    def column(self, number: int) -> tuple[Floats, Flags]:
        """Probabilities and gold of a label where it is known."""
        rows = self.known[:, number]
        return self.probabilities[rows, number], self.gold[rows, number]

    def counts(self, n_articles: int) -> Counts:
        """Counts of each article, of what is known."""
        return Counts.by_article(self.given & self.known, self.gold & self.known, self.articles, n_articles)


def levels_of(verdicts: Verdicts, corpus: Corpus) -> tuple[Level, Level, Level]:
    """Paragraphs, articles and page chrome of a corpus, with a model's verdicts on it."""
    groups = corpus.groups
    return (
        Level(
            "paragraph",
            corpus.labels,
            verdicts.labels,
            verdicts.probabilities,
            corpus.gold,
            corpus.known_labels,
            groups,
        ),
        Level(
            "article",
            corpus.labels,
            verdicts.article_labels,
            verdicts.article_probabilities,
            corpus.article_gold,
            corpus.article_known,
            np.arange(len(corpus)),
        ),
        Level(
            BOILERPLATE,
            (BOILERPLATE,),
            verdicts.boilerplate[:, None],
            verdicts.boilerplate_probabilities[:, None],
            corpus.boilerplate[:, None],
            corpus.known[:, None],
            groups,
        ),
    )
