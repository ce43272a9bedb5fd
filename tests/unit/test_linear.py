"""The linear model: blocks and views read where their names say, and sums done by loops."""

import numpy as np
import pytest

from tagger.context import Context
from tagger.features import Rows
from tagger.linear import (
    BLOCKS,
    JOINT_VIEWS,
    MARGINS,
    VIEWS,
    Weights,
    block_maps,
    block_sum,
    joint_views,
    score_views,
    transposed_block_maps,
    transposed_view_maps,
    view_maps,
)

ARTICLES = np.array([0, 0, 0, 0, 1, 3, 3])
READS = {
    "own": lambda here, there, _: float(here == there),
    "previous": lambda here, there, _: float(there == here - 1),
    "next": lambda here, there, _: float(there == here + 1),
    "second previous": lambda here, there, _: float(there == here - 2),
    "second next": lambda here, there, _: float(there == here + 2),
    "head": lambda _here, there, _size: 0.5 if there < 2 else 0.0,
    "article": lambda _here, _there, size: 1 / size,
    "mean": lambda _here, _there, size: 1 / size,
}
"""How much of the paragraph ``there`` is read at ``here``, both counted in their article of ``size`` paragraphs."""
POSITIVE = ", positive"
"""Ending of the names of views that see the positive part of the scores only."""


def reading(name):
    """The matrix of a block or view over the batch."""
    matrix = np.zeros((len(ARTICLES), len(ARTICLES)))
    for article in set(ARTICLES.tolist()):
        rows = np.flatnonzero(article == ARTICLES)
        for here, row in enumerate(rows):
            for there, other in enumerate(rows):
                matrix[row, other] = READS[name](here, there, len(rows))
    return matrix


@pytest.fixture
def context():
    return Context(ARTICLES)


@pytest.fixture
def random():
    return np.random.default_rng(3)


def test_there_is_a_map_for_every_block(context):
    assert len(block_maps(context)) == len(BLOCKS)


@pytest.mark.parametrize("name", [name for name in BLOCKS if name in READS])
def test_a_block_is_read_where_its_name_says(name, context, random):
    values = random.normal(size=(len(ARTICLES), 2))
    found = block_maps(context)[BLOCKS.index(name)](values)
    np.testing.assert_allclose(found, reading(name) @ values, atol=1e-15)


@pytest.mark.parametrize("name", [name for name in VIEWS if name.removesuffix(POSITIVE) in READS])
def test_a_view_is_read_where_its_name_says(name, context, random):
    first = random.normal(size=(len(ARTICLES), 2))
    seen = np.where(first > 0, first, 0) if name.endswith(POSITIVE) else first
    found = score_views(first, context)[:, VIEWS.index(name)]
    np.testing.assert_allclose(found, reading(name.removesuffix(POSITIVE)) @ seen, atol=1e-15)


def test_every_block_map_is_linear_and_stays_within_the_article(context, random):
    a, b = random.normal(size=(2, len(ARTICLES), 3))
    for place in block_maps(context):
        np.testing.assert_allclose(place(2 * a - b), 2 * place(a) - place(b), atol=1e-12)
        matrix = place(np.eye(len(ARTICLES)))
        assert not matrix[ARTICLES[:, None] != ARTICLES[None, :]].any()


def test_transposed_maps_are_the_transposes(context):
    views, backwards = view_maps(context), transposed_view_maps(context)
    assert list(views) == list(backwards)
    pairs = [*zip(block_maps(context), transposed_block_maps(context), strict=True)]
    for place, back in [*pairs, *((views[name], backwards[name]) for name in views)]:
        np.testing.assert_allclose(back(np.eye(len(ARTICLES))), place(np.eye(len(ARTICLES))).T, atol=1e-15)


def test_every_score_view_stays_within_the_article(context, random):
    first = random.normal(size=(len(ARTICLES), 2))
    other = np.where((ARTICLES == 0)[:, None], first, first + 5)
    before, after = score_views(first, context), score_views(other, context)
    np.testing.assert_array_equal(before[ARTICLES == 0], after[ARTICLES == 0])


def test_the_block_sum_adds_every_block_once(context, random):
    products = random.normal(size=(len(ARTICLES), len(BLOCKS), 2))
    matrices = [place(np.eye(len(ARTICLES))) for place in block_maps(context)]
    expected = sum(matrix @ products[:, block] for block, matrix in enumerate(matrices))
    np.testing.assert_allclose(block_sum(products, context), expected, atol=1e-12)


