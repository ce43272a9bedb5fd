"""Verdicts: the scores of a batch turned into probabilities and labels of paragraphs and articles that agree."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tagger.model import Model
from tagger.scoring import Scores
from tagger.vocabulary import Floats, Ints

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What is decided about a batch.

    Attributes:
        boilerplate: shape (n_paragraphs,), True for page chrome.
        boilerplate_probabilities: shape (n_paragraphs,).
        scores, probabilities: shape (n_paragraphs, n_labels), 0 for boilerplate.
        labels, review: shape (n_paragraphs, n_labels).
        article_probabilities, article_labels, article_review: shape (n_articles, n_labels).
    """

    boilerplate: Flags
    boilerplate_probabilities: Floats
    scores: Floats
    probabilities: Floats
    labels: Flags
    review: Flags
    article_probabilities: Floats
    article_labels: Flags
    article_review: Flags


def decide(scores: Scores, model: Model) -> Verdicts:
    """Apply calibration and thresholds; article labels are the union of the paragraphs' labels.

    An article's score is that of its best body paragraph with a known word. A label that the article does not get is taken
    from its paragraphs; one that it gets though no paragraph is over its threshold goes to the best paragraph.
    """
    joint = np.zeros((len(scores.boilerplate), len(model.labels)))
    joint[scores.body] = scores.joint
    boilerplate = np.ones(len(joint), bool)
    boilerplate[scores.body] = False
    usable = ~boilerplate & scores.known
    article_scores, best = _best(np.where(usable[:, None], joint, -np.inf), scores.articles, scores.n_articles)

    probabilities = np.where(boilerplate[:, None], 0.0, model.paragraph.probabilities(joint))
    article_probabilities = model.article.probabilities(article_scores)
    article_labels = (article_probabilities >= model.article.threshold) & (best >= 0)
    labels = (probabilities >= model.paragraph.threshold) & usable[:, None] & article_labels[scores.articles]
    article, column = np.nonzero(article_labels)
    given = np.zeros_like(article_labels)
    np.logical_or.at(given, scores.articles, labels)
    lonely = ~given[article, column]
    labels[best[article[lonely], column[lonely]], column[lonely]] = True
    return Verdicts(
        boilerplate=boilerplate,
        boilerplate_probabilities=model.boilerplate.probabilities(scores.boilerplate[:, None])[:, 0],
        scores=joint,
        probabilities=probabilities,
        labels=labels,
        review=model.paragraph.needs_review(probabilities) & usable[:, None],
        article_probabilities=article_probabilities,
        article_labels=article_labels,
        article_review=model.article.needs_review(article_probabilities) & (best >= 0),
    )


def _best(scores: Floats, articles: Ints, n_articles: int) -> tuple[Floats, Ints]:
    """Best score of each article and label and the paragraph that has it (−inf and −1 for none): (n_articles, n_labels)."""
    best = np.full((n_articles, scores.shape[1]), -1, np.int64)
    highest = np.full(best.shape, -np.inf)
    np.maximum.at(highest, articles, scores)
    row, column = np.nonzero((scores == highest[articles]) & np.isfinite(scores))
    # From the last to the first, so that of equal paragraphs the first stays.
    best[articles[row[::-1]], column[::-1]] = row[::-1]
    return highest, best
