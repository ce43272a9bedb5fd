"""Our records → a tool's file, as it comes back from its annotators → our records again."""

import csv
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tagger.training.formats.conversion import convert
from tagger.training.formats.exporting import files_for, stored_tasks
from tagger.training.formats.labelling import Fields
from tagger.training.records import parse_record

TOOLS = ("label-studio", "doccano", "prodigy")
LABELS = ("award", "opening")
TITLES = {"award": "Награждение", "opening": 'Открытие <"новое"> & прочее', "boilerplate": "Служебный текст"}

texts = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"), min_size=1, max_size=30
).map(str.strip)
paragraphs = st.fixed_dictionaries({"text": texts.filter(bool)}) | st.fixed_dictionaries(
    {"text": texts.filter(bool), "labels": st.lists(st.sampled_from(LABELS), unique=True).map(sorted)}
)
chrome = st.fixed_dictionaries({"text": texts.filter(bool), "labels": st.just([]), "boilerplate": st.just(True)})
articles = st.lists(paragraphs | chrome, min_size=1, max_size=5).filter(
    lambda parts: any("labels" in part for part in parts)
)


def there_and_back(records, tool, by_paragraph, folder):
    """Export records and convert what was exported; both as parsed, without their places."""
    ours = folder / "ours.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    ours.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    tasks, problems = stored_tasks(ours, LABELS, by_paragraph=by_paragraph)
    assert not problems
    for path, data in files_for(tool, tasks, TITLES, folder / "tasks.json").items():
        path.write_bytes(data)
    done = convert([folder / "tasks.json"], "", Fields(), {})
    assert not done.problems
    return parsed(lines), parsed(map(json.dumps, done.records))


def parsed(lines):
    articles = [parse_record(line.encode(), LABELS, "") for line in lines]
    return [(a.id, a.source, a.paragraphs, a.labels, a.boilerplate, a.known) for a in articles]


@pytest.mark.parametrize("tool", ["label-studio", "prodigy"])
@settings(max_examples=25)
@given(parts=st.lists(articles, min_size=1, max_size=3))
@example([[{"text": "🏆 «Нива»", "labels": ["award", "opening"]}, {"text": "Меню", "labels": [], "boilerplate": True}]])
def test_paragraphs_come_back(tool, parts):
    """Those that nobody has labelled stay unlabelled."""
    records = [{"id": f"a{number}", "source": "https://e.org", "paragraphs": p} for number, p in enumerate(parts)]
    with tempfile.TemporaryDirectory() as folder:
        if tool == "prodigy":  # its unanswered tasks are no annotations
            records = [record for record in records if all("labels" in part for part in record["paragraphs"])]
        if records:
            before, after = there_and_back(records, tool, by_paragraph=True, folder=Path(folder))
            assert after == before


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=15)
@given(
    labels=st.lists(st.sampled_from(LABELS), unique=True), lines=st.lists(texts.filter(bool), min_size=1, max_size=4)
)
def test_whole_articles_come_back(tool, labels, lines):
    with tempfile.TemporaryDirectory() as folder:
        record = {"id": "a", "source": "https://e.org", "text": "\n".join(lines), "labels": labels}
        before, after = there_and_back([record], tool, by_paragraph=False, folder=Path(folder))
        assert after == before


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("by_paragraph", [True, False])
def test_the_miniatures_come_back(tool, by_paragraph, tiny_corpus_path, tmp_path):
    lines = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines()
    before, after = there_and_back([json.loads(line) for line in lines], tool, by_paragraph, tmp_path)
    assert len(after) == 24
    if by_paragraph:
        assert after == before
    else:
        assert [row[:3] for row in after] == [row[:3] for row in before]


def test_a_table_of_paragraphs_comes_back(tiny_corpus_path, tmp_path):
    """As a person makes it in a spreadsheet."""
    lines = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "a.csv"
    with path.open("w", encoding="cp1251", errors="strict", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["article", "paragraph", "text", "label"])
        for line in lines:
            record = json.loads(line)
            for number, part in enumerate(record["paragraphs"]):
                label = "boilerplate" if part["boilerplate"] else "#".join(part["labels"])
                writer.writerow([record["id"], number, part["text"], label])
    done = convert([path], "", Fields(), {})
    assert parsed(map(json.dumps, done.records)) == parsed(lines)


def test_label_studios_own_package_reads_our_tasks(tiny_corpus_path, tmp_path):
    """And what it makes of them as JSON, JSON_MIN and CSV comes back."""
    sdk = pytest.importorskip("label_studio_sdk.converter")
    tasks, _ = stored_tasks(tiny_corpus_path / "miniatures.jsonl", LABELS, by_paragraph=True)
    written = files_for("label-studio", tasks, TITLES, tmp_path / "tasks.json")
    saved = json.loads(written[tmp_path / "tasks.json"])
    for number, task in enumerate(saved, 1):  # what the server adds
        task["id"] = number
        task["annotations"][0] |= {
            "id": number,
            "completed_by": 1,
            "created_at": "2026-10-01T09:00:00Z",
            "lead_time": 1.0,
        }
    (tmp_path / "saved.json").write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
    converter = sdk.Converter(written[tmp_path / "tasks.xml"].decode(), str(tmp_path), download_resources=False)
    before = parsed((tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines())
    for form, name in (("JSON", "result.json"), ("JSON_MIN", "result.json"), ("CSV", "result.csv")):
        converter.convert(str(tmp_path / "saved.json"), str(tmp_path / form), form, is_dir=False)
        done = convert([tmp_path / form / name], "", Fields(), {})
        assert parsed(map(json.dumps, done.records)) == before
