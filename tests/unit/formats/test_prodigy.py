"""Prodigy's datasets."""

import json


def test_choices_and_answers(converted, labels):
    done = converted("prodigy.jsonl")
    assert labels(done) == {"Учёным в": ["award"], "В Кирове": ["opening"], "Погода в": []}
    assert done.counts["answers «reject»"] == 1
    assert done.counts["answers «ignore»"] == 1
    assert done.counts["annotations replaced by a later one of the same annotator"] == 1
    assert done.records[0]["source"] == "https://example.org/a"


def test_a_task_without_answer_is_told(converted):
    (problem,) = converted("prodigy.jsonl").problems
    assert problem.where.endswith("prodigy.jsonl:7")
    assert "no 'answer'" in problem.message


def test_yes_and_no_to_single_labels(converted, labels):
    done = converted("prodigy_binary.jsonl")
    assert labels(done) == {"Учёным в": ["award"], "В Кирове": ["opening"]}
    assert [problem.message for problem in done.problems] == ["was not asked about opening; label it for every label"]


def test_an_ignored_paragraph_is_unlabelled(converted, parts, tmp_path):
    def line(number, answer):
        meta = {"article": "a", "paragraph": number}
        return json.dumps({"text": f"Абзац {number}", "accept": ["award"], "answer": answer, "meta": meta})

    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([line(0, "accept"), line(1, "ignore"), line(2, "accept")]), encoding="utf-8")
    assert parts(converted(path)) == [["award"], None, ["award"]]


def test_annotators_are_put_to_the_vote(converted, labels, tmp_path):
    def line(who, *accept):
        return json.dumps({"text": "Премия", "accept": accept, "answer": "accept", "_annotator_id": who})

    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join([line("a", "award"), line("b", "award", "opening"), line("c", "award")]), encoding="utf-8"
    )
    assert labels(converted(path)) == {"Премия": ["award"]}
