"""Lemmas: dictionary forms, and the memory of forms met before."""

import pymorphy3
import pytest

import tagger.lemmas
from tagger.lemmas import LONGEST_FORM, FormTable, analyzer, dictionary_version, lemma_of
from tagger.tokens import NUMBER, YEAR


@pytest.fixture(scope="module")
def reference():
    return pymorphy3.MorphAnalyzer()


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("подписали", "подписать"),
        ("соглашения", "соглашение"),
        ("СОГЛАШЕНИЕМ", "соглашение"),
        ("Mосквы", "москва"),
        ("соглаше\u0301нию", "соглашение"),
        ("со\u00adглашений", "соглашение"),
        ("пришёл", "прийти"),
        ("ёлками", "елка"),
        ("елками", "елка"),
        ("2024", YEAR),
        ("3,5", NUMBER),
    ],
)
def test_a_form_in_any_dress_gives_its_dictionary_form(form, lemma):
    assert lemma_of(form) == lemma


def test_lemmas_are_those_of_the_dictionarys_most_probable_parse(reference):
    words = "стали завода рабочих день людей миссию принял законопроектов вузам шёл лучшие бокрёнка telegram".split()
    for word in words:
        assert lemma_of(word) == reference.parse(word.replace("ё", "е"))[0].normal_form.replace("ё", "е")


def test_a_lemma_never_holds_yo(reference):
    for word in ("полёт", "полет", "неё", "счётом", "приём"):
        assert "ё" not in lemma_of(word)


def test_a_word_of_any_length_is_looked_up_by_its_beginning():
    assert lemma_of("ж" * 100_000) == lemma_of("ж" * LONGEST_FORM)


@pytest.mark.xfail(strict=True, raises=ValueError, reason="pymorphy3 asks for the letter's name: one such letter stops a batch")
@pytest.mark.parametrize("word", ["\U00017000", "\U0001862c\U0001862c", "ж\U00017000"])
def test_letters_without_a_unicode_name_are_words_like_others(word):
    assert lemma_of(word) == word


def test_one_analyser_serves_the_process():
    assert analyzer() is analyzer()


def test_the_dictionary_version_is_that_of_the_loaded_dictionary(reference):
    assert dictionary_version() == str(reference.dictionary.meta["source_revision"])


def test_a_form_table_gives_ids_of_known_lemmas_and_minus_one_otherwise():
    table = FormTable({"цех": 0, "завод": 1})
    assert [table[form] for form in ("Завода", "цехам", "цеху", "река", "завод")] == [1, 0, 0, -1, 1]


def test_a_form_is_lemmatised_once():
    asked = []
    table = FormTable({"a": 5}, lambda form: asked.append(form) or form.lower())
    assert [table["A"], table["b"], table["A"], table["b"]] == [5, -1, 5, -1]
    assert asked == ["A", "b"]


def test_the_memory_of_forms_is_bounded_and_forgetting_changes_no_answer(monkeypatch):
    monkeypatch.setattr(tagger.lemmas, "MEMO_LIMIT", 3)
    table = FormTable({str(number): number for number in range(20)}, str)
    for number in [*range(20), *range(20), 19, 25]:
        assert table[str(number)] == (number if number < 20 else -1)
        assert len(table) <= 3
