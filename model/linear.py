"""The linear model: sparse rows to scores, first from words in context, then jointly over the article."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from tagger.context import Context
from tagger.features import Rows
from tagger.vocabulary import Floats

BLOCKS = ("own", "previous", "next", "head", "article")
"""Whose words a weight is for: the paragraph's, its neighbours', those of headline and lead, the whole article's."""

LINEAR_VIEWS = ("own", "previous", "next", "second previous", "second next", "head", "mean")
POSITIVE_VIEWS = ("own", "previous", "next", "head", "mean")
VIEWS = (*LINEAR_VIEWS, *(f"{view}, positive" for view in POSITIVE_VIEWS), "maximum")
"""Whose first scores are seen from a paragraph: as they are, as far as they are positive, and the best of the article."""

MARGINS = (2.0, 4.0)
JOINT_VIEWS = (*VIEWS, *(f"own + {margin:g}, capped" for margin in MARGINS))
"""What enters a paragraph's joint score: also its own first score plus a margin, but at most the best of the article: a
paragraph that is behind the best one by less than the margin counts like it, one that is further behind by its own words."""


@dataclass(frozen=True, eq=False)
class Weights:
    """All weights of the model. ``n_labels`` event types; output 0 of the first stage is boilerplate.

    Attributes:
        coef: shape (n_terms, n_blocks, 1 + n_labels).
        shape_coef: shape (n_shapes, 1 + n_labels).
        intercept: shape (1 + n_labels,).
        boilerplate_coef: shape (n_boilerplate_views,), see `tagger.boilerplate`.
        joint_coef: shape (n_joint_views, n_labels, n_labels): view, label looked at, label decided on.
        joint_intercept: shape (n_labels,).
    """

    coef: Floats
    shape_coef: Floats
    intercept: Floats
    boilerplate_coef: Floats
    joint_coef: Floats
    joint_intercept: Floats

    def products(self, rows: Rows) -> Floats:
        """What each paragraph's words weigh in every block and output: shape (n_paragraphs, n_blocks, 1 + n_labels)."""
        terms, blocks, outputs = self.coef.shape
        return rows.times(self.coef.reshape(terms, blocks * outputs)).reshape(len(rows), blocks, outputs)

    def first_boilerplate_scores(self, products: Floats, shapes: Floats, context: Context) -> Floats:
        """Boilerplate scores from words and shape alone, shape (n_paragraphs,); ``context`` is that of all paragraphs."""
        from_shape: Floats = shapes @ self.shape_coef[:, 0] + self.intercept[0]
        return block_sum(products[:, :, 0], context) + from_shape

    def first_scores(self, products: Floats, shapes: Floats, context: Context) -> Floats:
        """Event scores from words alone, shape (n_paragraphs, n_labels); all arguments are of body paragraphs only."""
        from_shape: Floats = shapes @ self.shape_coef[:, 1:] + self.intercept[1:]
        return block_sum(products[:, :, 1:], context) + from_shape

    def joint_scores(self, first: Floats, context: Context) -> Floats:
        """Event scores after looking at the article's other paragraphs, shape (n_paragraphs, n_labels)."""
        seen: Floats = np.einsum("pvk,vkl->pl", joint_views(first, context), self.joint_coef)
        return seen + self.joint_intercept


Map = Callable[[Floats], Floats]


def block_maps(context: Context) -> tuple[Map, ...]:
    """Linear maps from what a block holds to where it is read, in the order of `BLOCKS`."""
    return (_itself, partial(context.shifted, by=-1), partial(context.shifted, by=1), context.head, context.mean)


def view_maps(context: Context) -> dict[str, Map]:
    """The linear maps of `LINEAR_VIEWS`; the positive views apply them to the positive parts of the scores."""
    near = (partial(context.shifted, by=by) for by in (-1, 1, -2, 2))
    return dict(zip(LINEAR_VIEWS, (_itself, *near, context.head, context.mean), strict=True))


def transposed_block_maps(context: Context) -> tuple[Map, ...]:
    """The transposes of `block_maps`: from where something is read to what it is read from."""
    return (
        _itself,
        partial(context.shifted, by=1),
        partial(context.shifted, by=-1),
        context.head_transposed,
        context.mean,
    )


def transposed_view_maps(context: Context) -> dict[str, Map]:
    """The transposes of `view_maps`."""
    near = (partial(context.shifted, by=by) for by in (1, -1, 2, -2))
    return dict(zip(LINEAR_VIEWS, (_itself, *near, context.head_transposed, context.mean), strict=True))


def block_sum(products: Floats, context: Context) -> Floats:
    """Sum over the blocks, each read where it belongs: shape (n_paragraphs, n_blocks, …) to (n_paragraphs, …)."""
    own, *others = (place(products[:, block]) for block, place in enumerate(block_maps(context)))
    return sum(others, start=own)


def score_views(first: Floats, context: Context) -> Floats:
    """First scores as seen from each paragraph: shape (n_paragraphs, n_views, n_labels), in the order of `VIEWS`."""
    maps, positive = view_maps(context), np.maximum(first, 0)
    linear = [maps[view](first) for view in LINEAR_VIEWS]
    above = [maps[view](positive) for view in POSITIVE_VIEWS]
    return np.stack([*linear, *above, context.maximum(first)], axis=1)


def joint_views(first: Floats, context: Context) -> Floats:
    """What joint scores are made of: shape (n_paragraphs, n_joint_views, n_labels), in the order of `JOINT_VIEWS`.

    All views are piecewise linear, so that a joint score is still the exact sum of its evidence.
    """
    views = score_views(first, context)
    best = views[:, VIEWS.index("maximum")]
    return np.concatenate([views, *(np.minimum(first + margin, best)[:, None] for margin in MARGINS)], axis=1)


def _itself(values: Floats) -> Floats:
    return values
