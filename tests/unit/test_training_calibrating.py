"""Calibrating: Platt's optimum, the threshold from the best F1 of all cuts, the review band by counting."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.metrics import f1_score

from tagger.training import calibrating
from tagger.training.calibrating import TRUSTED, learn_decision, review_band, threshold_for_f1


@pytest.fixture(params=range(8))
def random(request):
    return np.random.default_rng(request.param)


def sample(random, size=300, slope=2.0):
    """Scores and labels that follow a logistic curve."""
    scores = random.normal(size=size)
    return scores, random.random(size) < 1 / (1 + np.exp(-(slope * scores - 0.5)))


def best_f1(probabilities, gold):
    cuts = [-1, *((a + b) / 2 for a, b in pairwise(sorted(set(probabilities.tolist())))), 2]
    return max(f1_score(gold, probabilities >= cut, zero_division=0) for cut in cuts)


def test_the_threshold_is_half_of_the_best_f1_of_all_cuts(random):
    scores, gold = sample(random, 60)
    probabilities = 1 / (1 + np.exp(-scores))
    for values in (probabilities, probabilities.round(1)):
        assert threshold_for_f1(values, gold) == pytest.approx(best_f1(values, gold) / 2)


def test_on_calibrated_probabilities_no_other_threshold_is_much_better(random):
    probabilities = random.random(200_000) ** 2
    gold = random.random(len(probabilities)) < probabilities
    found = f1_score(gold, probabilities >= threshold_for_f1(probabilities, gold))
    assert found > max(f1_score(gold, probabilities >= cut) for cut in np.arange(0.05, 1, 0.05)) - 0.002


@pytest.mark.parametrize(
    ("probabilities", "gold", "expected"),
    [
        ([0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0], 0.5),
        ([0.1, 0.9, 0.3, 0.8], [0, 1, 1, 0], 0.4),
        ([0.9, 0.8, 0.4], [1, 1, 1], 0.5),
        ([0.5, 0.5, 0.5, 0.1], [1, 0, 0, 0], 0.25),
    ],
)
def test_equal_probabilities_are_not_cut_apart(probabilities, gold, expected):
    assert threshold_for_f1(np.array(probabilities), np.array(gold, bool)) == pytest.approx(expected)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8])
def test_the_review_band_is_the_narrowest_that_can_be_trusted(random, threshold):
    scores, gold = sample(random, 400, slope=4.0)
    probabilities = 1 / (1 + np.exp(-4 * scores))
    low, high = review_band(probabilities, gold, threshold)

    def trusted(share):
        outside = [
            (p >= threshold) == g
            for p, g in zip(probabilities, gold, strict=True)
            if p <= threshold * (1 - share) + 1e-12 or p >= threshold + (1 - threshold) * share - 1e-12
        ]
        return bool(outside) and sum(outside) >= TRUSTED * len(outside)

    share = (high - threshold) / (1 - threshold)
    assert low == pytest.approx(threshold * (1 - share))
    assert trusted(share)
    narrower = [
        (p - threshold) / (1 - threshold) if p >= threshold else (threshold - p) / threshold for p in probabilities
    ]
    assert not any(trusted(other) for other in narrower if other < share - 1e-9)


def test_labels_that_separate_need_no_review_but_at_the_edges():
    probabilities, gold = np.array([0.1, 0.2, 0.8, 0.9]), np.array([False, False, True, True])
    assert review_band(probabilities, gold, 0.5) == (0.2, 0.8)


def test_labels_that_do_not_separate_are_reviewed_always():
    probabilities, gold = np.array([0.1, 0.2, 0.8, 0.9]), np.array([True, False, True, False])
    assert review_band(probabilities, gold, 0.5) == (0.0, 1.0)


def test_the_band_holds_the_threshold(random):
    scores, gold = sample(random, 40)
    probabilities = 1 / (1 + np.exp(-scores))
    for threshold in (0.01, 0.5, 0.99):
        low, high = review_band(probabilities, gold, threshold)
        assert low <= threshold <= high


def test_calibration_is_the_optimum_of_the_logistic_likelihood(random):
    """At the optimum the residuals sum to zero, alone and weighted with the scores."""
    scores, gold = sample(random)
    decision = learn_decision(scores[:, None], gold[:, None], np.ones((len(gold), 1), bool))
    residuals = decision.probabilities(scores[:, None])[:, 0] - gold
    assert residuals.mean() == pytest.approx(0, abs=1e-3)
    assert (residuals * scores).mean() == pytest.approx(0, abs=1e-3)


def test_columns_are_learnt_each_on_its_own(random):
    (one, gold_one), (two, gold_two) = sample(random), sample(random, slope=1.0)
    both = learn_decision(
        np.stack([one, two], axis=1), np.stack([gold_one, gold_two], axis=1), np.ones((len(one), 2), bool)
    )
    for column, (scores, gold) in enumerate(((one, gold_one), (two, gold_two))):
        alone = learn_decision(scores[:, None], gold[:, None], np.ones((len(gold), 1), bool))
        for name in ("slope", "offset", "threshold", "review_low", "review_high"):
            assert getattr(both, name)[column] == getattr(alone, name)[0]


@pytest.mark.parametrize("decimals", [2, 4])
def test_all_numbers_are_rounded(random, decimals, monkeypatch):
    scores, gold = sample(random)
    monkeypatch.setattr(calibrating, "DECIMALS", decimals)
    decision = learn_decision(scores[:, None], gold[:, None], np.ones((len(gold), 1), bool))
    for name in ("slope", "offset", "threshold", "review_low", "review_high"):
        value = float(getattr(decision, name)[0])
        assert value == round(value, decimals)


def test_the_learnt_threshold_is_that_of_the_calibrated_probabilities(random, monkeypatch):
    scores, gold = sample(random, 120)
    monkeypatch.setattr(calibrating, "DECIMALS", 12)
    decision = learn_decision(scores[:, None], gold[:, None], np.ones((len(gold), 1), bool))
    assert decision.threshold[0] == pytest.approx(best_f1(decision.probabilities(scores[:, None])[:, 0], gold) / 2)


def test_what_is_not_known_does_not_count(random):
    scores, gold = sample(random)
    known = np.arange(len(gold)) % 3 > 0
    all_of_some = learn_decision(scores[known, None], gold[known, None], np.ones((known.sum(), 1), bool))
    some_of_all = learn_decision(scores[:, None], (gold ^ ~known)[:, None], known[:, None])
    for name in ("slope", "offset", "threshold", "review_low", "review_high"):
        assert getattr(some_of_all, name)[0] == getattr(all_of_some, name)[0]
