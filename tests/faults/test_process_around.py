"""Rows P7 to P10 of the fault contract: surroundings, locale, memory, killed workers, output files."""

import json
import os
import resource
import shlex
import signal
import time
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")


def test_p07_without_home_and_with_nothing_writable_it_works(run, tmp_path, plain_user):
    tmp_path.chmod(0o555)
    kept = {name: value for name, value in os.environ.items() if name.startswith("TAGGER")}
    for home in ({}, {"HOME": "/nowhere"}, {"HOME": str(tmp_path)}):
        surroundings = kept | home | {"TMPDIR": str(tmp_path / "none"), "PATH": "/usr/bin:/bin"}
        done = run("predict", SAMPLE, env=surroundings, cwd=tmp_path, preexec_fn=plain_user)
        assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


PLAIN = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


@pytest.mark.parametrize("surroundings", [{"LC_ALL": "C"}, PLAIN, {"PYTHONIOENCODING": "ascii"}])
@pytest.mark.parametrize("form", ["text", "jsonl", "csv"])
def test_p08_output_is_utf8_whatever_the_locale(tmp_path, surroundings, form, shell):
    path = tmp_path / "новость.txt"
    path.write_text(TEXT, encoding="utf-8")
    code, out, errors = shell(f"tagger predict -f {form} {shlex.quote(str(path))}", env=os.environ | surroundings)
    assert (code, errors) == (0, "")
    assert "новость.txt" in out
    assert "соглашение" in out.lower()


@pytest.mark.parametrize("surroundings", [{"LC_ALL": "C"}, PLAIN, {}])
@pytest.mark.parametrize("form", ["text", "jsonl", "csv"])
def test_p08_a_file_name_that_is_no_utf8_is_read_and_shown_escaped(tmp_path, surroundings, form, shell):
    path = os.fsencode(tmp_path) + "/новость.txt".encode("cp1251")
    with open(path, "wb") as stream:
        stream.write(TEXT.encode("cp1251", "replace"))
    code, out, errors = shell(f"tagger predict -f {form} {tmp_path}/*.txt", env=os.environ | surroundings)
    assert code == 0
    assert r"\xed\xee\xe2" in (json.loads(out)["id"] if form == "jsonl" else out)
    assert r"\xed\xee\xe2" in errors


def test_p09_a_text_that_memory_does_not_hold_is_refused_and_the_others_are_done(run, tmp_path):
    large = tmp_path / "large.txt"
    large.write_text(TEXT * 40_000, encoding="utf-8")  # 60 MB

    def little_memory():
        resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))

    options = ["-f", "jsonl", "--level", "article", "--max-bytes", "200000000"]
    small = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = run("predict", *options, SAMPLE, large, SAMPLE, preexec_fn=little_memory, env=os.environ | small)
    assert done.returncode == 3, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in record for record in records] == [False, True, False]
    assert "not enough memory" in records[1]["error"]
    assert done.stderr.count("\n") == 1


def workers_of(parent):
    """Process ids of the workers that a command has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status, line = (entry / "stat").read_text(), (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status.rpartition(")")[2].split()[1]) == parent and b"popen_loky" in line:
            found.append(int(entry.name))
    return found


def test_p09_a_killed_worker_is_an_error_and_never_a_hang(tmp_path, working):
    work = working("--jobs", "2")
    for _ in range(600):
        if workers := workers_of(work.process.pid):
            break
        time.sleep(0.05)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    work.stream.close()
    code, _, errors = work.end()
    assert code == 1
    assert errors.count("\n") == 1
    assert "a worker process was killed" in errors


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    return path


def test_p10_output_is_written_whole_and_as_standard_output_would_be(run, tmp_path):
    output = tmp_path / "out.jsonl"
    done = run("predict", "-f", "jsonl", SAMPLE, "--output", output)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert output.read_text(encoding="utf-8") == run("predict", "-f", "jsonl", SAMPLE).stdout
    assert list(tmp_path.iterdir()) == [output]


def test_p10_an_existing_output_is_kept_without_force_and_replaced_with_it(run, old):
    done = run("predict", "-f", "jsonl", SAMPLE, "--output", old)
    assert (done.returncode, old.read_text()) == (2, "old")
    assert "--force" in done.stderr
    assert run("predict", "-f", "jsonl", SAMPLE, "--output", old, "--force").returncode == 0
    assert json.loads(old.read_text(encoding="utf-8"))["id"] == str(SAMPLE)


@pytest.mark.parametrize("through", ["itself", "symlink", "hard link"])
def test_p10_an_input_is_never_the_output(run, tmp_path, through):
    text, output = tmp_path / "text.txt", tmp_path / "other.txt"
    text.write_text(TEXT, encoding="utf-8")
    if through == "itself":
        output = text
    elif through == "symlink":
        output.symlink_to(text)
    else:
        output.hardlink_to(text)
    done = run("predict", text, "--output", output, "--force")
    assert done.returncode == 2
    assert "is also an input" in done.stderr
    assert text.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("target", ["/dev/full", "."])
def test_p10_what_is_no_plain_file_is_never_replaced(run, tmp_path, target):
    done = run("predict", SAMPLE, "--output", target, "--force", cwd=tmp_path)
    assert done.returncode == 2
    assert "not a plain file" in done.stderr
    assert Path("/dev/full").is_char_device()


def test_p10_an_output_that_does_not_fit_leaves_the_old_and_nothing_else(run, tmp_path, old, many):
    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    articles = many(tmp_path / "articles.jsonl", 100)
    done = run("predict", "-f", "jsonl", articles, "--output", old, "--force", preexec_fn=little_room)
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1
    assert f"cannot write {old}" in done.stderr
    assert old.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == sorted([articles, old])


def test_p10_a_folder_that_may_not_be_written_is_said(run, tmp_path, plain_user):
    tmp_path.chmod(0o555)
    done = run("predict", SAMPLE, "--output", tmp_path / "out.txt", preexec_fn=plain_user)
    tmp_path.chmod(0o755)
    assert done.returncode == 6
    assert "cannot write" in done.stderr
    assert list(tmp_path.iterdir()) == []
