"""Metrics, compared with scikit-learn's and with loops."""

import math

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score

from tagger.training.metrics import (
    Counts,
    average_precision,
    bootstrap_weights,
    calibration_error,
    f1,
    interval,
    macro_average,
    resampled_f1,
)


@pytest.fixture(params=range(5))
def random(request):
    return np.random.default_rng(request.param)


def test_f1_is_scikit_learns(random):
    given, gold = random.random((2, 60, 3)) < 0.3
    hits = (given & gold).sum(axis=0)
    found = f1(hits, given.sum(axis=0), gold.sum(axis=0))
    np.testing.assert_allclose(found, f1_score(gold, given, average=None, zero_division=0), rtol=1e-14)


@pytest.mark.parametrize(
    ("hits", "given", "present", "expected"),
    [(0, 0, 0, 0), (0, 3, 0, 0), (0, 0, 3, 0), (3, 3, 3, 1), (1, 2, 2, 0.5), (2, 4, 3, 4 / 7)],
)
def test_f1_by_hand(hits, given, present, expected):
    assert float(f1(hits, given, present)) == pytest.approx(expected)


def test_average_precision_is_scikit_learns(random):
    gold = random.random(80) < 0.3
    for probabilities in (random.random(80), random.random(80).round(1), np.full(80, 0.5), gold * 1.0, 1 - gold):
        expected = average_precision_score(gold, probabilities)
        assert average_precision(probabilities, gold) == pytest.approx(expected, abs=1e-12)


def test_average_precision_by_hand():
    gold = np.array([True, False, True, False])
    assert average_precision(np.array([0.9, 0.8, 0.7, 0.1]), gold) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.array([0.9, 0.9, 0.1, 0.1]), gold) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_average_precision_of_a_label_that_never_occurs_is_no_number():
    assert math.isnan(average_precision(np.array([0.1, 0.9]), np.array([False, False])))


def test_calibration_error_is_the_mean_gap_over_bins(random):
    probabilities, gold = random.random(200), random.random(200) < 0.5
    expected = 0.0
    for number in range(10):
        inside = [row for row in range(200) if number / 10 <= probabilities[row] < (number + 1) / 10]
        if inside:
            gap = np.mean(probabilities[inside]) - np.mean(gold[inside])
            expected += len(inside) / 200 * abs(gap)
    assert calibration_error(probabilities, gold) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("probabilities", "gold", "expected"),
    [
        ([1.0, 0.0], [True, False], 0),
        ([1.0, 0.0], [False, True], 1),
        ([0.75, 0.72, 0.78, 0.75], [True, True, True, False], 0),
        ([0.95, 0.05], [True, True], 0.5),
        ([], [], 0),
    ],
)
def test_calibration_error_by_hand(probabilities, gold, expected):
    assert calibration_error(np.array(probabilities), np.array(gold, bool)) == pytest.approx(expected)


def test_counts_are_made_article_by_article(random):
    given, gold = random.random((2, 30, 2)) < 0.4
    articles = np.sort(random.integers(0, 6, 30))
    counts = Counts.by_article(given, gold, articles, 7)
    for article in range(7):
        rows = [row for row in range(30) if articles[row] == article]
        for label in range(2):
            assert counts.hits[article, label] == sum(given[row, label] and gold[row, label] for row in rows)
            assert counts.given[article, label] == sum(given[row, label] for row in rows)
            assert counts.present[article, label] == sum(gold[row, label] for row in rows)


def test_sums_repeat_articles_as_often_as_they_are_drawn():
    counts = Counts(np.array([[1], [2]]), np.array([[3], [4]]), np.array([[5], [6]]))
    hits, given, present = counts.sums(np.array([[1, 1], [2, 0], [0, 3]]))
    assert hits.tolist() == [[3], [2], [6]]
    assert given.tolist() == [[7], [6], [12]]
    assert present.tolist() == [[11], [10], [18]]


def test_resamplings_draw_as_many_as_there_are_and_each_equally_often():
    weights = bootstrap_weights(20, 4000, 1)
    assert weights.shape == (4000, 20)
    assert (weights.sum(axis=1) == 20).all()
    np.testing.assert_allclose(weights.mean(axis=0), 1, atol=0.1)
    assert (weights == 0).mean() == pytest.approx((1 - 1 / 20) ** 20, abs=0.02)


def test_resamplings_are_the_same_for_the_same_random_state():
    assert (bootstrap_weights(5, 10, 3) == bootstrap_weights(5, 10, 3)).all()
    assert (bootstrap_weights(5, 10, 3) != bootstrap_weights(5, 10, 4)).any()


def test_an_interval_leaves_out_equal_tails():
    values = np.random.default_rng(0).permutation(np.arange(1001.0))
    assert interval(values) == pytest.approx((25, 975))


def test_an_interval_leaves_out_what_is_no_number():
    values = np.append(np.arange(1001.0), [math.nan] * 500)
    assert interval(values) == pytest.approx((25, 975))
    assert interval(np.array([math.nan])) == (0, 0)


def test_a_resampling_without_the_label_has_no_f1():
    hits, given, present = np.array([[0, 1], [0, 0]]), np.array([[3, 2], [0, 0]]), np.array([[0, 2], [4, 0]])
    np.testing.assert_array_equal(resampled_f1(hits, given, present), [[math.nan, 0.5], [0, math.nan]])


def test_a_macro_average_is_the_mean_over_the_labels_that_are_there():
    values = np.array([[0.5, 1, math.nan], [0.2, math.nan, math.nan], [math.nan] * 3])
    np.testing.assert_array_equal(macro_average(values), [0.75, 0.2, math.nan])


def test_f1_samples_are_those_of_the_labels_their_macro_and_their_micro_average(random):
    counts = Counts(*(random.integers(least, 4, (6, 2)) for least in (0, 0, 1)))
    weights = bootstrap_weights(6, 20, 2)
    samples = counts.f1_samples(weights)
    assert samples.shape == (20, 4)
    for weight, (one, two, macro, micro) in zip(weights, samples, strict=True):
        hits, given, present = (weight @ total for total in (counts.hits, counts.given, counts.present))
        assert (one, two) == pytest.approx(tuple(2 * hits / (given + present)))
        assert macro == pytest.approx((one + two) / 2)
        assert micro == pytest.approx(2 * hits.sum() / (given.sum() + present.sum()))
