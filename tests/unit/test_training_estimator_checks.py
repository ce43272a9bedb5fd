"""The estimator by scikit-learn's own rules: the checks that apply to texts, and why the others do not."""

import warnings

import pytest
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import parametrize_with_checks

from tagger.training.estimator import EventTagger

APPLY = (
    "check_estimator_cloneable",
    "check_estimator_tags_renamed",
    "check_valid_tag_types",
    "check_estimator_repr",
    "check_no_attributes_set_in_init",
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_mixin_order",
    "check_parameters_default_constructible",
    "check_get_params_invariance",
    "check_set_params",
    "check_estimators_unfitted",
    "check_estimator_sparse_tag",
)
NUMBERS = "fits a matrix of numbers, we take texts"
INAPPLICABLE = {
    "check_fit_score_takes_y": NUMBERS,
    "check_estimators_overwrite_params": NUMBERS,
    "check_dont_overwrite_parameters": NUMBERS,
    "check_dont_overwrite_attributes": NUMBERS,
    "check_estimators_fit_returns_self": NUMBERS,
    "check_readonly_memmap_input": NUMBERS,
    "check_estimators_dtypes": NUMBERS,
    "check_estimators_pickle": NUMBERS,
    "check_f_contiguous_array_estimator": NUMBERS,
    "check_complex_data": NUMBERS,
    "check_dtype_object": NUMBERS,
    "check_estimators_empty_data_messages": NUMBERS,
    "check_estimators_nan_inf": NUMBERS,
    "check_pipeline_consistency": NUMBERS,
    "check_estimator_sparse_array": NUMBERS,
    "check_estimator_sparse_matrix": NUMBERS,
    "check_n_features_in_after_fitting": "texts have no number of features",
    "check_n_features_in": "texts have no number of features",
    "check_positive_only_tag_during_fit": NUMBERS,
    "check_sample_weights": "no sample weights",
    "check_methods_sample_order_invariance": NUMBERS,
    "check_methods_subset_invariance": NUMBERS,
    "check_dict_unchanged": NUMBERS,
    "check_fit_idempotent": NUMBERS,
    "check_fit_check_is_fitted": NUMBERS,
    "check_array_api_input": NUMBERS,
    "check_fit1d": NUMBERS,
    "check_fit2d_1sample": NUMBERS,
    "check_fit2d_1feature": NUMBERS,
    "check_fit2d_predict1d": NUMBERS,
    "check_requires_y_none": NUMBERS,
}
"""For each of those that fit numbers and mean something for texts there is a test on texts in test_training_estimator.py."""


@parametrize_with_checks([EventTagger()])
def test_scikit_learns_checks_of_an_estimator_of_texts(estimator, check):
    """What scikit-learn runs by itself on an estimator that says it takes texts."""
    check(estimator)


@pytest.mark.parametrize("name", APPLY)
def test_scikit_learns_checks_that_apply(name):
    check = getattr(estimator_checks, name, None)
    if check is None:
        pytest.skip(f"this scikit-learn has no {name}")
    check("EventTagger", EventTagger())


def test_no_check_is_left_out_without_a_reason(monkeypatch):
    """Of those that scikit-learn would run were we an estimator of numbers; those of classifiers are for one label."""
    tags = EventTagger().__sklearn_tags__()
    tags.input_tags.two_d_array = True
    monkeypatch.setattr(EventTagger, "__sklearn_tags__", lambda self: tags)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        checks = list(estimator_checks._yield_all_checks(EventTagger(), legacy=True))
        single = set(map(_name, estimator_checks._yield_classifier_checks(EventTagger())))
    assert {_name(check) for check in checks} - {*APPLY, *INAPPLICABLE} - single == set()


def _name(check):
    return getattr(check, "func", check).__name__
