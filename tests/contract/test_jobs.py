"""Several processes give the bytes of one, read no further than they need, and end well whatever happens."""

import json
import os
import signal
import subprocess
import sys
import time
from threading import Thread

import pytest

import tagger.tagging
from tagger import Tagger, TaggerError, load
from tagger.parallel import AHEAD

TEXTS = 60


@pytest.fixture(scope="module")
def corpus(texts, tmp_path_factory):
    """Some batches of articles, one of them not to be read, as JSON Lines."""
    path = tmp_path_factory.mktemp("jobs") / "articles.jsonl"
    long = [{"id": f"a{number}", "text": "\n".join([texts[number % len(texts)]] * 40)} for number in range(TEXTS)]
    lines = [json.dumps(record, ensure_ascii=False) for record in long]
    path.write_text("\n".join([*lines[:20], '{"id": "bad"}', *lines[20:]]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tiny(trained):
    return load(trained)


def test_evidence_is_the_same_bytes_for_any_number_of_jobs(run, trained, tmp_path, texts):
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    one, two = (run("predict", path, "-m", trained, "-f", "jsonl", "--explain", "--jobs", jobs) for jobs in (1, 2))
    assert one.returncode == 0
    assert one.stdout == two.stdout
    assert '"contribution"' in one.stdout


@pytest.mark.parametrize("options", [["-f", "jsonl"], ["-f", "csv"], ["-f", "jsonl", "--level", "article"]])
def test_the_output_is_the_same_bytes_for_any_number_of_jobs(run, trained, corpus, options):
    results = [run("predict", corpus, "-m", trained, *options, "--jobs", jobs) for jobs in (1, 2, 3)]
    assert [done.returncode for done in results] == [3, 3, 3]
    assert results[0].stdout.count("a59") >= 1
    assert len({(done.stdout, done.stderr) for done in results}) == 1


def test_a_stream_is_read_a_bounded_way_ahead(tiny, monkeypatch):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", 30)
    read = []

    def endless():
        while True:
            read.append(1)
            yield f"{len(read)}: завод открыли в Туле."

    stream = tiny.predict_many(endless(), jobs=2)
    for number in range(1, 31):
        assert next(stream).article.text.startswith(f"{number}:")
        assert len(read) <= 2 * (number + 2 * AHEAD)
    stream.close()


def test_figures_are_those_of_one_process(tiny, texts):
    for one, other in zip(tiny.predict_many(texts), tiny.predict_many(texts, jobs=2), strict=True):
        assert one == other
        for part, same in zip(one.paragraphs, other.paragraphs, strict=True):
            assert part.evidence("award") == same.evidence("award")


def test_jobs_need_an_artifact_and_a_positive_number(tiny, tiny_model):
    with pytest.raises(ValueError, match="publish it and load it"):
        list(Tagger(tiny_model).predict_many(["Дождь."], jobs=2))
    with pytest.raises(ValueError, match="at least 1"):
        tiny.predict_many(["Дождь."], jobs=0)


def children(parent=None):
    """Loky's processes under ``parent``, else under us; training may have left some of joblib's own."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(parent or os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return {int(pid) for pid, command in rows if "LokyProcess" in command}


def test_a_killed_process_is_an_error_and_never_a_hang(tiny, monkeypatch):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", 30)
    others = children()
    stream = tiny.predict_many(("Завод открыли в Туле." for _ in range(10**6)), jobs=2)
    next(stream)
    os.kill((children() - others).pop(), signal.SIGKILL)
    with pytest.raises(TaggerError, match="killed"):
        for _ in stream:
            pass
    assert next(tiny.predict_many(["Завод открыли."], jobs=2)).labels == ("opening",)


def test_an_abandoned_stream_ends_all_its_processes(tiny, monkeypatch):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", 30)
    others = children()
    for _ in range(8):
        stream = tiny.predict_many(("Завод открыли в Туле. " * 200 for _ in range(10**6)), jobs=2)
        for _ in range(3):
            next(stream)
        stream.close()
        assert not children() - others


def test_a_stream_may_be_closed_in_any_thread(tiny, monkeypatch):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", 30)
    others = children()
    stream = tiny.predict_many(("Завод открыли в Туле. " * 200 for _ in range(10**6)), jobs=2)
    next(stream)
    closing = Thread(target=stream.close)
    closing.start()
    closing.join(30)
    assert not closing.is_alive()
    deadline = time.monotonic() + 30
    while children() - others and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not children() - others


def test_a_command_that_fails_before_it_works_leaves_no_process(tmp_path):
    program = [sys.executable, "-c", "from tagger.cli.main import run; run()"]
    command = [*program, "predict", str(tmp_path / "none.txt"), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.count("\n") == 1
    deadline = time.monotonic() + 20
    while (left := in_session(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left


def in_session(leader):
    """All processes of a session; with none, ps gives 1 and says nothing."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--sid", str(leader)], capture_output=True, text=True, check=False
    )
    assert not listed.stderr
    return listed.stdout.splitlines()


@pytest.fixture
def long_command(trained, corpus, tmp_path):
    """A command of two processes that is long at work."""
    many = tmp_path / "many.jsonl"
    many.write_bytes(corpus.read_bytes() * 60)
    program = [sys.executable, "-c", "from tagger.cli.main import run; run()"]
    return [*program, "predict", str(many), "-m", str(trained), "-f", "jsonl", "--jobs", "2"]


def test_an_interrupted_command_ends_with_its_processes_silent(long_command):
    process = subprocess.Popen(long_command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    for _ in range(5):
        assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    begin = time.monotonic()
    rest, errors = process.communicate(timeout=60)
    assert time.monotonic() - begin < 30
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert not rest or rest.endswith(b"\n")


def living():
    """All processes but those that have ended and that nobody has asked about yet."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,stat="], capture_output=True, text=True, check=True)
    return {int(pid) for pid, state in map(str.split, listed.stdout.splitlines()) if not state.startswith("Z")}


def test_processes_end_soon_after_a_killed_command(long_command):
    with subprocess.Popen(long_command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline()
        workers = children(process.pid)
        process.kill()
    assert len(workers) == 2
    deadline = time.monotonic() + 20
    while (left := workers & living()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left
