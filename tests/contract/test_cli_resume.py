"""`tagger predict --resume`: stopped at any moment, in any way, and gone on with, it gives the bytes of a run never stopped."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
TEXTS = 1000
KILLS = 4


@pytest.fixture(scope="module")
def archive(texts, tmp_path_factory):
    """Articles of several batches, one that is a copy of another, one that cannot be read."""
    path = tmp_path_factory.mktemp("resume") / "архив.jsonl"
    rows = [{"id": f"a{number}", "text": "\n".join([texts[number % len(texts)]] * 20)} for number in range(TEXTS)]
    lines = [json.dumps(row, ensure_ascii=False) for row in [*rows, rows[3]]]
    path.write_text("\n".join([*lines[:50], '{"id": "bad"}', *lines[50:]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(run, trained, archive):
    """What a run that nobody stops gives."""
    done = run("predict", "-m", trained, "-f", "jsonl", "--level", "article", archive)
    assert done.returncode == 3
    return done.stdout.encode()


@pytest.fixture
def command(trained, archive, tmp_path):
    options = ["--level", "article", "--output", tmp_path / "out.jsonl", "--resume"]
    return [str(part) for part in (COMMAND, "predict", "-m", trained, archive, *options)]


def start(command, *more):
    return subprocess.Popen([*command, *more], stderr=subprocess.PIPE, start_new_session=True)


def kept(path):
    unfinished = path.with_name(path.name + ".unfinished")
    return unfinished.stat().st_size if unfinished.exists() else 0


def killed(command, output, after=0.0, more=()):
    """Start, wait until answers are written, kill the process and its children ``after`` seconds later; its exit code."""
    before = max(kept(output), 1000)
    process = start(command, *more)
    while process.poll() is None and kept(output) <= before:
        time.sleep(0.002)
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()
    return process.returncode


@pytest.mark.parametrize("more", [[], ["--jobs", "2"]])
def test_killed_at_random_moments_it_loses_nothing_and_does_nothing_twice(command, tmp_path, whole, more):
    output, moments = tmp_path / "out.jsonl", random.Random(5)
    sizes = []
    for _ in range(KILLS):
        killed(command, output, moments.uniform(0, 0.01), more)
        if output.exists():
            break  # it was through before
        sizes.append(kept(output))
    assert len(sizes) >= 2
    assert sizes == sorted(set(sizes))
    if not output.exists():
        assert subprocess.run([*command, *more], check=False, stderr=subprocess.DEVNULL).returncode == 3
    assert output.read_bytes() == whole
    assert kept(output) == 0


@pytest.mark.parametrize("cut", [1, 300])
def test_a_torn_last_line_is_made_anew(command, tmp_path, whole, cut):
    output = tmp_path / "out.jsonl"
    assert killed(command, output) == -signal.SIGKILL
    unfinished = tmp_path / "out.jsonl.unfinished"
    os.truncate(unfinished, unfinished.stat().st_size - cut)
    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 3
    assert output.read_bytes() == whole
    assert not unfinished.exists()


def test_a_line_damaged_by_a_power_cut_and_all_after_it_are_made_anew(command, tmp_path, whole):
    output = tmp_path / "out.jsonl"
    killed(command, output)
    unfinished = tmp_path / "out.jsonl.unfinished"
    data = bytearray(unfinished.read_bytes())
    place = len(data) // 2
    data[place : place + 40] = bytes(40)
    unfinished.write_bytes(data)
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    assert output.read_bytes() == whole


def test_changed_inputs_are_tagged_as_they_are_now(run, trained, texts, tmp_path):
    inputs, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": str(number), "text": "\n".join([texts[number % len(texts)]] * 20)} for number in range(TEXTS)]
    command = [str(part) for part in (COMMAND, "predict", "-m", trained, inputs, "--output", output, "--resume")]

    def write():
        inputs.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    write()
    assert killed(command, output) == -signal.SIGKILL
    rows[4]["text"] = "Учёным вручили премию\nПремию и награду вручил губернатор."
    del rows[10]
    rows.insert(0, {"id": "new", "text": "Дождь."})
    write()
    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 0
    assert output.read_bytes().decode() == run("predict", "-m", trained, inputs, "-f", "jsonl").stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_polite_stop_says_how_to_go_on(command, tmp_path, whole, number, code):
    output = tmp_path / "out.jsonl"
    process = start(command)
    while not kept(output):
        time.sleep(0.005)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert "go on with the same command" in errors.decode()
    assert not output.exists()
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    assert output.read_bytes() == whole


def test_answers_of_other_options_are_not_mixed(command, tmp_path):
    killed(command, tmp_path / "out.jsonl")
    done = subprocess.run([*command, "--level", "both"], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "was begun with another model or other options" in done.stderr


def test_two_at_once_are_refused(command, tmp_path):
    output = tmp_path / "out.jsonl"
    first = start(command)
    while not kept(output):
        time.sleep(0.005)
    os.kill(first.pid, signal.SIGSTOP)
    second = subprocess.run(command, check=False, capture_output=True, text=True)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    assert second.returncode == 6
    assert "is being written by another process" in second.stderr


def test_a_finished_output_is_not_begun_again_unless_forced(command, tmp_path, whole):
    output = tmp_path / "out.jsonl"
    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 3
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, "exists" in done.stderr) == (2, True)
    assert subprocess.run([*command, "--force"], check=False, stderr=subprocess.DEVNULL).returncode == 3
    assert output.read_bytes() == whole


def test_partitions_are_resumed(trained, archive, tmp_path, whole):
    output = tmp_path / "parts"
    options = ["--level", "article", "-f", "jsonl", "--output", output, "--resume", "--partition", 400]
    command = [str(part) for part in (COMMAND, "predict", "-m", trained, archive, *options)]
    assert killed(command, output) == -signal.SIGKILL
    assert not output.exists()
    assert subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode == 3
    paths = sorted(output.iterdir())
    assert [path.read_bytes().count(b"\n") for path in paths] == [400, 400, 202]
    assert b"".join(path.read_bytes() for path in paths) == whole
