"""`tagger predict` says, in one line, when many texts are unlike the training corpus."""

import json
from dataclasses import replace

import pytest

from tagger.artifact import CARDS, artifact_files
from tagger.drift import LEAST, Statistics
from tagger.lemmas import dictionary_version
from tagger.store import Store

NEWS = "Учёным вручили премию\nПремию и награду учёным вручил губернатор.\n"
ODD = "Глокая куздра\nКуздра штеко будланула бокра и курдячит бокрёнка, хливкие шорьки пырялись.\n"
LIKE_NEWS = Statistics(500, 0.4, 0.1, 0.3, 0.5, {"award": 0.98, "opening": 0.0})
OPENINGS = replace(LIKE_NEWS, labels={"award": 0.5, "opening": 0.98})


@pytest.fixture(scope="module")
def stores(tiny_model, tiny_corpus, tiny_corpus_path, tmp_path_factory):
    """Stores of the tiny model: with statistics of larger corpora, and as older versions published it, without."""
    codebook = (tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8")
    cards, articles = dict.fromkeys(CARDS, "# Паспорт\n"), [tiny_corpus.articles[0].article]
    root = tmp_path_factory.mktemp("drift")
    for name, statistics in (("new", LIKE_NEWS), ("openings", OPENINGS), ("old", None)):
        kept = {"corpus_statistics": statistics.to_dict()} if statistics else {}
        Store(root / name).publish(artifact_files(tiny_model, codebook, dictionary_version(), cards, kept, articles))
    return root


def predicted(run, store, text, count, tmp_path, *options):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for _ in range(count)), encoding="utf-8")
    done = run("predict", path, "-f", "jsonl", "-m", store, *options)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == count or options
    return [line for line in done.stderr.splitlines() if "drift" in line]


def test_texts_unlike_the_corpus_are_told_in_one_line(run, stores, tmp_path):
    (line,) = predicted(run, stores / "openings", ODD, LEAST, tmp_path)
    assert line.startswith(
        f"tagger: drift: these {LEAST} texts are unlike the training corpus: unknown words 0.92 instead of 0.40"
    )
    assert "opening 0.00 instead of 0.98" in line
    assert "check some answers" in line


def test_resumed_runs_tell_it_too(run, stores, tmp_path):
    assert predicted(run, stores / "new", ODD, LEAST, tmp_path, "--resume", "--output", tmp_path / "tagged.jsonl")


def test_the_workers_of_a_scheduler_tell_it_together(run, stores, tmp_path):
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    halves = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for path in halves:
        path.write_text((json.dumps({"text": ODD}) + "\n") * (LEAST // 2), encoding="utf-8")
    output = tmp_path / "out"
    done = run("predict", *halves, "--scheduler", "local", "--output", output, "-m", stores / "new")
    assert done.returncode == 0, done.stderr
    assert (
        f"drift: these {LEAST} texts are unlike the training corpus: unknown words 0.92 instead of 0.40" in done.stderr
    )


def test_texts_like_the_corpus_are_not(run, stores, tmp_path):
    assert predicted(run, stores / "new", NEWS, LEAST, tmp_path) == []


def test_few_texts_are_not(run, stores, tmp_path):
    assert predicted(run, stores / "new", ODD, LEAST - 1, tmp_path) == []


def test_a_model_without_statistics_says_nothing(run, stores, tmp_path):
    assert predicted(run, stores / "old", ODD, LEAST, tmp_path) == []


def test_training_keeps_the_statistics(trained):
    provenance = json.loads((trained / "v1" / "manifest.json").read_bytes())["provenance"]
    kept = Statistics.from_dict(provenance["corpus_statistics"], ["award", "opening"])
    assert kept.articles == 24
    assert 0 < kept.unknown < 1
    assert 0 < kept.labels["award"] < 1
