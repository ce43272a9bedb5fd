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
    article_scores, best = best_paragraphs(scores)

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


def best_paragraphs(scores: Scores) -> tuple[Floats, Ints]:
    """The score of each article and label, and the paragraph that has it: shapes (n_articles, n_labels).

    It is the best of the body's paragraphs with a known word; −inf and −1 where there is none.
    """
    usable = scores.known[scores.body]
    rows, joint = scores.body[usable], scores.joint[usable]
    articles = scores.articles[rows]
    highest = np.full((scores.n_articles, joint.shape[1]), -np.inf)
    np.maximum.at(highest, articles, joint)
    best = np.full(highest.shape, -1, np.int64)
    place, column = np.nonzero(joint == highest[articles])
    # From the last to the first, so that of equal paragraphs the first stays.
    best[articles[place[::-1]], column[::-1]] = rows[place[::-1]]
    return highest, best
