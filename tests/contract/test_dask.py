"""A Dask scheduler: no article is lost or there twice, also when a worker is killed in the middle."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra dask is not installed")
COMMAND = Path(sys.executable).with_name("tagger")
ARTICLES = 4_000


@pytest.fixture(scope="module")
def corpus(texts, tmp_path_factory):
    """Some blocks of JSON Lines."""
    path = tmp_path_factory.mktemp("dask") / "articles.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(ARTICLES):
            record = {"id": f"a{number}", "text": "\n".join([texts[number % len(texts)]] * 8)}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def records(folder):
    files = sorted(folder.iterdir())
    assert all(file.name.startswith("part-") and file.suffix == ".jsonl" for file in files)
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").split("\n") if line]


def test_two_local_workers_give_the_answers_of_one_process(run, trained, corpus, tmp_path):
    head = tmp_path / "head.jsonl"
    head.write_text("".join(corpus.open(encoding="utf-8").readlines()[:50]) + '{"id": "bad"}\n', encoding="utf-8")
    done = run("predict", "--scheduler", "local", head, "--output", tmp_path / "out", "-m", trained)
    assert done.returncode == 3, done.stderr
    alone = run("predict", head, "-f", "jsonl", "-m", trained).stdout.split("\n")
    assert records(tmp_path / "out")[:50] == [json.loads(line) for line in alone[:50]]


def test_parquet_is_read_by_address(run, trained, tmp_path):
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"id": str(number), "text": "Завод открыли в Туле."} for number in range(100)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=30)
    output = f"file://{tmp_path}/out"
    done = run("predict", "--scheduler", "local", f"file://{tmp_path}/a.parquet", "--output", output, "-m", trained)
    assert done.returncode == 0, done.stderr
    assert [row["id"] for row in records(tmp_path / "out")] == [row["id"] for row in rows]


def started(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_a_killed_worker_loses_and_doubles_nothing(trained, corpus, tmp_path):
    where = tmp_path / "scheduler.json"
    scheduler = started("distributed.cli.dask_scheduler", "--scheduler-file", where, "--port", 0, "--no-dashboard")
    options = ("--scheduler-file", where, "--nthreads", 1, "--no-nanny", "--no-dashboard")
    workers = [started("distributed.cli.dask_worker", *options) for _ in range(2)]
    try:
        while not where.exists():
            time.sleep(0.1)
        address = json.loads(where.read_text(encoding="utf-8"))["address"]
        command = ["predict", "--scheduler", address, corpus, "--output", tmp_path / "out", "-m", trained]
        process = subprocess.Popen([COMMAND, *map(str, command)], stderr=subprocess.PIPE, text=True)
        while not any((tmp_path / "out").glob("part-*.jsonl")):
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.02)
        os.kill(workers[0].pid, signal.SIGKILL)
        assert process.poll() is None, "it was over before the worker was killed"
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    finally:
        for each in (*workers, scheduler):
            each.kill()
            each.wait()
    ids = [row["id"] for row in records(tmp_path / "out")]
    assert len(ids) == ARTICLES
    assert set(ids) == {f"a{number}" for number in range(ARTICLES)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.jsonl"], "needs --output"),
        (["a.jsonl", "-f", "jsonl", "--level", "article"], "needs --output"),
        (["a.txt", "--output", "out"], "convert it"),
    ],
)
def test_what_a_scheduler_cannot_do_is_said_at_once(run, arguments, message):
    done = run("predict", "--scheduler", "local", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


UNUSED = {
    "--format": "csv",
    "--encoding": "cp1251",
    "--jobs": "1",
    "--partition": "5",
    "--report": "x.html",
    **dict.fromkeys(["--strict", "--resume", "--force", "--wide", "--excel"]),
}
"""Options of `tagger predict` that a scheduler cannot honour, with a value if they take one."""


@pytest.mark.parametrize("names", [["--force"], list(UNUSED)], ids=" ".join)
def test_options_that_would_have_no_effect_are_named(run, tmp_path, names):
    (tmp_path / "a.jsonl").write_text('{"text": "Завод открыли в Туле."}\n', encoding="utf-8")
    options = [part for name in names for part in (name, UNUSED[name]) if part]
    done = run("predict", "--scheduler", "local", "a.jsonl", "--output", "out", *options, cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert set(re.findall("--[a-z]+", line.partition(" no use for ")[2].partition(";")[0])) == set(names)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