def test_the_view_of_the_maximum_is_the_best_of_the_article_label_by_label(context, random):
    first = random.normal(size=(len(ARTICLES), 3))
    views = score_views(first, context)
    assert views.shape == (len(ARTICLES), len(VIEWS), 3)
    for row, article in enumerate(ARTICLES.tolist()):
        best = first[[other for other in range(len(ARTICLES)) if ARTICLES[other] == article]].max(axis=0)
        np.testing.assert_array_equal(views[row, VIEWS.index("maximum")], best)


def test_capped_views_are_the_own_score_with_a_margin_but_at_most_the_best(context, random):
    first = 3 * random.normal(size=(len(ARTICLES), 2))
    views = joint_views(first, context)
    np.testing.assert_array_equal(views[:, : len(VIEWS)], score_views(first, context))
    for row, article in enumerate(ARTICLES.tolist()):
        for label in range(2):
            best = max(first[other, label] for other in range(len(ARTICLES)) if ARTICLES[other] == article)
            for margin in MARGINS:
                capped = views[row, JOINT_VIEWS.index(f"own + {margin:g}, capped"), label]
                assert capped == min(first[row, label] + margin, best)


@pytest.fixture
def weights(random):
    n_terms, n_shapes, n_labels = 4, 3, 2
    sizes = {
        "coef": (n_terms, len(BLOCKS), 1 + n_labels),
        "shape_coef": (n_shapes, 1 + n_labels),
        "intercept": (1 + n_labels,),
        "boilerplate_coef": (5,),
        "joint_coef": (len(JOINT_VIEWS), n_labels, n_labels),
        "joint_intercept": (n_labels,),
    }
    return Weights(**{name: random.normal(size=size) for name, size in sizes.items()})


@pytest.fixture
def rows():
    """Paragraphs of the terms {0: .6, 3: .8}, nothing, {1: 1}, {2: 1}, {0: 1}, {3: 1} and {1: .6, 2: -.8}."""
    starts = np.array([0, 2, 2, 3, 4, 5, 6, 8])
    terms = np.array([0, 3, 1, 2, 0, 3, 1, 2])
    return Rows(starts, terms, np.array([0.6, 0.8, 1, 1, 1, 1, 0.6, -0.8]), np.ones(8, np.int64))


def test_products_sum_the_weights_of_a_paragraphs_terms(weights, rows):
    products = weights.products(rows)
    assert products.shape == (7, len(BLOCKS), 3)
    np.testing.assert_allclose(products[0], 0.6 * weights.coef[0] + 0.8 * weights.coef[3], atol=1e-15)
    np.testing.assert_array_equal(products[1], np.zeros((len(BLOCKS), 3)))
    np.testing.assert_allclose(products[6], 0.6 * weights.coef[1] - 0.8 * weights.coef[2], atol=1e-15)


def test_first_stage_scores_are_words_and_shape_and_intercept(weights, rows, context, random):
    products, shapes = weights.products(rows), random.normal(size=(7, 3))
    matrices = [place(np.eye(7)) for place in block_maps(context)]
    chrome, events = (
        weights.first_boilerplate_scores(products, shapes, context),
        weights.first_scores(products, shapes, context),
    )
    for row in range(7):
        expected = weights.intercept.copy()
        for output in range(3):
            expected[output] += sum(shapes[row, shape] * weights.shape_coef[shape, output] for shape in range(3))
            for block, matrix in enumerate(matrices):
                expected[output] += sum(matrix[row, other] * products[other, block, output] for other in range(7))
        assert chrome[row] == pytest.approx(expected[0], abs=1e-12)
        assert events[row] == pytest.approx(expected[1:], abs=1e-12)


def test_joint_scores_weigh_every_label_in_every_view(weights, context, random):
    first = random.normal(size=(7, 2))
    views, found = joint_views(first, context), weights.joint_scores(first, context)
    for row in range(7):
        for label in range(2):
            expected = weights.joint_intercept[label]
            for view in range(len(JOINT_VIEWS)):
                for seen in range(2):
                    expected += views[row, view, seen] * weights.joint_coef[view, seen, label]
            assert found[row, label] == pytest.approx(expected, abs=1e-12)


def test_nothing_scores_nothing(weights):
    nobody, context = np.zeros((0, 2)), Context(np.array([], np.int64))
    assert score_views(nobody, context).shape == (0, len(VIEWS), 2)
    assert joint_views(nobody, context).shape == (0, len(JOINT_VIEWS), 2)
    assert weights.joint_scores(nobody, context).shape == (0, 2)
