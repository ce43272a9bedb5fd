"""What is the same for all formats: renaming, folders, counts, what cannot be written."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.errors import TrainingDataError
from tagger.training.formats.conversion import convert
from tagger.training.formats.labelling import Fields
from tagger.training.records import parse_record


def test_labels_are_renamed_and_taken_away(converted, labels):
    done = converted("doccano.jsonl", renames={"award": "награда", "opening": ""})
    assert labels(done) == {"Учёным в": ["награда"], "В Кирове": ["награда"], "Погода в": []}
    assert done.labels == {"награда": 2}


def test_a_folder_of_files_is_read_file_by_file(converted, samples, tmp_path):
    for name in ("wide.csv", "prodigy.jsonl"):
        (tmp_path / name).write_bytes((samples / name).read_bytes())
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    done = converted(tmp_path)
    assert sorted(done.formats.values()) == ["prodigy", "table"]
    assert len(done.records) == 7


def test_an_empty_folder_is_told(converted, tmp_path):
    with pytest.raises(TrainingDataError, match="no file in this folder"):
        converted(tmp_path)


def test_a_lone_surrogate_is_told(converted, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "text": "\\ud800", "label": []}\n{"id": 2, "text": "b", "label": []}\n')
    done = converted(path)
    assert [record["text"] for record in done.records] == ["b"]
    assert "lone surrogate" in done.problems[0].message


def test_broken_lines_are_told_with_their_place(converted, tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": "a", "label": ["x"]}), "{", "[1]", '{"label": ["x"]}']
    path.write_text("\n".join(lines), encoding="utf-8")
    done = converted(path)
    assert [problem.where.rpartition("a.jsonl")[2] for problem in done.problems] == [":2:2", ":3", ":4"]


def test_chrome_is_no_label_of_a_whole_article(converted, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a", "label": ["boilerplate"]}', encoding="utf-8")
    assert "which is for paragraphs" in converted(path).problems[0].message


def spots(value, path=()):
    """The paths to all values inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from spots(inner, (*path, key))


@pytest.mark.parametrize(
    "name", ["label_studio.json", "label_studio_regions.json", "label_studio_min.json", "prodigy.jsonl"]
)
@settings(max_examples=40)
@given(
    data=st.data(),
    junk=st.sampled_from([None, True, 5, 10**30, "x", "\ud800", [], [None], {}, {"a": 1}, [{"start": 0}]]),
)
def test_no_shape_of_a_record_is_a_bug(converted, samples, name, data, junk):
    """Whatever stands in a field, the records are converted, told or left out."""
    text = (samples / name).read_text(encoding="utf-8")
    values = json.loads(text) if name.endswith("json") else [json.loads(line) for line in text.splitlines()]
    *parents, last = data.draw(st.sampled_from(list(spots(values))))
    holder = values
    for key in parents:
        holder = holder[key]
    holder[last] = junk
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        done = converted(path, "prodigy" if name.startswith("prodigy") else "label-studio")
    for record in done.records:
        parse_record(json.dumps(record, ensure_ascii=False).encode(), sorted(done.labels) or ["award"], "a")


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_an_encoding_that_was_guessed_is_told(converted, tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("text;label\nУчёным вручили премию губернатора;award\n".encode(encoding))
    done = converted(path)
    assert [record["text"] for record in done.records] == ["Учёным вручили премию губернатора"]
    told = "cp1251" if encoding == "cp1251" else "UTF-16"
    assert dict(done.counts) == {f"{path}: decoded as {told}": 1}
    path.write_bytes(path.read_bytes().decode(encoding).encode())
    assert dict(converted(path).counts) == {}


def test_a_named_encoding_is_used(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("text;label\nДа, я.;award\n".encode("mac-cyrillic"))
    (record,) = convert([path], "", Fields(), {}, encoding="mac-cyrillic").records
    assert record["text"] == "Да, я."


def test_labels_to_rename_that_nothing_carries_are_named(converted):
    assert converted("doccano.jsonl", renames={"award": "opening", "opening": ""}).unused == []
    assert converted("doccano.jsonl", renames={"award": "x", "x": "y", "awards": ""}).unused == ["awards", "x"]
