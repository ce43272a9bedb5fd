"""Reprints: what a site changes in a text it takes over does not hide it, and other news stays apart."""

import random
from itertools import product

import pytest

from tagger import Tagger
from tagger.cli.reports.reprints import Reprints

WORDS = ["".join(parts) for parts in product("бвгдклмн", "аоуи", "рстп", "аоу")]


@pytest.fixture(scope="module")
def groups_of(tiny_model):
    tagger = Tagger(tiny_model)

    def call(*texts):
        reprints = Reprints()
        for answer in tagger.predict_many(texts):
            reprints.add(answer)
        return reprints.groups()

    return call


def news(state, length=120):
    return " ".join(random.Random(state).choices(WORDS, k=length)) + "."


def test_copies_with_a_new_beginning_or_other_spelling_are_reprints(groups_of):
    text = news(1)
    changed = [f"Как сообщает агентство, {text}", text.upper(), text.replace(" ", "\n", 3), f"{text} Фото: архив."]
    assert groups_of(news(2), text, news(3), *changed) == [0, 1, 2, 1, 1, 1, 1]


def test_other_news_is_none(groups_of):
    assert groups_of(*[news(number) for number in range(30)]) == list(range(30))


def test_a_third_of_the_words_in_common_is_not_enough(groups_of):
    common = news(1, 60)
    assert groups_of(f"{common} {news(2, 120)}", f"{common} {news(3, 120)}") == [0, 1]


def test_reprints_of_reprints_are_one_group_whatever_their_order(groups_of):
    one, middle, other = (" ".join(news(5, 200).split()[begin : begin + 120]) for begin in (0, 30, 60))
    assert groups_of(one, other) == [0, 1]
    assert groups_of(one, other, middle) == [0, 0, 0]


@pytest.mark.parametrize("texts", [[], [""], ["а", "а"], ["", ""]])
def test_hardly_any_text_is_no_bug(groups_of, texts):
    assert len(groups_of(*texts)) == len(texts)
