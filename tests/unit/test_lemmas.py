"""Lemmas: dictionary forms, and the memory of forms met before."""

import gzip
import json
import os
from itertools import islice
from pathlib import Path

import pymorphy3
import pymorphy3_dicts_ru
import pytest

from tagger.errors import EnvironmentFault
from tagger.lemmas import LONGEST_FORM, analyzer, dictionary_version, lemma_of
from tagger.tokens import NUMBER, TOKEN, YEAR, spelling

SEEDS = Path(__file__).parents[2] / "seeds"
BACKGROUND = Path(__file__).parents[3] / "shared" / "background" / "news.jsonl.gz"


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
    text = "стали завода рабочих день людей миссию принял законопроектов вузам шёл лучшие бокрёнка telegram"
    for word in TOKEN.findall(text):
        assert lemma_of(word) == reference.parse(word.replace("ё", "е"))[0].normal_form.replace("ё", "е")


def test_every_form_of_the_corpus_has_the_lemma_of_its_most_probable_parse(reference):
    lines = (line for path in sorted(SEEDS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    texts = (part["text"] for line in lines for part in json.loads(line)["paragraphs"])
    forms = {spelling(form) for text in texts for form in TOKEN.findall(text)} - {YEAR, NUMBER}
    assert len(forms) > 50_000
    for form in sorted(forms)[::5]:
        assert lemma_of(form) == reference.parse(form)[0].normal_form.replace("ё", "е")


@pytest.mark.skipif(not BACKGROUND.exists(), reason="needs ../shared")
def test_forms_of_news_have_the_lemmas_of_their_most_probable_parses(reference):
    with gzip.open(BACKGROUND, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 0, None, 20)]
    forms = {spelling(form)[:LONGEST_FORM] for text in texts for form in TOKEN.findall(text)} - {YEAR, NUMBER}
    assert len(forms) > 50_000
    assert [form for form in forms if lemma_of(form) != reference.parse(form)[0].normal_form.replace("ё", "е")] == []


def test_the_dictionary_has_no_latin_words(reference):
    words = reference.dictionary.words
    assert not any(next(words.iterkeys(letter), None) for letter in "abcdefghijklmnopqrstuvwxyz")


def test_a_lemma_never_holds_yo(reference):
    for word in ("полёт", "полет", "неё", "счётом", "приём"):
        assert "ё" not in lemma_of(word)


def test_a_word_of_any_length_is_looked_up_by_its_beginning():
    assert lemma_of("ж" * 100_000) == lemma_of("ж" * LONGEST_FORM)


@pytest.mark.parametrize("word", ["\U00017000", "\U0001862c\U0001862c"])
def test_letters_without_a_unicode_name_are_words_like_others(word):
    assert lemma_of(word) == word


def test_one_analyser_serves_the_process():
    assert analyzer() is analyzer()


def test_the_dictionary_version_is_that_of_the_loaded_dictionary(reference):
    assert dictionary_version() == str(reference.dictionary.meta["source_revision"])


@pytest.mark.parametrize("meta", [None, "", "{", "[1]", json.dumps({"language_code": "ru"})])
def test_a_dictionary_missing_or_damaged_is_one_fault_with_the_command_that_mends_it(tmp_path, monkeypatch, meta):
    monkeypatch.setattr(pymorphy3_dicts_ru, "get_path", lambda: str(tmp_path))
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    for ask in (analyzer.__wrapped__, dictionary_version):
        with pytest.raises(EnvironmentFault, match="-m pip install --force-reinstall"):
            ask()


def test_the_variable_of_the_dictionarys_predecessor_is_not_obeyed_and_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("PYMORPHY2_DICT_PATH", str(tmp_path))
    assert str(analyzer.__wrapped__().dictionary.meta["source_revision"]) == dictionary_version()
    assert os.environ["PYMORPHY2_DICT_PATH"] == str(tmp_path)
