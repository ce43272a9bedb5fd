"""Rows P1 to P10 of the fault contract: streams, signals, surroundings, memory, output files."""

import json
import os
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")


def shell(line, **options):
    """Run a line of bash in which ``tagger`` is the installed command; gives exit code, output and errors."""
    script = f'set -o pipefail\ntagger() {{ {shlex.quote(str(COMMAND))} "$@"; }}\n{line}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=120, check=False, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def many(path, count):
    """A file of ``count`` articles."""
    lines = (json.dumps({"id": str(number), "text": TEXT}, ensure_ascii=False) + "\n" for number in range(count))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_p01_closed_standard_input_is_no_input():
    code, out, errors = shell("tagger predict - <&-")
    assert (code, out) == (2, "")
    assert errors.count("\n") == 1
    assert "no input: standard input is closed" in errors


def test_p01_closed_standard_input_does_not_matter_to_files():
    code, out, errors = shell(f"tagger predict {SAMPLE} <&-")
    assert (code, errors) == (0, "")
    assert "agreement.txt" in out


@pytest.mark.parametrize("command", [f"predict {SAMPLE}", "models list"])
def test_p02_closed_standard_output_is_an_error(command):
    code, _, errors = shell(f"tagger {command} >&-")
    assert code == 6
    assert errors.count("\n") == 1
    assert "standard output: is closed" in errors


def test_p02_closed_standard_error_loses_no_result():
    code, out, _ = shell(f"tagger predict -f jsonl {SAMPLE} 2>&-")
    assert code == 0
    assert json.loads(out)["labels"] is not None


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_p03_a_reader_that_has_enough_ends_it_silently(tmp_path, form):
    code, out, errors = shell(f"tagger predict -f {form} {many(tmp_path / 'a.jsonl', 300)} | head -1")
    assert (code, errors) == (141, "")
    assert out.count("\n") == 1


@pytest.mark.parametrize("command", [f"predict {SAMPLE}", f"predict -f csv {SAMPLE}", "models list", "--help"])
def test_p04_a_full_device_is_one_line(command):
    code, _, errors = shell(f"tagger {command} > /dev/full")
    assert code == 6
    assert errors.count("\n") == 1
    assert "No space left on device" in errors


class Working:
    """The command at work on standard input's first batch, its next records still to come."""

    def __init__(self, folder, *options):
        self.path = folder / "pipe.jsonl"
        os.mkfifo(self.path)
        command = [str(COMMAND), "predict", "-f", "jsonl", "--level", "article", str(self.path), *options]
        # Without a buffer of ours: what `readline` leaves is for `communicate`.
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        self.stream = self.path.open("w", encoding="utf-8")
        text = TEXT.replace("\n", " ") * 250
        for number in range(3):  # a batch is full after the second
            self.stream.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
        self.stream.flush()

    def end(self):
        out, errors = self.process.communicate(timeout=60)
        self.stream.close()
        return self.process.returncode, out.decode(), errors.decode()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_p05_a_signal_ends_it_after_whole_records_and_says_how_many(tmp_path, number, code):
    working = Working(tmp_path)
    first = working.process.stdout.readline().decode()
    time.sleep(0.5)
    working.process.send_signal(number)
    found, rest, errors = working.end()
    assert found == code
    records = [json.loads(line) for line in (first + rest).splitlines()]
    assert [record["id"] for record in records] == [str(place) for place in range(len(records))]
    assert errors == (
        f"tagger: interrupted: {len(records)} texts done, the last was {records[-1]['id']}; "
        "go on with what comes after it\n"
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_p06_a_signal_leaves_no_temporary_file_and_the_old_output(tmp_path, number, code):
    output = tmp_path / "out" / "table.jsonl"
    output.parent.mkdir()
    output.write_text("old")
    working = Working(tmp_path, "--output", str(output), "--force")
    for _ in range(600):
        if len(list(output.parent.iterdir())) == 2:
            break
        time.sleep(0.05)
    assert len(list(output.parent.iterdir())) == 2, "the temporary file stands beside the target"
    working.process.send_signal(number)
    found, _, errors = working.end()
    assert found == code
    assert list(output.parent.iterdir()) == [output]
    assert output.read_text() == "old"
    assert errors.count("\n") == 1
    assert "was not written" in errors


def test_p05_a_second_interrupt_is_immediate(tmp_path):
    """The reader of our output is stuck, so that the first one waits for the record to be written."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "text": TEXT * 2000}, ensure_ascii=False) + "\n", encoding="utf-8")
    command = [str(COMMAND), "predict", "-f", "jsonl", "--max-bytes", "100000000", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.read(process.stdout.fileno(), 1)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None, "the first one waits for the whole record"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == b""


def test_p05_an_ignored_interrupt_stays_ignored(tmp_path):
    working = None
    signal_before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        working = Working(tmp_path)
    finally:
        signal.signal(signal.SIGINT, signal_before)
    working.process.stdout.readline()
    working.process.send_signal(signal.SIGINT)
    working.stream.close()
    code, rest, _ = working.end()
    assert code == 0
    assert len(rest.splitlines()) == 2


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
def test_p08_output_is_utf8_whatever_the_locale(tmp_path, surroundings, form):
    path = tmp_path / "новость.txt"
    path.write_text(TEXT, encoding="utf-8")
    code, out, errors = shell(f"tagger predict -f {form} {shlex.quote(str(path))}", env=os.environ | surroundings)
    assert (code, errors) == (0, "")
    assert "новость.txt" in out
    assert "соглашение" in out.lower()


@pytest.mark.parametrize("surroundings", [{"LC_ALL": "C"}, PLAIN, {}])
@pytest.mark.parametrize("form", ["text", "jsonl", "csv"])
def test_p08_a_file_name_that_is_no_utf8_is_read_and_shown_escaped(tmp_path, surroundings, form):
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
        resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))

    options = ["-f", "jsonl", "--level", "article", "--max-bytes", "200000000"]
    small = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = run("predict", *options, SAMPLE, large, SAMPLE, preexec_fn=little_memory, env=os.environ | small)
    assert done.returncode == 3, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in record for record in records] == [False, True, False]
    assert "not enough memory" in records[1]["error"]
    assert done.stderr.count("\n") == 1


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


def test_p10_an_output_that_does_not_fit_leaves_the_old_and_nothing_else(run, tmp_path, old):
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
