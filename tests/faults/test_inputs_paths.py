"""Rows I14 to I17 of the fault contract: separators, line ends, paths of all kinds, no known word."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\u0085", "\x0c"])
def test_i14_other_separators_cut_neither_records_nor_paragraphs(answers, inside):
    text = f"Завод{inside}открыли вчера в городе у реки"
    raw = f'{{"id": "1", "text": "{text}"}}\n{{"id": "2", "text": "Да"}}\n'
    code, records = answers(raw if inside != "\x0c" else raw.replace(inside, "\\f"), "a.jsonl")
    assert code == 0
    assert [record["id"] for record in records] == ["1", "2"]
    assert [part["text"] for part in records[0]["paragraphs"]] == [text]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n", "\n" * 100_001])
def test_i15_any_line_ends_give_the_same_paragraphs_and_exact_offsets(answers, clean_record, end):
    text = end.join(TEXT.split("\n")[:-1])  # no final line end
    code, (record,) = answers(text)
    assert code == 0
    assert [part["text"] for part in record["paragraphs"]] == [part["text"] for part in clean_record["paragraphs"]]
    assert [part["labels"] for part in record["paragraphs"]] == [part["labels"] for part in clean_record["paragraphs"]]
    assert all(text[part["start"] : part["stop"]] == part["text"] for part in record["paragraphs"])


@pytest.mark.parametrize(("name", "what"), [("nowhere.txt", "no such file"), (".", "is a folder")])
def test_i16_a_missing_path_or_a_folder_is_one_usage_line(run, tmp_path, name, what):
    done = run("predict", SAMPLE, tmp_path / name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert what in done.stderr


def test_i16_a_fifo_and_standard_input_are_read(run, tmp_path, clean_record):
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_text, args=(TEXT, "utf-8"))
    writer.start()
    done = run("predict", "-f", "jsonl", fifo, "-", input=TEXT)
    writer.join()
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(record["id"]).name for record in records] == ["pipe", "-"]
    assert all(record["paragraphs"] == clean_record["paragraphs"] for record in records)


def test_i16_json_lines_from_a_fifo_are_answered_while_it_is_open(tmp_path):
    fifo = tmp_path / "pipe.jsonl"
    os.mkfifo(fifo)
    answered = threading.Event()

    def feed():
        with fifo.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps({"text": TEXT}) + "\n" for _ in range(700))  # more than one batch
            stream.flush()
            answered.wait(60)

    feeder = threading.Thread(target=feed)
    feeder.start()
    command = [str(COMMAND), "predict", "-f", "jsonl", "--level", "article", str(fifo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        first = json.loads(process.stdout.readline())
        open_still = feeder.is_alive()
        answered.set()
        rest = process.stdout.readlines()
    feeder.join()
    assert open_still
    assert first["id"].endswith("pipe.jsonl:1")
    assert (len(rest), process.returncode) == (699, 0)


def test_i16_an_unreadable_file_is_refused_before_any_work(run, tmp_path, plain_user):
    path = tmp_path / "secret.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    done = run("predict", SAMPLE, path, preexec_fn=plain_user)
    assert done.returncode == 6
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "secret.txt: may not be read" in done.stderr


@pytest.mark.parametrize("text", ["ъыь щщщ жжж ъъъ", "zzz qqq xxx www", "½ ¾ € £ ☎"])
def test_i17_a_text_without_a_known_word_gets_no_tag_and_no_evidence(answers, text):
    code, (record,) = answers(f"{text}\n{text}\n", "text.txt", "--explain")
    assert code == 0
    assert record["labels"] == []
    assert len(record["paragraphs"]) == 2
    assert all(part["labels"] == [] and part["evidence"] == {} for part in record["paragraphs"])


@pytest.mark.parametrize("closed", ["news", "news/inner", "news/inner/deep"])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_i16_an_unreadable_folder_is_refused_before_any_work(run, tmp_path, plain_user, closed, mode):
    (tmp_path / "news" / "inner" / "deep").mkdir(parents=True)
    for place in ("news", "news/inner", "news/inner/deep"):
        (tmp_path / place / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / closed).chmod(mode)
    done = run("predict", "news", preexec_fn=plain_user, cwd=tmp_path)
    (tmp_path / closed).chmod(0o755)
    assert done.returncode == 6
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"{closed}" in done.stderr
    assert "may not be read" in done.stderr


def test_i16_a_hidden_folder_may_be_unreadable(run, tmp_path, plain_user):
    (tmp_path / "news" / ".trash").mkdir(parents=True)
    (tmp_path / "news" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "news" / ".trash").chmod(0)
    done = run("predict", "-f", "jsonl", "news", preexec_fn=plain_user, cwd=tmp_path)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
