"""A stream gives the answers of single texts, in any order and in batches of any size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagger.tagging
from tagger import Tagger

VOCABULARY = "премию вручили орден завод открыли линию цех дождь матч комментарии 12 1998 ёлка кракозябра Поделиться: |"
LINE = st.lists(st.sampled_from(VOCABULARY.split(" ")), min_size=1, max_size=8).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=6).map("\n".join)
STREAM = st.lists(TEXT | st.just(""), max_size=8)
SIZES = st.sampled_from([1, 7, 30, 60, 200, 10**6])


@pytest.fixture(scope="module")
def models(tiny_model, wild_model):
    return [Tagger(tiny_model), Tagger(wild_model)]


def check_same(found, wanted):
    assert found.labels == wanted.labels
    assert found.review == wanted.review
    np.testing.assert_allclose(list(found.probabilities.values()), list(wanted.probabilities.values()), atol=1e-12)
    for one, other in zip(found.paragraphs, wanted.paragraphs, strict=True):
        assert (one.start, one.stop, one.labels, one.boilerplate) == (
            other.start,
            other.stop,
            other.labels,
            other.boilerplate,
        )
        np.testing.assert_allclose(list(one.probabilities.values()), list(other.probabilities.values()), atol=1e-12)
        assert one.boilerplate_probability == pytest.approx(other.boilerplate_probability, abs=1e-12)
        assert dict(one.scores) == pytest.approx(dict(other.scores), abs=1e-12)


@given(STREAM, SIZES)
def test_a_stream_is_its_texts_one_by_one(models, texts, characters):
    for model in models:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tagger.tagging, "BATCH_CHARACTERS", characters)
            found = list(model.predict_many(texts))
        for one, text in zip(found, texts, strict=True):
            check_same(one, model.predict(text))


@given(STREAM.flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(range(len(texts))))))
def test_the_order_of_a_stream_changes_no_answer(models, texts_and_order):
    texts, order = texts_and_order
    for model in models:
        straight = list(model.predict_many(texts))
        for place, one in zip(order, model.predict_many([texts[place] for place in order]), strict=True):
            check_same(one, straight[place])


@given(TEXT, st.integers(1, 5))
def test_a_text_among_copies_of_itself_stays_as_it_is(models, text, copies):
    for model in models:
        alone = model.predict(text)
        for one in model.predict_many([text] * copies):
            check_same(one, alone)
