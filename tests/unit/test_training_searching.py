"""Searching: in time, in an order that does not depend on it, and never worse than what was given."""

import time
from dataclasses import replace

import pytest

from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.preparing import prepare
from tagger.training.searching import GRID, candidates, search

GIVEN = Configuration(folds=3)
FIXED = ("inverse_penalty", "joint_inverse_penalty", "min_df", "pair_min_df")


@pytest.fixture(scope="module")
def prepared(tiny_corpus_path):
    return prepare([tiny_corpus_path], None, GIVEN)


def test_the_given_configuration_comes_first_and_every_other_one_once():
    found = list(candidates(GIVEN, ()))
    assert found[0] == GIVEN
    assert len(found) == len(set(found)) == 3 * 3 * 3 * 2 * 2
    assert {getattr(found[5], name) in values for name, values in GRID.items()} == {True}
    assert list(candidates(GIVEN, ())) == found
    assert list(candidates(replace(GIVEN, random_state=1), ()))[1:] != found[1:]


def test_what_the_user_set_is_not_varied():
    odd = replace(GIVEN, min_df=7, inverse_penalty=9.0)
    found = list(candidates(odd, ("min_df", "inverse_penalty", "conflicts")))
    assert len(found) == 3 * 2 * 2
    assert {(one.min_df, one.inverse_penalty) for one in found} == {(7, 9.0)}


def test_trials_come_best_first_and_are_those_of_the_order(prepared):
    told = []
    found = search(prepared, GIVEN, FIXED, 600.0, told.append)
    assert sorted(told, key=lambda trial: -trial.value) == found
    assert [trial.configuration for trial in told] == list(candidates(GIVEN, FIXED))
    assert len(told) == 2
    assert found[0].value >= told[0].value == pytest.approx((told[0].paragraph + told[0].article) / 2)


def test_the_first_trial_is_made_however_short_the_time(prepared):
    assert [trial.configuration for trial in search(prepared, GIVEN, (), 0.001, lambda _: None)] == [GIVEN]


def test_no_trial_is_begun_that_would_not_end_in_time(prepared):
    begin = time.monotonic()
    found = search(prepared, GIVEN, (), 1.5, lambda _: None)
    longest = max(trial.seconds for trial in found)
    assert time.monotonic() - begin < 1.5 + longest
    assert len(found) < 108


def test_settings_that_cannot_be_trained_with_lose(prepared, monkeypatch):
    monkeypatch.setitem(GRID, "min_df", (2, 1000))
    fixed = [name for name in GRID if name != "min_df"]
    good, bad = search(prepared, GIVEN, fixed, 60.0, lambda _: None)
    assert (good.configuration.min_df, bad.configuration.min_df) == (2, 1000)
    assert "empty vocabulary" in bad.fault
    with pytest.raises(TrainingDataError, match="empty vocabulary"):
        search(prepared, replace(GIVEN, min_df=1000), ("min_df",), 60.0, lambda _: None)
