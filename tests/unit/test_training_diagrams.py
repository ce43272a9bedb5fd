"""Diagrams: points that scikit-learn gives too, and a confusion counted by hand."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import precision_recall_curve as reference

from tagger.training import diagrams
from tagger.training.diagrams import confusion, precision_recall_curve, reliability


@pytest.fixture
def case():
    random = np.random.default_rng(5)
    probabilities = random.random(150).round(2)  # with ties
    return probabilities, random.random(150) < probabilities


def test_the_curve_is_scikit_learns(case):
    precision, recall, _ = reference(case[1], case[0])
    # The reference goes from the lowest threshold on, ends with a point of no item, and stops at full recall.
    expected = np.column_stack([recall, precision])[-2::-1]
    assert np.array(precision_recall_curve(*case))[: len(expected)] == pytest.approx(expected)


def test_a_long_curve_is_thinned_and_keeps_its_ends(monkeypatch, case):
    whole = precision_recall_curve(*case)
    monkeypatch.setattr(diagrams, "POINTS", 10)
    thin = precision_recall_curve(*case)
    assert (len(thin), thin[0], thin[-1]) == (10, whole[0], whole[-1])
    assert set(thin) <= set(whole)


def test_without_gold_there_is_no_curve():
    assert precision_recall_curve(np.array([0.1, 0.9]), np.zeros(2, bool)) == []


def test_reliability_is_scikit_learns(case):
    probabilities = case[0] * 0.97 + 0.0123  # off the bins' bounds, which belong to the other side there
    share, probability = calibration_curve(case[1], probabilities, n_bins=10)
    bins = reliability(probabilities, case[1])
    assert [part.share for part in bins] == pytest.approx(share)
    assert [part.probability for part in bins] == pytest.approx(probability)
    assert sum(part.size for part in bins) == 150


def test_reliability_of_certainties_and_of_nothing():
    assert reliability(np.array([0.0, 1.0, 1.0]), np.array([False, True, False])) == [(0, 0, 1), (1, 0.5, 2)]
    assert reliability(np.zeros(0), np.zeros(0, bool)) == []


@pytest.mark.parametrize(
    ("gold", "given", "cells"),
    [
        ([1, 0], [1, 0], {(0, 0): 1}),
        ([1, 0], [0, 1], {(0, 1): 1}),
        ([1, 0], [0, 0], {(0, 2): 1}),
        ([0, 0], [0, 1], {(2, 1): 1}),
        ([1, 0], [1, 1], {(0, 0): 1, (2, 1): 1}),
        ([1, 1], [0, 1], {(0, 2): 1, (1, 1): 1}),
        ([0, 0], [0, 0], {}),
    ],
)
def test_confusion_of_one_item(gold, given, cells):
    matrix = confusion(np.array([given], bool), np.array([gold], bool))
    assert {tuple(map(int, place)): int(matrix[tuple(place)]) for place in np.argwhere(matrix)} == cells


def test_confusion_of_many_is_the_sum():
    random = np.random.default_rng(3)
    given, gold = random.random((40, 3)) < 0.4, random.random((40, 3)) < 0.4
    parts = [confusion(given[[row]], gold[[row]]) for row in range(40)]
    assert (confusion(given, gold) == sum(parts)).all()
