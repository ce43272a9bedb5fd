"""The learning curve: growing shares, judged by articles that none of them has."""

from dataclasses import replace

import pytest

from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.curves import SHARES, learning_curve
from tagger.training.preparing import prepare


@pytest.fixture(scope="module")
def prepared(tiny_corpus_path):
    return prepare([tiny_corpus_path], None, Configuration())


def test_shares_grow_to_all_that_is_not_held_out(prepared):
    points = learning_curve(prepared, Configuration(folds=2), 0, lambda _: None)
    held_out = points[-1].evaluation.n_articles
    whole = len(prepared.corpus) - held_out
    assert 0 < held_out < whole
    assert [point.articles for point in points] == [round(share * whole) for share in SHARES]


def test_a_share_that_cannot_be_trained_on_has_no_figures(prepared):
    """A quarter of the miniatures is too little for five folds."""
    points = learning_curve(prepared, Configuration(), 0, lambda _: None)
    assert points[0].evaluation is None
    assert points[-1].evaluation is not None


def test_too_little_altogether_is_refused(prepared):
    few = replace(prepared, corpus=replace(prepared.corpus, articles=prepared.corpus.articles[:6]))
    with pytest.raises(TrainingDataError):
        learning_curve(few, Configuration(), 0, lambda _: None)
