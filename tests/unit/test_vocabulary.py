"""The vocabulary: terms and their numbers."""

import numpy as np
import pytest

from tagger.vocabulary import Vocabulary


@pytest.fixture
def vocabulary():
    pairs = np.array([[0, 1], [0, 2], [2, 0], [3, 3]], np.int64)
    return Vocabulary(("а", "б", "в", "г"), pairs, np.arange(1.0, 9.0))


def test_terms_are_the_lemmas_and_then_the_pairs(vocabulary):
    assert len(vocabulary) == 8
    names = [vocabulary.name(term) for term in range(8)]
    assert names == ["а", "б", "в", "г", "а б", "а в", "в а", "г г"]


def test_ids_number_the_lemmas(vocabulary):
    assert vocabulary.ids == {"а": 0, "б": 1, "в": 2, "г": 3}


def test_pairs_are_found_by_a_dictionary_and_by_pair_terms_alike(vocabulary):
    known = {(0, 1): 4, (0, 2): 5, (2, 0): 6, (3, 3): 7}
    every = [(a, b) for a in range(-1, 4) for b in range(-1, 4)]
    first, second = np.array(every, np.int64).T
    assert vocabulary.pair_terms(first, second).tolist() == [known.get(pair, -1) for pair in every]


def test_order_in_a_pair_matters(vocabulary):
    assert vocabulary.pair_terms(np.array([0, 1]), np.array([1, 0])).tolist() == [4, -1]


def test_no_tokens_have_no_pairs(vocabulary):
    nothing = np.array([], np.int64)
    assert vocabulary.pair_terms(nothing, nothing).shape == (0,)


def test_a_vocabulary_without_pairs_knows_none():
    alone = Vocabulary(("а", "б"), np.zeros((0, 2), np.int64), np.ones(2))
    assert len(alone) == 2
    assert alone.pair_terms(np.array([0, 1]), np.array([1, 0])).tolist() == [-1, -1]


def test_pairs_of_a_trained_vocabulary_are_found_where_they_stand(tiny_model):
    trained = tiny_model.vocabulary
    first, second = trained.pairs.T
    assert len(trained.pairs) > 5
    assert trained.pair_terms(first, second).tolist() == list(range(len(trained.lemmas), len(trained)))
