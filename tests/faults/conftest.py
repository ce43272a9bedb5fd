"""What the fault tests share."""

import ctypes
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")
GOLDEN = Path(__file__).parent / "golden" / "v3-format3"

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


@pytest.fixture(scope="session")
def plain_user() -> Callable[[], None]:
    """To run in a child before it becomes the command: root then obeys permissions as everybody does."""
    library = ctypes.CDLL(None)

    def drop() -> None:
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            library.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)

    return drop


def run_in_shell(line, **options):
    """Run a line of bash in which ``tagger`` is the installed command; gives exit code, output and errors."""
    script = f'set -o pipefail\ntagger() {{ {shlex.quote(str(COMMAND))} "$@"; }}\n{line}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=120, check=False, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="session")
def shell():
    """The function of that name."""
    return run_in_shell


class Working:
    """The command at work on a pipe: the first batch is full after the second article, and more may come."""

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


@pytest.fixture
def working(tmp_path):
    """Start the command, with options, on a pipe that stays open."""
    return lambda *options: Working(tmp_path, *options)


def write_articles(path, count):
    """A file of ``count`` articles."""
    lines = (json.dumps({"id": str(number), "text": TEXT}, ensure_ascii=False) + "\n" for number in range(count))
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def many():
    """Write a file of so many articles: ``many(path, count)``."""
    return write_articles


@pytest.fixture
def answers(run, tmp_path):
    """Tag a text or JSON Lines; gives the exit code and the records."""

    def call(text, name="text.txt", *options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = run("predict", "-f", "jsonl", *options, path)
        assert "Traceback" not in done.stderr
        assert "bug" not in done.stderr
        return done.returncode, [json.loads(line) for line in done.stdout.split("\n")[:-1]]

    return call


@pytest.fixture
def folder(tmp_path):
    """A copy of the golden artifact to spoil."""
    return Path(shutil.copytree(GOLDEN, tmp_path / "v1"))


@pytest.fixture
def refused(run):
    """What ``tagger models verify`` says about an artifact, once it is sure to be one line that advises nothing unsafe."""

    def message(folder):
        done = run("models", "verify", folder)
        assert done.returncode == 4, done.stderr
        assert done.stdout == ""
        assert done.stderr.startswith("tagger: ")
        assert done.stderr.count("\n") == 1
        assert "unsafe" not in done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    return message


@pytest.fixture(scope="session")
def clean_record(run):
    """What the sample gets when nothing is wrong with it."""
    return json.loads(run("predict", "-f", "jsonl", SAMPLE).stdout)
