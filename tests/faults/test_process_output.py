"""Rows P5, P6 and P10 of the fault contract: what stands under and beside an output's name whatever happens."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"


@pytest.fixture
def device(tmp_path):
    """A file system of one megabyte, of which 32 kB are free."""
    folder = tmp_path / "device"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"may not mount a file system: {done.stderr.strip()}")
    (folder / "other").write_bytes(bytes(1_015_808))
    yield folder
    subprocess.run(["umount", folder], check=True)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_p10_an_output_on_a_full_device_leaves_the_old_and_nothing_else(run, tmp_path, device, many):
    output = device / "out.jsonl"
    output.write_text("old")
    before = tree(device)
    articles = many(tmp_path / "articles.jsonl", 100)
    done = run("predict", "-f", "jsonl", articles, "--output", output, "--force")
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1
    assert f"cannot write {output}: No space left on device" in done.stderr
    assert tree(device) == before


@pytest.mark.parametrize("full", ["output", "temporary"])
def test_p10_a_workbook_on_a_full_device_is_one_line_and_leaves_nothing(run, tmp_path, device, many, full):
    before = tree(device)
    output = (device if full == "output" else tmp_path) / "out.xlsx"
    folder = device if full == "temporary" else tmp_path
    articles = many(tmp_path / "articles.jsonl", 300)
    done = run("predict", articles, "--output", output, env=os.environ | {"TMPDIR": str(folder)})
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr
    assert tree(device) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl", "device"]


def test_a12_p10_a_training_on_a_full_device_leaves_the_store_as_it_was(run, device, tiny_corpus_path):
    (device / "store").mkdir()
    (device / "store" / "CURRENT").write_text("old\n")
    before = tree(device)
    done = run("train", tiny_corpus_path, "--output", device / "store")
    assert (done.returncode, done.stdout) == (6, "")
    (error,) = done.stderr.splitlines()
    assert f"cannot write {device / 'store' / 'v1'}: No space left on device" in error
    assert "bytes needed" in error
    assert tree(device) == before


def wait_for_file_beside(output):
    """Until the command has begun to write."""
    for _ in range(600):
        if beside := [path for path in output.parent.iterdir() if path != output]:
            return beside
        time.sleep(0.05)
    raise AssertionError("nothing was written")


@pytest.mark.parametrize(
    "signals", [[signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGCONT], [signal.SIGKILL]], ids=["two", "kill"]
)
def test_p05_p06_what_an_end_at_once_leaves_beside_the_old_output_the_next_run_clears(run, tmp_path, working, signals):
    """Two different signals at once are a second one while the first is being answered."""
    output = tmp_path / "out" / "table.jsonl"
    output.parent.mkdir()
    output.write_text("old")
    work = working("--output", str(output), "--force")
    beside = wait_for_file_beside(output)
    for number in signals:
        work.process.send_signal(number)
    code, _, _ = work.end()
    assert code in (143, -signal.SIGKILL)
    assert output.read_text() == "old"
    assert [path for path in beside if path.exists()] == beside, "there is something to clear"
    done = run("predict", "-f", "jsonl", SAMPLE, "--output", output, "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert list(output.parent.iterdir()) == [output]
    assert json.loads(output.read_text(encoding="utf-8"))["id"] == str(SAMPLE)


def test_p06_a_run_leaves_the_temporary_file_of_a_living_one_alone(run, tmp_path, working):
    output = tmp_path / "out" / "table.jsonl"
    output.parent.mkdir()
    work = working("--output", str(output))
    wait_for_file_beside(output)
    assert run("predict", "-f", "jsonl", SAMPLE, "--output", output).returncode == 0
    work.stream.close()
    code, _, errors = work.end()
    assert (code, errors) == (0, "")
    assert len(output.read_text(encoding="utf-8").splitlines()) == 3
    assert list(output.parent.iterdir()) == [output]
