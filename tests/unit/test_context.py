"""Context: neighbours, head, mean and maximum, each against a loop over the articles."""

import numpy as np
import pytest

from tagger.context import Context

ARTICLES = np.array([0, 0, 0, 2, 3, 3, 3, 3, 3, 7])
"""Articles 1, 4, 5 and 6 have no paragraphs."""


@pytest.fixture(params=[(), (3,), (2, 4)], ids=["vector", "matrix", "cube"])
def values(request):
    return np.random.default_rng(1).normal(size=(len(ARTICLES), *request.param))


def parts():
    """The paragraphs of each article, by number."""
    return [[row for row, found in enumerate(ARTICLES) if found == article] for article in sorted(set(ARTICLES))]


def expected(values, of_article):
    """``of_article`` gets an article's values and a place in it, and says what is read there."""
    result = np.zeros_like(values)
    for rows in parts():
        for place, row in enumerate(rows):
            result[row] = of_article(values[rows], place)
    return result


def test_articles_are_found_by_their_numbers():
    context = Context(ARTICLES)
    assert context.starts.tolist() == [0, 3, 4, 9]
    assert context.sizes.tolist() == [3, 1, 5, 1]
    assert context.group.tolist() == [0, 0, 0, 1, 2, 2, 2, 2, 2, 3]
    assert context.places.tolist() == [0, 1, 2, 0, 0, 1, 2, 3, 4, 0]


@pytest.mark.parametrize("by", [-12, -5, -2, -1, 0, 1, 2, 4, 10])
def test_shifted_reads_the_neighbour_of_the_same_article_or_nothing(values, by):
    def neighbour(part, place):
        return part[place + by] if 0 <= place + by < len(part) else np.zeros_like(part[0])

    np.testing.assert_array_equal(Context(ARTICLES).shifted(values, by), expected(values, neighbour))


def test_head_is_half_the_sum_of_the_first_two(values):
    found = Context(ARTICLES).head(values)
    np.testing.assert_allclose(found, expected(values, lambda part, _: part[:2].sum(axis=0) / 2), atol=1e-15)


def test_mean_is_that_of_the_article(values):
    found = Context(ARTICLES).mean(values)
    np.testing.assert_allclose(found, expected(values, lambda part, _: sum(part) / len(part)), atol=1e-15)


def test_maximum_is_that_of_the_article_column_by_column(values):
    found = Context(ARTICLES).maximum(values)
    np.testing.assert_array_equal(found, expected(values, lambda part, _: part.max(axis=0)))


@pytest.mark.parametrize("backwards", [False, True])
def test_the_running_minimum_begins_anew_in_every_article(backwards):
    values = np.random.default_rng(2).integers(-3, 3, len(ARTICLES)).astype(float)

    def least(part, place):
        return min(part[place:] if backwards else part[: place + 1])

    found = Context(ARTICLES).running_minimum(values, backwards)
    np.testing.assert_array_equal(found, expected(values, least))


@pytest.mark.parametrize("name", ["head", "mean", "maximum"])
def test_a_lone_paragraph_is_its_own_article(name):
    found = getattr(Context(np.array([5])), name)(np.array([[4.0, -2.0]]))
    assert found.tolist() == ([[2.0, -1.0]] if name == "head" else [[4.0, -2.0]])


@pytest.mark.parametrize("shape", [(0,), (0, 3)])
def test_nothing_has_no_context(shape):
    context, nothing = Context(np.array([], np.int64)), np.zeros(shape)
    for found in (context.shifted(nothing, 1), context.head(nothing), context.mean(nothing), context.maximum(nothing)):
        assert found.shape == shape
    assert context.sizes.tolist() == []


def test_maps_leave_what_they_read_as_it_was(values):
    before = values.copy()
    context = Context(ARTICLES)
    for found in (context.shifted(values, 1), context.head(values), context.mean(values), context.maximum(values)):
        found += 1
    np.testing.assert_array_equal(values, before)


def test_head_of_whole_numbers_is_not_cut_to_whole_numbers():
    assert Context(np.array([0, 0])).head(np.array([1, 2])).tolist() == [1.5, 1.5]
