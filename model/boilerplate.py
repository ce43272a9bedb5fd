"""Boilerplate decided jointly: page chrome stands together, looks alike, and speaks of something else than the article."""

from itertools import pairwise

import numpy as np

from tagger.context import Context
from tagger.features import Rows
from tagger.linear import VIEWS, score_views
from tagger.shape import NAMES
from tagger.vocabulary import Floats, Ints

EDGE_VIEWS = ("least before", "least after", "least before, positive", "least after, positive")
NEAR = {"": 0, ", previous": -1, ", next": 1}
"""Whose shape is seen: endings of the views' names, and how many paragraphs further on it stands."""
BOILERPLATE_VIEWS = (*VIEWS, *EDGE_VIEWS, *(f"{name}{near}" for near in NEAR for name in NAMES), "cohesion", "always")
"""What decides whether a paragraph is page chrome: the first scores around it, how chrome-like everything before and after
it is at least, its own shape and its neighbours', its `cohesion`, and a constant."""

FIRST_SCORE_ALONE = np.array([float(view == "own") for view in BOILERPLATE_VIEWS])
"""Weights of `BOILERPLATE_VIEWS` that leave a first score as it is."""

SURE = 8.0
"""First scores count as at most this sure; beyond the edges of an article everything is page chrome, as surely."""


def boilerplate_views(first: Floats, rows: Rows, shapes: Floats, context: Context) -> Floats:
    """Shape (n_paragraphs, n_boilerplate_views), in the order of `BOILERPLATE_VIEWS`.

    Args:
        first: shape (n_paragraphs,), boilerplate scores from words and shape in context.
        rows: TF-IDF rows of the paragraphs.
        shapes: shape (n_paragraphs, n_shapes).
        context: that of all paragraphs.
    """
    around = score_views(first[:, None], context)[:, :, 0]
    close = [context.shifted(shapes, by) if by else shapes for by in NEAR.values()]
    body_shares = 1 / (1 + np.exp(np.clip(first, -500, 500)))
    alone = np.stack([cohesion(rows, body_shares, context), np.ones(len(first))], axis=1)
    return np.hstack([around, _edges(first, context), *close, alone])


def cohesion(rows: Rows, shares: Floats, context: Context) -> Floats:
    """Cosine between each paragraph's row and the sum of its article's other rows, each times its share: shape (n_paragraphs,).

    Args:
        rows: TF-IDF rows of length 1, or empty.
        shares: shape (n_paragraphs,), how far a row counts in the sum.
        context: that of all paragraphs.
    """
    paragraph = np.repeat(np.arange(len(rows)), rows.filled)
    sums = _article_sums(rows.terms, rows.values * shares[paragraph], rows.starts[np.append(context.starts, len(rows))])
    with_itself = np.bincount(paragraph, rows.values * sums, minlength=len(rows))
    # The sum's square is the sum over its rows of each one's product with it.
    squares = np.bincount(context.group, shares * with_itself, minlength=len(context.starts))[context.group]
    own = shares * (rows.filled > 0)
    others = squares - 2 * own * with_itself + own * shares
    return np.where(others > 1e-9, (with_itself - own) / np.sqrt(np.maximum(others, 1e-9)), 0.0)


def _article_sums(terms: Ints, values: Floats, bounds: Ints) -> Floats:
    """At each entry the sum over its article's entries of the same term, shape (n_entries,); ``bounds`` part the articles."""
    # The last entry of a term stands for all of the article's; to find it so takes a third of the time of sorting them.
    last_of_term = np.empty(terms.max(initial=0) + 1, np.int64)
    entries = np.arange(len(terms))
    last = np.empty_like(entries)
    for first, stop in pairwise(bounds.tolist()):
        last_of_term[terms[first:stop]] = entries[first:stop]
        last[first:stop] = last_of_term[terms[first:stop]]
    return np.bincount(last, values, minlength=len(entries)).astype(float)[last]


def _edges(first: Floats, context: Context) -> Floats:
    """The `EDGE_VIEWS`, shape (n_paragraphs, 4)."""
    sure = np.clip(first, -SURE, SURE)
    before, after = (
        context.shifted(context.running_minimum(sure, backwards) - SURE, by) + SURE
        for backwards, by in ((False, -1), (True, 1))
    )
    return np.stack([before, after, np.maximum(before, 0), np.maximum(after, 0)], axis=1)
