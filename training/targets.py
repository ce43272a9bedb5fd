"""Targets: what the regressions are taught of each paragraph and label, and where nobody knows."""

from dataclasses import dataclass

import numpy as np

from tagger.training.corpus import Corpus
from tagger.verdict import Flags
from tagger.vocabulary import Ints


@dataclass(frozen=True, eq=False)
class Targets:
    """Labels of paragraphs; shape (n_paragraphs, n_labels) each.

    Attributes:
        gold: whether the paragraph carries the label.
        known: where ``gold`` is to be learnt from.
        judged: where ``gold`` is fit to calibrate on: what only follows from whole articles is one-sided.
    """

    gold: Flags
    known: Flags
    judged: Flags

    def of(self, rows: Ints) -> "Targets":
        """Those of some paragraphs."""
        return Targets(self.gold[rows], self.known[rows], self.judged[rows])


def learn_targets(corpus: Corpus, everything: Corpus, parents: Ints, least: int) -> Targets:
    """Targets of articles and of what was cut from them.

    A label that an article does not carry is on none of its paragraphs, whether a person saw them or not. One that it carries
    is on some of them, and they are left out for it; unless fewer than ``least`` articles with labelled paragraphs teach it:
    then it is taken to be on all, which is where multiple-instance learning starts from.

    Args:
        corpus: the whole articles.
        everything: these, then what was cut from them; see `tagger.training.subarticles`.
        parents: shape (n_articles of everything,), which whole article each comes from.
        least: articles.
    """
    gold, known = everything.gold, everything.known_labels
    article = parents[everything.groups]
    carried = (corpus.article_known & corpus.article_gold)[article]
    absent = (corpus.article_known & ~corpus.article_gold)[article]
    taught = np.array([len(np.unique(article[column])) >= least for column in gold.T], bool)
    spread = carried & ~everything.known[:, None] & ~taught
    learnt = known | absent | spread
    return Targets(gold | spread, learnt, np.where(taught, known, learnt))
