"""The tagger: texts in, predictions out, one by one or as a stream."""

import copy
import pickle

import numpy as np
import pytest

import tagger.tagging
from tagger import Tagger
from tagger.article import Article


@pytest.fixture
def tiny(tiny_model):
    return Tagger(tiny_model)


def flat(prediction):
    """All figures of a prediction."""
    parts = [prediction, *prediction.paragraphs]
    return [value for part in parts for value in part.probabilities.values()]


def test_it_names_its_labels_event_types_and_version(tiny):
    assert tiny.labels == ("award", "opening")
    assert [event_type.title_ru for event_type in tiny.event_types] == ["Награждение", "Открытие"]
    assert tiny.version == ""


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Лучшим врачам вручили премию\nНаграду и диплом врачам вручил министр.\nВ городе три больницы.", ("award",)),
        ("В Омске открыли завод\nНовый цех запустили утром, линия открыта.\nВ городе живёт много людей.", ("opening",)),
        ("Авария на трассе\nСтолкнулись два автомобиля, пострадавших нет.\nДвижение восстановлено.", ()),
        ("!!!\n…", ()),
        ("Zzz qqq", ()),
    ],
)
def test_plain_cases_are_told_apart(tiny, text, labels):
    assert tiny.predict(text).labels == labels


def test_there_is_an_answer_for_every_paragraph_with_its_span(tiny):
    text = "  Завод открыли.\r\n\r\nПремию вручили.\n"
    result = tiny.predict(text)
    assert [text[part.start : part.stop] for part in result.paragraphs] == ["Завод открыли.", "Премию вручили."]
    assert result.article.text == text


def test_labels_agree_at_both_levels(shipped, tiny, texts):
    for model in (shipped, tiny):
        for text in texts:
            result = model.predict(text)
            union = {label for part in result.paragraphs for label in part.labels}
            assert set(result.labels) == union
            assert list(result.labels) == [label for label in model.labels if label in union]


def test_boilerplate_carries_nothing(shipped, tiny, texts):
    seen = 0
    for part in [part for model in (shipped, tiny) for text in texts for part in model.predict(text).paragraphs]:
        if part.boilerplate:
            seen += 1
            assert (part.labels, part.review, part.scores) == ((), (), {})
            assert set(part.probabilities.values()) == {0.0}
        else:
            assert set(part.scores) == set(part.probabilities)
    assert seen > 3


def test_probabilities_are_python_floats_between_0_and_1_for_every_label(shipped, texts):
    for text in texts:
        result = shipped.predict(text)
        for part in (result, *result.paragraphs):
            assert tuple(part.probabilities) == shipped.labels
        assert all(type(value) is float and 0 <= value <= 1 for value in flat(result))


def test_a_label_is_given_from_the_articles_threshold_on(shipped, texts):
    for text in texts:
        result = shipped.predict(text)
        for number, label in enumerate(shipped.labels):
            reached = result.probabilities[label] >= shipped.model.article.threshold[number]
            assert (label in result.labels) == reached


def test_a_ready_article_keeps_its_id_warnings_and_paragraphs(tiny):
    article = Article.from_text("Завод открыли.\nДождь.", "x.txt", ("decoded as cp1251",))
    result = tiny.predict(article)
    assert result.article is article
    assert tiny.predict(Article.from_paragraphs(["Завод открыли.", "Дождь."])).labels == result.labels


def test_empty_paragraphs_of_a_ready_article_have_no_labels(tiny):
    result = tiny.predict(Article.from_paragraphs(["", "Завод открыли, цех запустили.", ""]))
    assert [part.labels for part in result.paragraphs] == [(), ("opening",), ()]


def test_a_stream_gives_the_answers_of_single_texts_in_order(tiny, texts):
    many = list(tiny.predict_many(texts))
    for text, result in zip(texts, many, strict=True):
        alone = tiny.predict(text)
        assert result.article.text == text
        assert result.labels == alone.labels
        np.testing.assert_allclose(flat(result), flat(alone), atol=1e-12)


@pytest.mark.parametrize("characters", [10, 100, 500, 10**9])
def test_the_size_of_batches_changes_no_answer(tiny, texts, characters, monkeypatch):
    stream = [*texts, "Дождь"]  # too short to fill a batch
    expected = [flat(tiny.predict(text)) for text in stream]
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", characters)
    for found, wanted in zip(tiny.predict_many(stream), expected, strict=True):
        np.testing.assert_allclose(flat(found), wanted, atol=1e-12)


def test_a_stream_is_read_no_further_than_a_batch_needs(tiny, monkeypatch):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", 30)
    read = []

    def endless():
        while True:
            read.append(1)
            yield "Завод открыли в Туле."

    stream = tiny.predict_many(endless())
    assert [next(stream).labels for _ in range(5)] == [("opening",)] * 5
    assert len(read) <= 6


def test_texts_and_articles_may_be_mixed_in_a_stream(tiny):
    many = list(tiny.predict_many(["Дождь.", Article.from_text("Завод открыли.", "7"), "Дождь."]))
    assert [result.article.id for result in many] == ["", "7", ""]


def test_evidence_of_a_stream_is_that_of_the_single_text(tiny, texts):
    for result, text in zip(tiny.predict_many(texts), texts, strict=True):
        for part, alone in zip(result.paragraphs, tiny.predict(text).paragraphs, strict=True):
            assert part.evidence("award") == alone.evidence("award")


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t "])
def test_a_text_without_content_has_no_paragraphs_and_no_labels(tiny, text):
    result = tiny.predict(text)
    assert (result.labels, result.review, result.paragraphs) == ((), (), ())


def test_no_texts_give_no_predictions(tiny):
    assert list(tiny.predict_many([])) == []


def test_a_stream_that_ends_with_a_full_batch_ends_well(tiny, monkeypatch):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", 1)
    assert len(list(tiny.predict_many(["Дождь."]))) == 1


@pytest.mark.parametrize("texts", ["Премию вручили", Article.from_text("Премию вручили")])
def test_one_text_is_no_stream_of_texts(tiny, texts):
    with pytest.raises(TypeError, match="give one to predict"):
        tiny.predict_many(texts)


@pytest.mark.parametrize("text", [None, b"\xd0\x94\xd0\xb0", 5])
def test_what_is_no_text_is_refused_by_name(tiny, text):
    with pytest.raises(TypeError, match=f"a str or an Article, not {type(text).__name__}"):
        tiny.predict(text)


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))], ids=["copy", "pickle"]
)
def test_a_tagger_and_its_answers_may_be_copied_and_pickled(tiny, texts, copied):
    here, there = tiny.predict(texts[0]), copied(tiny).predict(texts[0])
    for other in (there, copied(here)):
        assert other.to_dict(explain=True) == here.to_dict(explain=True)
