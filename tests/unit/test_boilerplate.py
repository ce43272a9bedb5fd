"""Boilerplate: what is seen around a paragraph, against loops over articles."""

import numpy as np
import pytest

from tagger.boilerplate import BOILERPLATE_VIEWS, FIRST_SCORE_ALONE, SURE, boilerplate_views, cohesion
from tagger.context import Context
from tagger.features import Rows
from tagger.linear import VIEWS, score_views
from tagger.shape import NAMES

ARTICLES = np.array([0, 0, 0, 0, 2, 3, 3, 3])
CONTEXT = Context(ARTICLES)
FIRST = np.array([12.0, -3.0, 1.0, 2.5, -1.0, 4.0, 0.5, -20.0])
WORDS = np.array(
    [
        [0.6, 0.8, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 0],
        [0.8, 0, 0.6, 0],
        [0, 0, 1, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 1],
    ]
)


@pytest.fixture
def rows():
    paragraph, term = np.nonzero(WORDS)
    starts = np.searchsorted(paragraph, np.arange(len(WORDS) + 1))
    return Rows(starts, term, WORDS[paragraph, term], np.ones(len(term), np.int64))


@pytest.fixture
def shapes():
    return np.random.default_rng(3).normal(size=(len(ARTICLES), len(NAMES)))


@pytest.fixture
def views(rows, shapes):
    found = boilerplate_views(FIRST, rows, shapes, CONTEXT)
    assert found.shape == (len(ARTICLES), len(BOILERPLATE_VIEWS))
    return dict(zip(BOILERPLATE_VIEWS, found.T, strict=True))


def neighbours(row):
    return [other for other in range(len(ARTICLES)) if ARTICLES[other] == ARTICLES[row]]


def test_names_are_different():
    assert len(set(BOILERPLATE_VIEWS)) == len(BOILERPLATE_VIEWS)


def test_first_scores_are_seen_as_those_of_event_types(views):
    expected = score_views(FIRST[:, None], CONTEXT)[:, :, 0]
    np.testing.assert_array_equal(np.stack([views[name] for name in VIEWS], axis=1), expected)


@pytest.mark.parametrize(("name", "beyond"), [("least before", -1), ("least after", 1)])
def test_the_least_chrome_like_on_either_side(views, name, beyond):
    for row in range(len(ARTICLES)):
        side = [FIRST[other] for other in neighbours(row) if (other - row) * beyond > 0]
        expected = min([SURE, *(max(score, -SURE) for score in side)])
        assert views[name][row] == pytest.approx(expected, abs=1e-12)
        assert views[f"{name}, positive"][row] == pytest.approx(max(expected, 0), abs=1e-12)


@pytest.mark.parametrize(("near", "by"), [("", 0), (", previous", -1), (", next", 1)])
def test_shapes_of_the_paragraph_and_its_neighbours(views, shapes, near, by):
    for row in range(len(ARTICLES)):
        expected = shapes[row + by] if row + by in neighbours(row) else np.zeros(len(NAMES))
        np.testing.assert_array_equal([views[f"{name}{near}"][row] for name in NAMES], expected)


@pytest.mark.parametrize("shares", [np.ones(8), np.array([0.1, 0.9, 0.5, 1, 0.3, 0, 0.7, 0.2])])
def test_cohesion_is_the_cosine_with_the_rest_of_the_article(rows, shares):
    found = cohesion(rows, shares, CONTEXT)
    for row in range(len(ARTICLES)):
        rest = sum((shares[other] * WORDS[other] for other in neighbours(row) if other != row), np.zeros(4))
        length = np.linalg.norm(rest)
        expected = WORDS[row] @ rest / length if length else 0.0
        assert found[row] == pytest.approx(expected, abs=1e-7)


def test_cohesion_counts_what_may_be_body(views, rows):
    np.testing.assert_allclose(views["cohesion"], cohesion(rows, 1 / (1 + np.exp(FIRST)), CONTEXT), atol=1e-12)


def test_the_constant_is_constant(views):
    assert set(views["always"]) == {1.0}


def test_the_weights_of_the_first_score_alone_leave_it_as_it_is(rows, shapes):
    np.testing.assert_array_equal(boilerplate_views(FIRST, rows, shapes, CONTEXT) @ FIRST_SCORE_ALONE, FIRST)


def test_other_articles_of_the_batch_change_nothing(rows, shapes):
    whole = boilerplate_views(FIRST, rows, shapes, CONTEXT)
    for article in np.unique(ARTICLES):
        here = np.flatnonzero(article == ARTICLES)
        first, last = rows.starts[here[0]], rows.starts[here[-1] + 1]
        part = Rows(
            rows.starts[here[0] : here[-1] + 2] - first,
            rows.terms[first:last],
            rows.values[first:last],
            rows.counts[first:last],
        )
        alone = boilerplate_views(FIRST[here], part, shapes[here], Context(ARTICLES[here]))
        np.testing.assert_allclose(alone, whole[here], atol=1e-12)


def test_nothing_has_no_views():
    nothing = Rows(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))
    context = Context(np.zeros(0, np.int64))
    assert boilerplate_views(np.zeros(0), nothing, np.zeros((0, len(NAMES))), context).shape == (
        0,
        len(BOILERPLATE_VIEWS),
    )
