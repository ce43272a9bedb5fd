"""Parity: the scorer passes when it agrees with scikit-learn, and is refused when it does not."""

from dataclasses import replace

import numpy as np
import pytest

from tagger.article import Article
from tagger.errors import TaggerError
from tagger.training.parity import TOLERANCE, ParityError, check_parity
from tagger.vocabulary import Vocabulary


@pytest.fixture
def articles(texts):
    return [Article.from_text(text) for text in texts]


@pytest.mark.parametrize("name", ["tiny_model", "wild_model"])
def test_the_scorer_agrees_with_scikit_learn(request, name, articles):
    assert 0 <= check_parity(request.getfixturevalue(name), articles) < TOLERANCE


def test_texts_of_unknown_words_agree_in_nothing(tiny_model):
    assert check_parity(tiny_model, [Article.from_text("Кракозябра.\n!!!")]) == 0


class WithoutPairs(Vocabulary):
    """Finds no pair where scikit-learn's dictionary finds them."""

    def pair_terms(self, first, second):
        return np.full(len(first), -1)


def test_a_scorer_that_finds_other_pairs_is_refused(tiny_model, articles):
    vocabulary = tiny_model.vocabulary
    broken = WithoutPairs(vocabulary.lemmas, vocabulary.pairs, vocabulary.idf)
    with pytest.raises(ParityError, match="differ from scikit-learn's by"):
        check_parity(replace(tiny_model, vocabulary=broken), articles)


def test_the_error_is_of_the_one_tree():
    assert issubclass(ParityError, TaggerError)
