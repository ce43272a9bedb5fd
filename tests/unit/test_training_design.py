"""The design matrix, cell by cell."""

import numpy as np
import pytest

from tagger.context import Context
from tagger.features import Rows
from tagger.linear import BLOCKS, block_maps
from tagger.training.design import Design, block_operators

ARTICLES = np.array([0, 0, 0, 1, 2, 2, 2, 2])
N_TERMS, N_SHAPES = 5, 3


@pytest.fixture
def words():
    random = np.random.default_rng(2)
    return random.random((8, N_TERMS)) * (random.random((8, N_TERMS)) < 0.5)


@pytest.fixture
def design(words):
    row, term = np.nonzero(words)
    starts = np.searchsorted(row, np.arange(9))
    rows = Rows(starts, term, words[row, term], np.ones(len(row), np.int64))
    return Design(rows, np.random.default_rng(3).random((8, N_SHAPES)), ARTICLES, N_TERMS)


def plain_maps(articles):
    """The blocks' maps as dense matrices, made article by article."""
    result = [np.zeros((len(articles), len(articles))) for _ in BLOCKS]
    for article in set(articles.tolist()):
        rows = np.flatnonzero(articles == article)
        for block, place in enumerate(block_maps(Context(np.zeros(len(rows), int)))):
            result[block][np.ix_(rows, rows)] = place(np.eye(len(rows)))
    return result


@pytest.mark.parametrize(
    "articles", [ARTICLES, np.array([3]), np.array([1, 1, 4, 4, 6]), np.arange(6), np.zeros(9, int)]
)
def test_operators_are_the_maps_of_prediction(articles):
    operators = block_operators(Context(articles))
    assert len(operators) == len(BLOCKS)
    for operator, expected in zip(operators, plain_maps(articles), strict=True):
        np.testing.assert_allclose(operator.toarray(), expected, atol=1e-15)


@pytest.mark.parametrize("body", [list(range(8)), [0, 2, 3, 4, 7], [5], [1, 2, 5, 6, 7]])
def test_columns_are_the_terms_in_every_block_and_then_the_shapes(design, words, body):
    body = np.array(body)
    scales = tuple(1 + 0.25 * block for block in range(len(BLOCKS)))
    found = design.matrix(body, scales, 0.3).toarray()
    assert found.shape == (len(body), len(BLOCKS) * N_TERMS + N_SHAPES)
    for block, matrix in enumerate(plain_maps(ARTICLES[body])):
        expected = scales[block] * matrix @ words[body]
        np.testing.assert_allclose(found[:, block * N_TERMS : (block + 1) * N_TERMS], expected, atol=1e-15)
    np.testing.assert_allclose(found[:, len(BLOCKS) * N_TERMS :], 0.3 * design.shapes[body], atol=1e-15)


def test_paragraphs_left_out_are_no_neighbours(design, words):
    """Without paragraph 1, paragraph 0 precedes paragraph 2."""
    found = design.matrix(np.array([0, 2]), (1.0,) * len(BLOCKS), 1.0).toarray()
    previous = BLOCKS.index("previous") * N_TERMS
    np.testing.assert_allclose(found[1, previous : previous + N_TERMS], words[0])


def test_a_scale_of_zero_silences_a_block(design):
    scales = tuple(0.0 if block == 1 else 1.0 for block in range(len(BLOCKS)))
    found = design.matrix(np.arange(8), scales, 1.0).toarray()
    assert not found[:, N_TERMS : 2 * N_TERMS].any()
    assert found[:, :N_TERMS].any()
