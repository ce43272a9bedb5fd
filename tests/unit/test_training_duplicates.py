"""Near-duplicates: groups are those that comparing all pairs gives."""

from itertools import combinations

import numpy as np
import pytest

from tagger.training.corpus import Corpus
from tagger.training.duplicates import groups
from tagger.training.records import LabelledArticle


def corpus(*texts, chrome=()):
    """An article of each text, with paragraphs of page chrome after it."""
    flags = (False, *[True] * len(chrome))
    return Corpus(
        tuple(LabelledArticle("", "", (text, *chrome), (frozenset(),) * len(flags), flags, "") for text in texts),
        ("a",),
        {},
    )


def shingles(text):
    words = [*text.split(), *[""] * 4]
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def by_all_pairs(texts):
    sets, group = [shingles(text) for text in texts], list(range(len(texts)))
    for one, other in combinations(range(len(texts)), 2):
        if len(sets[one] & sets[other]) >= 0.5 * len(sets[one] | sets[other]):
            low, high = sorted((group[one], group[other]))
            group = [low if number == high else number for number in group]
    return group


@pytest.mark.parametrize("random_state", range(6))
def test_groups_are_those_of_comparing_all_pairs(random_state):
    """Chains of texts, each made from an earlier one by changing some words: similarities all around one half."""
    random = np.random.default_rng(random_state)
    letters = np.array(list("абвгджзклмнпрст"))
    texts = [" ".join("".join(random.choice(letters, 2)) for _ in range(30)) for _ in range(8)]
    for _ in range(60):
        words = texts[random.integers(len(texts))].split()
        words += ["".join(random.choice(letters, 2)) for _ in range(random.integers(0, 12))]
        for place in random.integers(0, len(words), random.integers(0, 5)):
            words[place] = "".join(random.choice(letters, 2))
        texts.append(" ".join(words))
    expected = by_all_pairs(texts)
    assert 10 < len(set(expected)) < len(texts) - 5
    assert groups(corpus(*texts)).tolist() == expected


def test_page_chrome_makes_no_near_duplicates():
    menu = ("Главная Новости Политика Экономика Общество Спорт Погода Контакты О редакции Реклама на сайте",)
    assert groups(corpus("Завод открыли", "Премию вручили", chrome=menu)).tolist() == [0, 1]


def test_case_stress_marks_and_line_ends_do_not_hide_a_reprint():
    text = "В Туле вручили премию лучшим сварщикам оружейного завода"
    odd = text.upper().replace("Е", "Е\u0301", 1).replace(" ", "\u00a0")
    assert groups(corpus("Дождь", text, "Снег", odd)).tolist() == [0, 1, 2, 1]


def test_texts_without_words_and_an_empty_corpus():
    assert groups(corpus("…", "!", "…")).tolist() == [0, 1, 2]
    assert groups(corpus()).tolist() == []
