"""doccano's exports of text classification."""

import json

import pytest

EXPECTED = {"Учёным в": ["award"], "В Кирове": ["award", "opening"], "Погода в": []}


@pytest.mark.parametrize(("name", "form"), [("doccano.jsonl", ""), ("doccano.csv", ""), ("doccano.csv", "doccano")])
def test_labels_of_jsonl_and_csv(converted, labels, name, form):
    assert labels(converted(name, form)) == EXPECTED


def test_spans_are_refused_with_their_line(converted):
    (problem,) = converted("doccano.jsonl").problems
    assert problem.where.endswith("doccano.jsonl:4")
    assert "export a text classification project" in problem.message


def test_only_the_doccano_csv_cuts_at_the_number_sign_alone(converted, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text,label\n1,Текст,"закон, принят#award"\n', encoding="utf-8")
    assert converted(path, "doccano").records[0]["labels"] == ["award", "закон, принят"]
    assert converted(path, "table").records[0]["labels"] == ["award", "закон", "принят"]


def test_files_of_annotators_are_put_to_the_vote(converted, labels, tmp_path):
    for name, given in {"anna": ["award"], "boris": ["award", "opening"], "clara": ["award"]}.items():
        line = json.dumps({"id": 1, "text": "Учёным вручили премию", "label": given, "Comments": []})
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    done = converted(tmp_path)
    assert labels(done) == {"Учёным в": ["award"]}
    assert done.counts["texts labelled by several annotators, settled by majority"] == 1


def test_empty_labels_can_be_taken_as_unlabelled(converted, labels):
    done = converted("doccano.jsonl", skip_empty=True)
    assert "Погода в" not in labels(done)
    assert done.counts["texts without any label, taken as unlabelled"] == 1
