"""The self-test: a model that answers otherwise than when it was trained is found out."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tagger.article import Article
from tagger.errors import IntegrityError
from tagger.selftest import check_selftest, selftest_bytes


@pytest.fixture
def data(tiny_model, tiny_corpus):
    return selftest_bytes(tiny_model, [article.article for article in tiny_corpus.articles[:3]])


def test_the_model_that_wrote_it_passes(tiny_model, data):
    check_selftest(tiny_model, data)


def test_it_holds_the_beginnings_of_the_texts(tiny_model, tiny_corpus):
    long = Article.from_text("Заводу вручили премию. " * 1000)
    records = json.loads(selftest_bytes(tiny_model, [tiny_corpus.articles[0].article, long]))
    assert records[0]["text"] == tiny_corpus.articles[0].article.text
    assert records[1]["text"] == long.text[:1500]


@pytest.mark.parametrize("name", ["coef", "shape_coef", "intercept", "joint_coef", "joint_intercept"])
def test_another_weight_is_found_out(tiny_model, data, name):
    weights = tiny_model.weights
    forged = replace(tiny_model, weights=replace(weights, **{name: getattr(weights, name) * 1.01}))
    with pytest.raises(IntegrityError, match=r"selftest\.json: the model does not answer text \d of 3"):
        check_selftest(forged, data)


@pytest.mark.parametrize("level", ["boilerplate", "paragraph", "article"])
def test_another_calibration_is_found_out(tiny_model, data, level):
    decision = getattr(tiny_model, level)
    with pytest.raises(IntegrityError, match="does not answer"):
        check_selftest(replace(tiny_model, **{level: replace(decision, offset=decision.offset - 10)}), data)


def test_thresholds_that_change_the_labels_are_found_out(tiny_model, data):
    never = replace(tiny_model.article, threshold=np.full(2, 2.0))
    with pytest.raises(IntegrityError, match="does not answer"):
        check_selftest(replace(tiny_model, article=never), data)


@pytest.mark.parametrize(("shift", "passes"), [(1e-7, True), (1e-5, False), (float("nan"), False)])
def test_numbers_may_differ_by_a_millionth(tiny_model, data, shift, passes):
    records = json.loads(data)
    records[0]["answer"]["probabilities"][0] += shift
    changed = json.dumps(records).encode()
    if passes:
        check_selftest(tiny_model, changed)
    else:
        with pytest.raises(IntegrityError, match="text 1 of 3"):
            check_selftest(tiny_model, changed)


@pytest.mark.parametrize(
    "changed",
    [
        b"",
        b"[]",
        b"{}",
        b"1",
        b"null",
        b"\xff",
        b"[1]",
        b'["text"]',
        b'[{"text": "a"}]',
        b'[{"text": 1, "answer": {}}]',
        b"[" * 100_000,
        b'{"text": "a", "answer": {}}',
    ],
)
def test_what_is_no_list_of_texts_and_answers_is_refused(tiny_model, changed):
    with pytest.raises(IntegrityError, match="not a list of texts and answers"):
        check_selftest(tiny_model, changed)


@pytest.mark.parametrize("answer", [None, {}, [], 1, {"labels": [], "probabilities": [], "paragraphs": []}])
def test_an_answer_of_another_form_is_another_answer(tiny_model, answer):
    with pytest.raises(IntegrityError, match="text 1 of 1"):
        check_selftest(tiny_model, json.dumps([{"text": "Заводу вручили премию", "answer": answer}]).encode())
