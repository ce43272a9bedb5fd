"""Any text whatsoever gets an answer that holds together."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger import Tagger
from tagger.article import Article

ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
LETTERS = "аеёийяЯЖпремиязвод12.,-–—«»()|\n\r\t \u0301\u00ad\u200b\ufeff\u2028\x85\x00\x1b\x1c"
LETTERS += "²ⅣﬁİǅA\u0345😀\U00017000\U000e0041"
ODD = st.text(LETTERS, max_size=80)


@pytest.fixture(scope="module")
def models(tiny_model, wild_model):
    return [Tagger(tiny_model), Tagger(wild_model)]


def check(model, article):
    """All that must be true of any answer."""
    result = model.predict(article)
    assert len(result.paragraphs) == len(result.article.spans)
    assert set(result.labels) == {label for part in result.paragraphs for label in part.labels}
    assert all(0 <= value <= 1 for value in result.probabilities.values())
    for part in result.paragraphs:
        assert not (part.boilerplate and (part.labels or part.scores))
        for label in part.scores:
            reasons = part.evidence(label)
            assert sum(reason.contribution for reason in reasons) == pytest.approx(part.scores[label], abs=1e-9)
            assert all(0 <= reason.start <= reason.stop <= len(result.article.text) for reason in reasons)
    json.dumps(result.to_dict(explain=True), allow_nan=False).encode()


@given(ANY)
def test_any_text_is_tagged(models, text):
    for model in models:
        check(model, f"Завод открыли.\n{text}")


@given(ODD)
def test_odd_characters_among_words_are_tagged(models, text):
    for model in models:
        check(model, f"{text} завод {text}\n{text}")


@given(ANY)
def test_any_text_alone_is_tagged(models, text):
    for model in models:
        check(model, text)


@given(st.lists(ODD, min_size=1, max_size=6))
def test_any_ready_paragraphs_are_tagged_empty_ones_included(models, paragraphs):
    for model in models:
        check(model, Article.from_paragraphs(paragraphs))


@given(st.text("\n\r\t \u00a0\u2028\x1c\x85", max_size=10))
def test_white_space_of_any_kind_is_a_text_without_paragraphs(models, text):
    for model in models:
        check(model, text)


@given(st.integers(1, 6), st.sampled_from(["завод ", "ж", "12 ", "завод\n", "\u0301", "а\u0301", "«", "|", "é"]))
def test_repetition_of_anything_is_tagged(models, times, piece):
    for model in models:
        check(model, "Премию вручили. " + piece * times**2)
