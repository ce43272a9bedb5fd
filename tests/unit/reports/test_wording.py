"""The wordings: the same texts in both languages, none missing, each of them used."""

import re
import string

import pytest

from tagger.cli.reports import evaluation_wording, wording
from tagger.cli.reports.page import asset

REPORTS = {
    "predict": (wording.WORDING, ["articles.py", "articles.js"]),
    "evaluate": (
        evaluation_wording.WORDING,
        ["evaluation.py", "diagrams.py", "mistake_browser.py", "evaluation.js"],
    ),
}
"""Report → its wording and the sources that use it."""


@pytest.fixture(params=REPORTS)
def report(request):
    """Wording of a report in both languages, and the sources that use it."""
    table, names = REPORTS[request.param]
    return table, "\n".join(map(asset, names))


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same(report):
    russian, english = (report[0][language] for language in ("ru", "en"))
    assert list(russian) == list(english)
    for key, text in russian.items():
        assert places(text) == places(english[key]), key


def test_each_text_is_in_its_language(report):
    table, _ = report
    for text in table["ru"].values():
        assert not re.search("[A-Za-z]{2,}", re.sub(r"\{.*?\}|JavaScript", "", text)), text
    for text in table["en"].values():
        assert not re.search("[а-яё]", text, re.IGNORECASE), text


def test_no_text_is_missing(report):
    table, source = report
    used = re.findall(r"""words\[["'](\w+)["']\]|words\.(\w+)\b(?!\()""", source)
    names = {one or other for one, other in used}
    assert len(names) > 20
    assert sorted(names - table["ru"].keys()) == []


def test_no_text_is_unused(report):
    table, source = report
    named = set(re.findall(r"""["'](\w+)["']""", source)) | set(re.findall(r"words\.(\w+)", source))
    assert [key for key in table["ru"] if not {key, key.removesuffix("_told")} & named] == []
