"""Predictions: frozen values and the records made of them."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from tagger import Tagger
from tagger.article import Article
from tagger.prediction import Evidence, ParagraphPrediction, Prediction

REASONS = [Evidence(0, 5, "завод", 1.25), Evidence(0, 0, "[shape]", 0.25), Evidence(0, 0, "[intercept]", -0.5)]


def paragraph(start, stop, labels, boilerplate=False):
    return ParagraphPrediction(
        start=start,
        stop=stop,
        labels=labels,
        boilerplate=boilerplate,
        probabilities={"award": 0.0 if boilerplate else 0.123456, "opening": 0.0 if boilerplate else 0.98765},
        boilerplate_probability=0.75 if boilerplate else 0.25,
        scores={} if boilerplate else {"award": -1.5, "opening": 1.0},
        review=() if boilerplate else ("award",),
        _explain=lambda label, own: REASONS,
    )


@pytest.fixture
def prediction():
    article = Article.from_text("Завод открыли.\n12+", "a.txt", ("decoded as cp1251",))
    return Prediction(
        article=article,
        labels=("opening",),
        probabilities={"award": 0.00004, "opening": 0.99996},
        review=(),
        paragraphs=(paragraph(0, 14, ("opening",)), paragraph(15, 18, (), boilerplate=True)),
        model_version="v3",
    )


ARTICLE = {"labels": ["opening"], "probabilities": {"award": 0.0, "opening": 1.0}, "review": []}
FIRST = {
    "start": 0,
    "stop": 14,
    "text": "Завод открыли.",
    "labels": ["opening"],
    "boilerplate": False,
    "probabilities": {"award": 0.1235, "opening": 0.9877},
    "review": ["award"],
}
SECOND = {
    "start": 15,
    "stop": 18,
    "text": "12+",
    "labels": [],
    "boilerplate": True,
    "probabilities": {"award": 0.0, "opening": 0.0},
    "review": [],
}
FRAME = {"id": "a.txt", "model": "v3", "warnings": ["decoded as cp1251", "nearly empty"]}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("both", FRAME | ARTICLE | {"paragraphs": [FIRST, SECOND]}),
        ("article", FRAME | ARTICLE),
        ("paragraph", FRAME | {"paragraphs": [FIRST, SECOND]}),
    ],
)
def test_a_record_holds_the_asked_level_and_rounded_probabilities(prediction, level, expected):
    assert prediction.to_dict(level=level) == expected


def test_an_explained_record_adds_scores_and_the_evidence_of_given_labels(prediction):
    first, second = prediction.to_dict(explain=True)["paragraphs"]
    reasons = [
        {"start": 0, "stop": 5, "lemma": "завод", "contribution": 1.25},
        {"start": 0, "stop": 0, "lemma": "[shape]", "contribution": 0.25},
        {"start": 0, "stop": 0, "lemma": "[intercept]", "contribution": -0.5},
    ]
    assert first == FIRST | {"scores": {"award": -1.5, "opening": 1.0}, "evidence": {"opening": reasons}}
    assert second == SECOND | {"scores": {}, "evidence": {}}


def test_records_are_json(prediction, tiny_model, texts, schema):
    for record in [prediction.to_dict(explain=True), *(Tagger(tiny_model).predict(text).to_dict() for text in texts)]:
        assert json.loads(json.dumps(record, allow_nan=False)) == record
        schema("prediction").validate(record)


def test_evidence_of_a_body_paragraph_is_the_models(prediction):
    assert prediction.paragraphs[0].evidence("award") is REASONS


def test_boilerplate_has_no_evidence(prediction):
    assert prediction.paragraphs[1].evidence("award") == []


@pytest.mark.parametrize("place", [0, 1])
def test_an_unknown_label_is_refused_by_name_and_the_known_are_listed(prediction, place):
    with pytest.raises(KeyError, match="no label 'law'; this model has award, opening"):
        prediction.paragraphs[place].evidence("law")


def test_evidence_unpacks_as_start_stop_lemma_contribution():
    start, stop, lemma, contribution = REASONS[0]
    assert (start, stop, lemma, contribution) == (0, 5, "завод", 1.25)


@pytest.mark.parametrize("name", ["labels", "probabilities", "article", "model_version"])
def test_a_prediction_is_frozen(prediction, name):
    with pytest.raises(FrozenInstanceError):
        setattr(prediction, name, ())


@pytest.mark.parametrize("name", ["labels", "start", "boilerplate", "scores"])
def test_a_paragraphs_prediction_is_frozen(prediction, name):
    with pytest.raises(FrozenInstanceError):
        setattr(prediction.paragraphs[0], name, ())


def test_paragraphs_are_a_sequence(tiny_model):
    parts = Tagger(tiny_model).predict("Завод открыли.\nДождь.").paragraphs
    assert list(parts) == [parts[0], parts[1]] == [*parts[:1], *parts[1:]]
    assert parts == tuple(parts)
    assert parts != parts[:1]
    assert parts != 1
    assert repr(parts) == repr(tuple(parts))


def test_where_an_article_comes_from_stands_in_its_record(prediction):
    article = replace(prediction.article, metadata={"title": "Завод", "date": "2024-11-15"})
    record = replace(prediction, article=article).to_dict()
    assert record["metadata"] == {"title": "Завод", "date": "2024-11-15"}
    assert "metadata" not in prediction.to_dict()
