"""Guesses: lemmas of words that the dictionary does not have, the same as pymorphy3's."""

import pymorphy3
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tagger.guessing import Guesser
from tagger.lemmas import analyzer

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
ENDINGS = ["ами", "вать", "ейшего", "ирующихся", "ого", "ость", "овская", "ться", "ция", "ыми", "ённый", "ете", "к", ""]
BEGINNINGS = ["", "по", "наи", "супер", "псевдо", "не", "экс", "нано"]


@pytest.fixture(scope="module")
def reference():
    return pymorphy3.MorphAnalyzer()


@pytest.fixture(scope="module")
def guesser():
    return Guesser(analyzer())


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("байткодами", "байткод"),  # a word of the dictionary behind an unknown prefix
        ("псевдокошками", "псевдокошка"),  # a known prefix
        ("бутявкал", "бутявкать"),  # a known ending
        ("ъ", "ъ"),
    ],
)
def test_words_of_each_kind(guesser, word, lemma):
    assert guesser.lemma(word) == lemma


@given(st.sampled_from(BEGINNINGS), st.text(LETTERS, max_size=8), st.sampled_from(ENDINGS))
@settings(max_examples=1500, deadline=None)
def test_a_word_that_is_not_in_the_dictionary_has_the_lemma_of_its_first_parse(
    reference, guesser, beginning, middle, ending
):
    word = beginning + middle + ending
    assume(word and not reference.word_is_known(word))
    assert guesser.lemma(word) == reference.parse(word)[0].normal_form


def test_parses_of_such_words_have_no_probabilities_that_would_reorder_them(reference):
    counted = {key.partition(":")[0] for key in reference.prob_estimator.p_t_given_w.keys()}  # noqa: SIM118 # no mapping
    words = [word for word in counted if not word.isascii() and "ё" not in word]
    assert len(words) > 40_000
    assert [word for word in words if not reference.word_is_known(word)] == []
