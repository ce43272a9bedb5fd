"""Translation: which language is meant, and how finished texts are matched with templates."""

import pytest

from tagger.cli.translation import Catalogue, language, message

RUSSIAN = Catalogue(
    {
        "nearly empty": "почти пусто",
        "article": "статья",
        "{}: {}": "{}: {:t}",
        "{}; {}": "{:t}; {:t}",
        "{}: no such file": "{}: нет такого файла",
        "warning: {}": "предупреждение: {:t}",
        "{} instead of {}": "{1} вместо {0}",
        "says {} (a)*": "говорит {} (a)*",
    }
)


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("nearly empty", "почти пусто"),
        ("a.txt: no such file", "a.txt: нет такого файла"),
        ("a.txt: nearly empty", "a.txt: почти пусто"),
        ("warning: b: nearly empty", "предупреждение: b: почти пусто"),
        ("1 instead of 2", "2 вместо 1"),
        ("article: no such file", "article: нет такого файла"),  # a file of that name
        ("says x (a)*", "говорит x (a)*"),
        ("a {brace} %s: nearly empty", "a {brace} %s: почти пусто"),
        ("a: nearly empty", "a: почти пусто"),
        ("no: translation; nearly empty", "no: translation; почти пусто"),
        ("something else", "something else"),
        ("", ""),
        ("a: b\nc", "a: b\nc"),
    ],
)
def test_texts_and_templates(text, translation):
    assert RUSSIAN.translated(text) == translation


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "run"}, "en"),
        ({"LANG": "uk_UA.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ru_RU"}, "ru"),
        ({"LANG": "C", "LC_MESSAGES": "C", "LC_ALL": "ru_RU"}, "ru"),
        ({"LANG": "ru_RU", "LC_ALL": ""}, "ru"),
        ({"LANG": "ru_RU", "TAGGER_LANG": "en"}, "en"),
        ({"LANG": "C", "TAGGER_LANG": "ru"}, "ru"),
        ({"LANG": "C", "TAGGER_LANG": "tlh"}, "en"),
    ],
)
def test_the_language_is_chosen_or_that_of_the_locale(environment, expected, monkeypatch):
    for name in ("TAGGER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_messages_are_translated_in_russian_alone(monkeypatch):
    monkeypatch.setenv("TAGGER_LANG", "en")
    assert message("a: warning: nearly empty") == "a: warning: nearly empty"
    monkeypatch.setenv("TAGGER_LANG", "ru")
    assert message("a: warning: nearly empty") == "a: предупреждение: текст почти пуст"
