"""Rows P1 to P6 of the fault contract: closed and full streams, readers that leave, signals."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")


def test_p01_closed_standard_input_is_no_input(shell):
    code, out, errors = shell("tagger predict - <&-")
    assert (code, out) == (2, "")
    assert errors.count("\n") == 1
    assert "no input: standard input is closed" in errors


def test_p01_closed_standard_input_does_not_matter_to_files(shell):
    code, out, errors = shell(f"tagger predict {SAMPLE} <&-")
    assert (code, errors) == (0, "")
    assert "agreement.txt" in out


@pytest.mark.parametrize("command", [f"predict {SAMPLE}", "models list"])
def test_p02_closed_standard_output_is_an_error(command, shell):
    code, _, errors = shell(f"tagger {command} >&-")
    assert code == 6
    assert errors.count("\n") == 1
    assert "standard output: is closed" in errors


def test_p02_closed_standard_error_loses_no_result(shell):
    code, out, _ = shell(f"tagger predict -f jsonl {SAMPLE} 2>&-")
    assert code == 0
    assert json.loads(out)["labels"] is not None


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_p03_a_reader_that_has_enough_ends_it_silently(tmp_path, form, shell, many):
    code, out, errors = shell(f"tagger predict -f {form} {many(tmp_path / 'a.jsonl', 300)} | head -1")
    assert (code, errors) == (141, "")
    assert out.count("\n") == 1


def test_p03_a_reader_that_has_enough_of_a_workbook_ends_it_silently(tmp_path, shell, many):
    code, _, errors = shell(f"tagger predict -f xlsx {many(tmp_path / 'a.jsonl', 300)} | head -c 1")
    assert (code, errors) == (141, "")


@pytest.mark.parametrize(
    "command", [f"predict {SAMPLE}", f"predict -f csv {SAMPLE}", f"predict -f xlsx {SAMPLE}", "models list", "--help"]
)
def test_p04_a_full_device_is_one_line(command, shell):
    code, _, errors = shell(f"tagger {command} > /dev/full")
    assert code == 6
    assert errors.count("\n") == 1
    assert "No space left on device" in errors


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_p05_a_signal_ends_it_after_whole_records_and_says_how_many(number, code, working):
    work = working()
    first = work.process.stdout.readline().decode()
    time.sleep(0.5)
    work.process.send_signal(number)
    found, rest, errors = work.end()
    assert found == code
    records = [json.loads(line) for line in (first + rest).splitlines()]
    assert [record["id"] for record in records] == [str(place) for place in range(len(records))]
    assert errors == (
        f"tagger: interrupted: {len(records)} texts done, the last was {records[-1]['id']}; "
        "go on with what comes after it\n"
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_p06_a_signal_leaves_no_temporary_file_and_the_old_output(tmp_path, number, code, working):
    output = tmp_path / "out" / "table.jsonl"
    output.parent.mkdir()
    output.write_text("old")
    work = working("--output", str(output), "--force")
    for _ in range(600):
        if len(list(output.parent.iterdir())) == 2:
            break
        time.sleep(0.05)
    assert len(list(output.parent.iterdir())) == 2, "the temporary file stands beside the target"
    work.process.send_signal(number)
    found, _, errors = work.end()
    assert found == code
    assert list(output.parent.iterdir()) == [output]
    assert output.read_text() == "old"
    assert errors.count("\n") == 1
    assert "was not written" in errors


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_p05_a_second_interrupt_is_immediate(tmp_path, unbuffered):
    """The reader of our output is stuck, so that the first one waits for the record to be written."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "text": TEXT * 2000}, ensure_ascii=False) + "\n", encoding="utf-8")
    command = [str(COMMAND), "predict", "-f", "jsonl", "--max-bytes", "100000000", str(path)]
    surroundings = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings) as process:
        os.read(process.stdout.fileno(), 1)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None, "the first one waits for the whole record"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == b""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_p05_an_interrupted_write_is_finished(tmp_path, unbuffered):
    """A write that a signal cuts short loses its rest where Python's output has no buffer."""
    text = TEXT * 500
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps({'id': '1', 'text': text}, ensure_ascii=False)}\n", encoding="utf-8")
    command = [str(COMMAND), "predict", "-f", "jsonl", str(path)]
    surroundings = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings) as process:
        first = os.read(process.stdout.fileno(), 1)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        record = json.loads(first + process.stdout.read())
        assert process.wait(10) == 130
    assert "".join(part["text"] for part in record["paragraphs"]) == text.replace("\n", "")


def test_p05_an_ignored_interrupt_stays_ignored(working):
    work = None
    signal_before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work = working()
    finally:
        signal.signal(signal.SIGINT, signal_before)
    work.process.stdout.readline()
    work.process.send_signal(signal.SIGINT)
    work.stream.close()
    code, rest, _ = work.end()
    assert code == 0
    assert len(rest.splitlines()) == 2
