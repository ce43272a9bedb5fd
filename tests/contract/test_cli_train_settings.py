"""`tagger train`: the search for settings, articles labelled as a whole, and what Ctrl-C leaves behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def provenance(store):
    return json.loads((store / "v1" / "manifest.json").read_bytes())["provenance"]


def test_the_search_says_what_it_tried_and_trains_with_the_best(run, tiny_corpus_path, tmp_path):
    store, fixed = tmp_path / "store", ("--min-df", "2", "--pair-min-df", "3", "--inverse-penalty", "4")
    done = run("train", tiny_corpus_path, "--output", store, "--search", "10m", *fixed)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{store / 'v1'}\n"
    lines = done.stderr.splitlines()
    start = next(number for number, line in enumerate(lines) if "configurations tried" in line)
    names, taken = lines[start + 1].split(), lines[start + 2].replace("taken given", "taken").split()
    assert names[:2] == ["joint_inverse_penalty", "article"]
    assert taken[0] == "taken"
    assert sum("given" in line.split() for line in lines) == 1
    rows = lines[start + 2 : start + 2 + int(lines[start].split()[0])]
    values = [float(row.split()[-2]) for row in rows if "cannot" not in row]
    assert len(values) == 3 * 2
    assert values == sorted(values, reverse=True)
    configuration = provenance(store)["configuration"]
    assert [configuration[name] for name in names[:2]] == [float(value) for value in taken[1:3]]
    assert [configuration[name] for name in ("min_df", "pair_min_df", "inverse_penalty")] == [2, 3, 4]
    assert "Warning" not in done.stderr


@pytest.mark.parametrize("value", ["10", "0s", "-1m", "5 minutes", "m", "1d"])
def test_a_time_that_is_none_is_a_wrong_call(run, tiny_corpus_path, tmp_path, value):
    done = run("train", tiny_corpus_path, "-o", tmp_path / "store", "--search", value)
    assert done.returncode == 2
    assert "write 90s, 10m or 1h" in done.stderr
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_searching_leaves_the_store_as_it_was(trained, tiny_corpus_path, tmp_path, number, code):
    store = tmp_path / "store"
    subprocess.run(["cp", "-r", trained, store], check=True)
    before = snapshot(store)
    command = [COMMAND, "train", tiny_corpus_path, "-o", store, "--search", "1h"]
    ours, terminal = os.openpty()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        while b"searching" not in shown:
            shown += os.read(ours, 1000)
        time.sleep(1)
        process.send_signal(number)
        out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, b"")
    assert os.read(ours, 100_000).endswith(b"\ntagger: interrupted\r\n")
    os.close(ours)
    assert snapshot(store) == before


@pytest.mark.parametrize(
    "call",
    [
        ["train", "--inverse-penalty", "nan", "-o"],
        ["train", "--inverse-penalty", "inf", "-o"],
        ["data", "split", "--dev", "nan", "-o"],
        ["data", "split", "--test", "NaN", "-o"],
        ["evaluate", "--min-f1", "nan", "--report"],
    ],
)
def test_what_is_no_number_is_a_wrong_call(run, tiny_corpus_path, tmp_path, call):
    done = run(*call, tmp_path / "made", tiny_corpus_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"'{call[-2]}' is not a valid float range" in done.stderr
    assert not (tmp_path / "made").exists()


def test_a_store_that_cannot_be_written_is_told_before_the_search(run, tiny_corpus_path, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    begin = time.monotonic()
    done = run("train", tiny_corpus_path, "-o", tmp_path / "file" / "store", "--search", "1h")
    assert done.returncode == 6
    assert time.monotonic() - begin < 30


def test_articles_labelled_as_a_whole_are_trained_on_and_not_judged_by(run, tiny_corpus_path, tmp_path):
    lines = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines()
    records, known = [json.loads(line) for line in lines], 0
    for number, record in enumerate(records):
        if number % 2:
            record["labels"] = sorted({label for part in record["paragraphs"] for label in part["labels"]})
            record["text"] = "\n".join(part["text"] for part in record.pop("paragraphs"))
        else:
            known += len(record["paragraphs"])
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    settings = ("--event-types", tiny_corpus_path / "event_types.toml", "-o", tmp_path / "store")
    done = run("train", tmp_path / "mine.jsonl", *settings)
    assert done.returncode == 0, done.stderr
    found = provenance(tmp_path / "store")
    assert found["articles"] == found["out_of_fold"]["articles"] == 24
    assert found["out_of_fold"]["paragraphs"] == known
    figures = run("evaluate", tmp_path / "mine.jsonl", "-m", tmp_path / "store", "-f", "json")
    assert json.loads(figures.stdout)["paragraphs"] == known


def test_the_help_says_what_is_taken_to_be_labelled(run):
    text = " ".join(run("train", "--help").stdout.split())
    for phrase in ("--with-seeds", "count as labelled for the event types that they carry", "--search", "flattered"):
        assert phrase in text
