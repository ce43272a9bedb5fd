"""Regressions: at the optimum, the weights are what the residuals say."""

from functools import partial

import numpy as np
import pytest
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from tagger.training.configuration import Configuration
from tagger.training.regression import fit_joint, fit_words

N = 120
KNOWN = np.ones((N, 2), bool)


@pytest.fixture
def random():
    return np.random.default_rng(5)


@pytest.fixture
def gold(random):
    return np.stack([random.random(N) < 0.4, np.arange(N) % 3 == 0], axis=1)


@pytest.fixture
def fold_of():
    return np.arange(N) % 4


def logistic(scores):
    return 1 / (1 + np.exp(-scores))


def test_word_weights_are_the_optimum_under_the_penalty(random, gold, fold_of):
    """w = C · Σ (y − p) x for weights and, as liblinear penalises it too, for the intercept."""
    features = random.random((N, 6)) * (random.random((N, 6)) < 0.5)
    columns, _ = fit_words(scipy.sparse.csr_matrix(features), gold, KNOWN, fold_of, Configuration(inverse_penalty=0.7))
    assert columns.coef.shape == (6, 2)
    residuals = gold - logistic(features @ columns.coef + columns.intercept)
    np.testing.assert_allclose(columns.coef, 0.7 * features.T @ residuals, atol=2e-3)
    np.testing.assert_allclose(columns.intercept, 0.7 * residuals.sum(axis=0), atol=2e-3)


def test_joint_weights_are_the_optimum_under_the_penalty(random, gold, fold_of):
    """w = C · Σ (y − p) x; the intercept is free, so its residuals sum to zero."""
    views = random.normal(size=(N, 3, 2))
    columns, _ = fit_joint(
        views, gold, KNOWN, fold_of, Configuration(joint_inverse_penalty=0.2), "joint_inverse_penalty"
    )
    features = views.reshape(N, 6)
    residuals = gold - logistic(features @ columns.coef + columns.intercept)
    np.testing.assert_allclose(columns.coef, 0.2 * features.T @ residuals, atol=1e-4)
    np.testing.assert_allclose(residuals.sum(axis=0), 0, atol=1e-3)


def test_columns_of_the_joint_stage_are_view_by_view(random, gold, fold_of):
    """A view and label that alone tell the answer get the weight."""
    views = random.normal(size=(N, 3, 2)) * 0.01
    views[:, 1, 0] = np.where(gold[:, 1], 2, -2)
    columns, _ = fit_joint(views, gold, KNOWN, fold_of, Configuration(), "joint_inverse_penalty")
    assert np.abs(columns.coef[:, 1]).argmax() == 1 * 2 + 0


@pytest.mark.parametrize("stage", ["words", "joint"])
def test_out_of_fold_scores_are_those_of_models_that_did_not_see_the_fold(random, gold, fold_of, stage):
    features, configuration = random.normal(size=(N, 6)), Configuration()
    if stage == "words":
        _, found = fit_words(scipy.sparse.csr_matrix(features), gold, KNOWN, fold_of, configuration)
        penalty, solver = configuration.inverse_penalty, {"solver": "liblinear", "dual": True, "random_state": 0}
    else:
        _, found = fit_joint(features.reshape(N, 3, 2), gold, KNOWN, fold_of, configuration, "joint_inverse_penalty")
        penalty, solver = configuration.joint_inverse_penalty, {"tol": 1e-8}
    for fold in range(4):
        out, seen = fold_of == fold, fold_of != fold
        for label in range(2):
            alone = LogisticRegression(C=penalty, max_iter=5000, **solver).fit(features[seen], gold[seen, label])
            np.testing.assert_allclose(found[out, label], alone.decision_function(features[out]), atol=1e-3)


def test_labels_of_a_fold_have_no_influence_on_its_own_scores(random, gold, fold_of):
    features, other = scipy.sparse.csr_matrix(random.normal(size=(N, 6))), gold.copy()
    other[fold_of == 2] = ~other[fold_of == 2]
    _, before = fit_words(features, gold, KNOWN, fold_of, Configuration())
    _, after = fit_words(features, other, KNOWN, fold_of, Configuration())
    np.testing.assert_allclose(before[fold_of == 2], after[fold_of == 2], atol=1e-3)
    assert (np.abs(before - after)[fold_of != 2] > 1e-2).all()


def test_the_same_data_give_the_same_bits(random, gold, fold_of):
    features = scipy.sparse.csr_matrix(random.normal(size=(N, 6)))
    fits = [fit_words(features, gold, KNOWN, fold_of, Configuration()) for _ in range(8)]
    for columns, scores in fits[1:]:
        np.testing.assert_array_equal(columns.coef, fits[0][0].coef)
        np.testing.assert_array_equal(scores, fits[0][1])


@pytest.mark.parametrize("fit", [fit_words, partial(fit_joint, penalty="joint_inverse_penalty")])
def test_what_is_not_known_of_a_label_has_no_influence_on_it_and_is_scored_all_the_same(random, gold, fold_of, fit):
    features, known, other = random.normal(size=(N, 6)), KNOWN.copy(), gold.copy()
    known[::3, 0] = False
    other[::3, 0] = ~other[::3, 0]
    given = scipy.sparse.csr_matrix(features) if fit is fit_words else features.reshape(N, 3, 2)
    columns, scores = fit(given, gold, known, fold_of, Configuration())
    again, same = fit(given, other, known, fold_of, Configuration())
    np.testing.assert_array_equal(again.coef, columns.coef)
    np.testing.assert_array_equal(same, scores)
    assert (scores[::3, 0] != 0).all()
    everything, _ = fit(given, gold, KNOWN, fold_of, Configuration())
    np.testing.assert_array_equal(everything.coef[:, 1], columns.coef[:, 1])
    assert np.abs(everything.coef[:, 0] - columns.coef[:, 0]).max() > 0.01
