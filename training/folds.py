"""Folds: parts of the corpus for out-of-fold scores; an article is never split."""

from collections.abc import Callable

import numpy as np

from tagger.vocabulary import Floats, Ints


def article_folds(n_articles: int, folds: int) -> Ints:
    """Fold of each article, shape (n_articles,): in turn, the articles being ordered by digest, which is as good as chance."""
    return np.arange(n_articles) % folds


def out_of_fold(fold_of: Ints, fit_and_score: Callable[[Ints, Ints], Floats]) -> Floats:
    """Scores of every item by a model that did not see its fold.

    Args:
        fold_of: shape (n,), the fold of each item.
        fit_and_score: gets the indices to fit on and those to score, gives scores of shape (n_scored, …).
    """
    scores = None
    for fold in np.unique(fold_of):
        held_out = np.flatnonzero(fold_of == fold)
        part = fit_and_score(np.flatnonzero(fold_of != fold), held_out)
        if scores is None:
            scores = np.zeros((len(fold_of), *part.shape[1:]))
        scores[held_out] = part
    assert scores is not None, "no items"
    return scores
