"""Decision: probabilities, thresholds and review bands, by hand."""

import math
import warnings

import numpy as np
import pytest

from tagger.decision import Decision


@pytest.fixture
def decision():
    rows = [[1.0, 2.0, -1.0], [0.0, -1.0, 0.5], [0.5, 0.8, 0.3], [0.25, 0.8, 0.1], [0.75, 0.9, 0.6]]
    return Decision(*np.array(rows))


def test_probabilities_are_platts(decision):
    scores = np.array([[0.0, 0.5, 0.5], [3.0, -2.0, 1.0]])
    expected = [
        [1 / (1 + math.exp(-value)) for value in (0.0, 2 * 0.5 - 1, -0.5 + 0.5)],
        [1 / (1 + math.exp(-value)) for value in (3.0, 2 * -2 - 1, -1 + 0.5)],
    ]
    np.testing.assert_allclose(decision.probabilities(scores), expected, rtol=1e-14)


def test_scores_out_of_all_bounds_give_probabilities_without_a_warning(decision):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = decision.probabilities(np.array([[1e9, 1e9, -1e9], [-1e9, -math.inf, 1e9]]))
    assert found[0] == pytest.approx([1, 1, 1])
    assert found[1] == pytest.approx([0, 0, 0], abs=1e-100)


def test_a_label_is_given_from_its_threshold_on(decision):
    at = np.array([[0.0, (math.log(4) + 1) / 2, 0.5 - math.log(3 / 7)]])
    assert decision.given(at + np.array([1e-9, 1e-9, -1e-9])).tolist() == [[True, True, True]]
    assert decision.given(at - np.array([1e-9, 1e-9, -1e-9])).tolist() == [[False, False, False]]
    assert decision.given(np.array([[0.0, -9.0, 9.0]])).tolist() == [[True, False, False]]


def test_the_review_band_holds_its_lower_end_only(decision):
    probabilities = np.array([[0.25, 0.8, 0.6], [0.75, 0.9, 0.1], [0.2499, 0.8999, 0.5999]])
    assert decision.needs_review(probabilities).tolist() == [
        [True, True, False],
        [False, False, True],
        [False, True, True],
    ]


def test_an_empty_band_asks_for_no_review():
    closed = Decision(*np.array([[1.0], [0.0], [0.5], [0.5], [0.5]]))
    assert not closed.needs_review(np.array([[0.0], [0.49], [0.5], [0.51], [1.0]])).any()


def test_any_shape_is_kept(decision):
    scores = np.zeros((2, 4, 3))
    assert decision.probabilities(scores).shape == decision.given(scores).shape == (2, 4, 3)
    assert decision.probabilities(np.zeros((0, 3))).shape == (0, 3)
