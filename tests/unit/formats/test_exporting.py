"""Tasks for labelling tools: what people have said, and what a model proposes."""

import json
from xml.etree import ElementTree

import pytest

from tagger.errors import TrainingDataError
from tagger.training.formats.exporting import files_for, kind, stored_tasks
from tagger.training.formats.tasks import predicted_tasks

TITLES = {"award": 'Награда <"лучшая"> & прочее', "opening": "Открытие", "boilerplate": "Служебное"}
PREDICTED = {
    "id": "n-1",
    "model": "v3",
    "labels": ["award"],
    "probabilities": {"award": 0.9, "opening": 0.3},
    "paragraphs": [
        {"text": "Премия", "labels": ["award"], "boilerplate": False, "probabilities": {"award": 0.8, "opening": 0.1}},
        {"text": "Меню", "labels": [], "boilerplate": True, "probabilities": {"award": 0.0, "opening": 0.0}},
    ],
}


@pytest.fixture
def file(tmp_path):
    def call(*records):
        path = tmp_path / "a.jsonl"
        path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
        return path

    return call


def written(tool, tmp_path, *, by_paragraph=True):
    output = tmp_path / "out.json"
    found = files_for(tool, predicted_tasks(PREDICTED, by_paragraph=by_paragraph), TITLES, output)
    return found[output].decode(), found


def test_what_a_file_holds(file):
    assert kind(file(PREDICTED)) == "predicted"
    assert kind(file({"text": "a", "labels": []})) == "labelled"
    assert kind(file({"paragraphs": [{"text": "a"}, {"text": "b", "labels": []}]})) == "labelled"
    assert kind(file({"text": "a"})) == "unlabelled"
    assert kind(file({"paragraphs": [{"text": "a"}]})) == "unlabelled"


def test_label_studio_gets_predictions_with_score_and_version(tmp_path):
    first, second = json.loads(written("label-studio", tmp_path)[0])
    assert first["data"] == {"text": "Премия", "article": "n-1", "paragraph": 0}
    (prediction,) = first["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("v3", 0.8)
    assert prediction["result"][0]["value"] == {"choices": ["award"]}
    assert second["predictions"][0]["result"][0]["value"] == {"choices": ["boilerplate"]}
    assert "annotations" not in first


@pytest.mark.parametrize("by_paragraph", [True, False])
def test_where_an_article_comes_from_goes_with_its_tasks(by_paragraph):
    for metadata, source in (
        ({"outlet": "Газета", "address": "https://e.org"}, "https://e.org"),
        ({"outlet": "А"}, "А"),
    ):
        tasks = predicted_tasks(PREDICTED | {"metadata": metadata}, by_paragraph=by_paragraph)
        assert {task.place["source"] for task in tasks} == {source}


def test_an_article_is_one_task_with_its_own_score(tmp_path):
    (task,) = json.loads(written("label-studio", tmp_path, by_paragraph=False)[0])
    assert task["data"] == {"text": "Премия\nМеню", "article": "n-1"}
    assert task["predictions"][0]["score"] == 0.7


def test_the_labelling_configuration_goes_with_the_tasks(tmp_path):
    found = written("label-studio", tmp_path)[1]
    view = ElementTree.fromstring(found[tmp_path / "out.xml"])
    choices, text = view.find("Choices"), view.find("Text")
    assert (choices.get("toName"), text.get("value")) == (text.get("name"), "$text")
    assert [choice.get("value") for choice in choices] == list(TITLES)
    assert choices[0].get("html") == 'Награда &lt;"лучшая"&gt; &amp; прочее'
    result = json.loads(found[tmp_path / "out.json"])[0]["predictions"][0]["result"][0]
    assert (result["from_name"], result["to_name"]) == (choices.get("name"), text.get("name"))


def test_doccano_gets_labels(tmp_path):
    lines = [json.loads(line) for line in written("doccano", tmp_path)[0].splitlines()]
    assert lines[0] == {"text": "Премия", "label": ["award"], "article": "n-1", "paragraph": 0}


def test_prodigy_gets_options_and_what_is_accepted_but_no_answer(tmp_path):
    first = json.loads(written("prodigy", tmp_path)[0].splitlines()[0])
    assert first["accept"] == ["award"]
    assert first["options"][1] == {"id": "opening", "text": "Открытие"}
    assert first["meta"] == {"article": "n-1", "paragraph": 0, "model": "v3", "score": 0.8}
    assert "answer" not in first


def test_an_unknown_label_is_refused(tmp_path):
    with pytest.raises(TrainingDataError, match="unknown labels: award; name the codebook"):
        files_for("doccano", predicted_tasks(PREDICTED, by_paragraph=False), {"opening": "Открытие"}, tmp_path / "a")


def test_the_configuration_does_not_replace_the_tasks(tmp_path):
    with pytest.raises(TrainingDataError, match=r"let --output end in \.json"):
        files_for("label-studio", [], TITLES, tmp_path / "a.xml")


def test_records_that_cannot_be_used_are_told(file):
    tasks, problems = stored_tasks(
        file(PREDICTED, {"id": "2", "model": "v3", "labels": []}), list(TITLES), by_paragraph=True
    )
    assert len(tasks) == 2
    assert "at both levels" in problems[0].message
    tasks, problems = stored_tasks(
        file({"text": "a", "labels": ["award"]}, {"text": "b", "labels": ["awards"]}), list(TITLES), by_paragraph=False
    )
    assert [task.labels for task in tasks] == [frozenset({"award"})]
    assert "did you mean 'award'" in problems[0].message
