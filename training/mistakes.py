"""Mistakes: the paragraphs whose labels a model got wrong, the surest first."""

from typing import NamedTuple

import numpy as np

from tagger.training.corpus import Corpus
from tagger.verdict import Verdicts


class Mistake(NamedTuple):
    """A label that a paragraph lacks or has wrongly.

    Attributes:
        article: number of its article in the corpus.
        paragraph: its number in the article, from 0.
        label: the label.
        missed: the gold labels have it; otherwise the model gave it wrongly.
        probability: what the model thought of it.
    """

    article: int
    paragraph: int
    label: str
    missed: bool
    probability: float

    @property
    def certainty(self) -> float:
        """The model's probability of what it decided."""
        return 1 - self.probability if self.missed else self.probability


def mistakes(verdicts: Verdicts, corpus: Corpus) -> list[Mistake]:
    """All mistakes about labels that are known, those first that the model was surest of."""
    gold, groups, places = corpus.gold, corpus.groups, corpus.places
    found = [
        Mistake(
            int(groups[row]),
            int(places[row]),
            corpus.labels[column],
            bool(gold[row, column]),
            float(verdicts.probabilities[row, column]),
        )
        for row, column in np.argwhere((verdicts.labels != gold) & corpus.known_labels)
    ]
    return sorted(found, key=lambda mistake: -mistake.certainty)
