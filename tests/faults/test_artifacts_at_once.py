"""Artifact faults A14 and A15: several processes publish, delete and predict at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tagger.artifact import MANIFEST, model_digest
from tagger.store import Store
from tagger.verification import load_model, manifest_of

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "v3-format3"
SECONDS = [5, pytest.param(60, marks=pytest.mark.slow)]


@pytest.fixture
def store(tmp_path):
    """A store with one version."""
    made = Store(tmp_path / "store")
    names = sorted((path.name for path in GOLDEN.iterdir()), key=lambda name: name == MANIFEST)
    made.publish({name: (GOLDEN / name).read_bytes() for name in names})
    return made


def at_once(store, seconds, *tasks):
    """What each process did, after all have ended well."""
    command = [sys.executable, HERE / "publishing_process.py"]
    processes = [
        subprocess.Popen(
            [*command, task, store.root, GOLDEN, str(seconds)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for task in tasks
    ]
    try:
        results = [process.communicate(timeout=seconds + 120) for process in processes]
    finally:
        for process in processes:
            process.kill()
    for process, (_, errors) in zip(processes, results, strict=True):
        assert process.returncode == 0, errors
    return [output.split() for output, _ in results]


@pytest.mark.parametrize("seconds", SECONDS)
def test_a14_publishing_at_once_gives_every_process_numbers_of_its_own(store, seconds, record_property):
    first, second, third = at_once(store, seconds, "publish", "publish", "publish")
    assert min(map(len, (first, second, third))) > 1
    published = [*first, *second, *third]
    record_property("figures", f"{len(published)} versions published by 3 processes in {seconds} s")
    assert len(set(published)) == len(published)
    assert sorted(store.versions()) == sorted(["v1", *published])
    assert store.current() in (first[-1], second[-1], third[-1])
    for name in store.versions():
        load_model(store.folder(name), allow_dictionary_change=True)
    assert list(store.root.glob(".tmp-*")) == []


@pytest.mark.parametrize("seconds", SECONDS)
def test_a15_readers_never_notice_publishing_and_deleting(store, seconds, record_property):
    replaced, *read = at_once(store, seconds, "replace", "read", "read")
    record_property(
        "figures", f"{len(replaced)} versions replaced, {sum(map(len, read))} read meanwhile in {seconds} s"
    )
    assert len(replaced) > 1
    assert len(set(read[0]) | set(read[1])) > 1
    assert store.versions() == [replaced[-1]]


def test_a15_a_loaded_model_outlives_its_folder(run, store):
    """The folder goes while the command waits for its text."""
    command = [
        Path(sys.executable).with_name("tagger"),
        "predict",
        "-f",
        "jsonl",
        "-m",
        store.root,
        "--allow-dictionary-change",
    ]
    fifo = store.root.parent / "text.txt"
    subprocess.run(["mkfifo", fifo], check=True)
    process = subprocess.Popen([*command, fifo], stdout=subprocess.PIPE, text=True, encoding="utf-8")
    with fifo.open("w", encoding="utf-8") as stream:  # opens when the command does, which has loaded its model by then
        subprocess.run(["rm", "-r", store.root], check=True)
        stream.write("Учителю вручили премию\nНаграду и орден вручил министр.")
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert json.loads(output)["labels"] == ["award"]


@pytest.mark.slow
def test_a14_two_trainings_at_once_publish_two_equal_models(tmp_path, tiny_corpus_path):
    command = [Path(sys.executable).with_name("tagger"), "train", tiny_corpus_path, "--output", tmp_path / "store"]
    trainings = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for training in trainings:
        _, errors = training.communicate(timeout=300)
        assert training.returncode == 0, errors
    store = Store(tmp_path / "store")
    assert store.versions() == ["v1", "v2"]
    digests = {model_digest(manifest_of(store.folder(name))) for name in store.versions()}
    assert len(digests) == 1
