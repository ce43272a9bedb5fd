"""`tagger predict`: formats, levels, streams and colours, through real processes."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
NEWS = ("награда.txt", "открытие.txt", "погода.txt")


@pytest.fixture
def predict(run, trained, news):
    def call(*arguments, **options):
        return run("predict", "-m", trained, *arguments, **({"cwd": news} | options))

    return call


def text_of(news, name):
    return (news / name).read_bytes().decode()


def json_of(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("level", "explain"),
    [("article", False), ("paragraph", False), ("paragraph", True), ("both", False), ("both", True)],
)
def test_json_records_are_what_the_schema_says(predict, news, schema, level, explain):
    records = json_of(predict("-f", "json", "--level", level, *NEWS, *["--explain"] * explain))
    assert [record["id"] for record in records] == list(NEWS)
    for record in records:
        schema("prediction").validate(record)
        assert record["model"] == "v1"
        assert ("labels" in record) == (level != "paragraph")
        assert ("paragraphs" in record) == (level != "article")
        for part in record.get("paragraphs", []):
            assert part["text"] == text_of(news, record["id"])[part["start"] : part["stop"]]
            assert ("evidence" in part) == explain


def test_labels_are_those_of_the_news(predict):
    records = json_of(predict("-f", "json", *NEWS))
    assert [record["labels"] for record in records] == [["award"], ["opening"], []]
    for record in records:
        assert set(record["labels"]) == {label for part in record["paragraphs"] for label in part["labels"]}


def test_explained_contributions_sum_to_the_score(predict):
    checked = 0
    for record in json_of(predict("-f", "json", "--explain", *NEWS)):
        for part in record["paragraphs"]:
            assert set(part["evidence"]) == set(part["labels"])
            for label, reasons in part["evidence"].items():
                assert sum(reason["contribution"] for reason in reasons) == pytest.approx(
                    part["scores"][label], abs=1e-9
                )
                checked += 1
    assert checked >= 2


def test_json_lines_are_the_items_of_json(predict):
    lines = predict("-f", "jsonl", *NEWS)
    assert lines.returncode == 0
    assert [json.loads(line) for line in lines.stdout.splitlines()] == json_of(predict("-f", "json", *NEWS))


@pytest.mark.parametrize("level", ["article", "paragraph", "both"])
def test_csv_has_a_row_for_every_article_and_paragraph(predict, news, level):
    done = predict("-f", "csv", "--level", level, *NEWS)
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == [
        "id",
        "date",
        "outlet",
        "title",
        "address",
        "level",
        "paragraph",
        "start",
        "stop",
        "boilerplate",
        "labels",
        "award",
        "opening",
        "review",
        "text",
        "warnings",
        "error",
    ]
    articles = [row for row in rows if row["level"] == "article"]
    paragraphs = [row for row in rows if row["level"] == "paragraph"]
    assert [row["id"] for row in articles] == (list(NEWS) if level != "paragraph" else [])
    assert len(paragraphs) == (7 if level != "article" else 0)
    for row in paragraphs:
        assert text_of(news, row["id"])[int(row["start"]) : int(row["stop"])] == row["text"]
        assert row["boilerplate"] in ("0", "1")
    assert all(0 <= float(row[label]) <= 1 for row in rows for label in ("award", "opening"))
    if articles:
        assert [row["labels"] for row in articles] == ["award", "opening", ""]


@pytest.mark.parametrize("level", ["article", "paragraph", "both"])
def test_text_is_russian_prose_for_people(predict, level):
    done = predict("--level", level, *NEWS)
    assert done.returncode == 0
    assert all(name in done.stdout for name in NEWS)
    assert "Награждение" in done.stdout
    assert "Открытие" in done.stdout
    assert ("событий не найдено" in done.stdout) == (level != "paragraph")
    assert ("¶1" in done.stdout) == (level != "article")
    assert "\x1b" not in done.stdout


def test_text_explains_with_the_words_and_their_sum(predict):
    done = predict("--explain", "награда.txt")
    assert "премия" in done.stdout
    assert "итого" in done.stdout
    assert "итого" not in predict("награда.txt").stdout


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_cyrillic_is_written_as_cyrillic(predict, form):
    done = predict("-f", form, "награда.txt", env=os.environ | {"LC_ALL": "C"})
    assert "Учёным вручили премию" in done.stdout
    assert "награда.txt" in done.stdout
    assert "\\u0" not in done.stdout


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_standard_input_is_a_text_named_by_a_dash(predict, news, encoding):
    done = predict("-f", "json", "-", input=text_of(news, "награда.txt").encode(encoding), text=False, encoding=None)
    assert done.returncode == 0
    (record,) = json.loads(done.stdout)
    assert (record["id"], record["labels"]) == ("-", ["award"])
    assert record["paragraphs"][0]["text"] == "Учёным вручили премию"
    assert any("UTF-16" in warning for warning in record["warnings"]) == (encoding == "utf-16")
    assert (b"UTF-16" in done.stderr) == (encoding == "utf-16")


def test_standard_input_may_stand_among_files(predict, news):
    done = predict("-f", "json", "погода.txt", "-", "открытие.txt", input=text_of(news, "награда.txt"))
    assert [record["id"] for record in json_of(done)] == ["погода.txt", "-", "открытие.txt"]


def test_the_shipped_model_is_the_default(run, news):
    done = run("predict", "-f", "json", "погода.txt", cwd=news)
    assert len(json_of(done)[0]["probabilities"]) == 4


def on_terminal(command, environment, folder):
    """What a command writes to a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=environment, cwd=folder)
    os.close(follower)
    written = b""
    try:
        while part := os.read(leader, 4096):
            written += part
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(leader)
    assert process.wait() == 0
    return written.decode()


def test_a_terminal_gets_colours_unless_no_color_is_set(trained, news):
    command = [COMMAND, "predict", "-m", trained, "награда.txt"]
    plain_environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    assert "\x1b[" in on_terminal(command, plain_environment, news)
    written = on_terminal(command, plain_environment | {"NO_COLOR": "1"}, news)
    assert "\x1b" not in written
    assert "Награждение" in written
