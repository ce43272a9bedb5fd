"""fastText's training files."""

import pytest


def test_labels_in_front_of_the_text(converted, labels):
    done = converted("fasttext.txt")
    assert labels(done) == {"Учёным в": ["award"], "Открыли ": ["award", "opening"], "Ожидаетс": []}
    assert done.records[0]["text"] == "Учёным вручили премию"
    assert [(problem.where[-1], problem.message) for problem in done.problems] == [
        ("4", "labels without text; leave the line out")
    ]


@pytest.mark.parametrize(
    "line", ["__label__a Премия  вручена", "Премия  вручена __label__a", "  __label__a\tПремия  вручена"]
)
def test_labels_stand_anywhere_and_white_space_is_kept(converted, tmp_path, line):
    path = tmp_path / "a.txt"
    path.write_text(line + "\n", encoding="utf-8")
    (record,) = converted(path, "fasttext").records
    assert (record["text"], record["labels"]) == ("Премия  вручена", ["a"])


def test_a_label_without_name_is_told(converted, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("__label__ Премия\n", encoding="utf-8")
    assert "__label__ without a name" in converted(path).problems[0].message
