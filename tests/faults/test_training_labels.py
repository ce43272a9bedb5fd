"""Rows T7 to T13, T15 and T16 of the fault contract: corpora of good lines that no good model comes from."""

import json
import os
import random

import pytest

from tagger import load
from tagger.artifact import model_digest
from tagger.store import Store
from tagger.verification import manifest_of


@pytest.fixture
def records(tiny_corpus_path):
    """The miniatures: eight on awards, eight on openings, eight on neither."""
    return [json.loads(line) for line in (tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines()]


@pytest.fixture
def train(run, tiny_corpus_path, tmp_path):
    """Train on records, into ``tmp_path / "store"``."""

    def call(records, *options, **settings):
        path = tmp_path / "data.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        codebook = tiny_corpus_path / "event_types.toml"
        done = run("train", path, "--event-types", codebook, "--output", tmp_path / "store", *options, **settings)
        assert "Traceback" not in done.stderr
        assert "Warning" not in done.stderr
        if done.returncode:
            assert done.stdout == ""
            assert not (tmp_path / "store" / "v1").exists()
        return done

    return call


def labels_of(record):
    """All labels of a record's paragraphs."""
    return {label for part in record["paragraphs"] for label in part["labels"]}


def provenance(tmp_path):
    return manifest_of(Store(tmp_path / "store").folder("v1"))["provenance"]


def relabelled(record, labels):
    """The record with ``labels`` on its body paragraphs."""
    parts = [part | {"labels": [] if part["boilerplate"] else list(labels)} for part in record["paragraphs"]]
    return record | {"paragraphs": parts}


def without(records, label):
    return [
        record
        | {
            "paragraphs": [
                part | {"labels": [x for x in part["labels"] if x != label]} for part in record["paragraphs"]
            ]
        }
        for record in records
    ]


def test_t07_duplicates_are_kept_once_and_counted(train, records, tmp_path):
    done = train([*records, records[3], records[3] | {"id": "other"}, records[7]])
    assert done.returncode == 0
    assert "warning: 3 duplicate articles left out" in done.stderr
    assert provenance(tmp_path)["articles"] == 24


def test_t08_conflicting_copies_are_listed_and_refused(train, records):
    done = train([*records, relabelled(records[3], ["opening"]), relabelled(records[20], ["award"])])
    assert done.returncode == 5
    assert "2 texts with conflicting labels" in done.stderr
    assert "data.jsonl:4 = " in done.stderr
    assert "data.jsonl:25: paragraphs[1] is award / opening" in done.stderr
    assert "data.jsonl:21 = " in done.stderr
    assert "--conflicts=union" in done.stderr


def test_t08_page_chrome_conflicts_as_labels_do(train, records):
    parts = [part | {"labels": [], "boilerplate": True} for part in records[20]["paragraphs"]]
    done = train([*records, {"paragraphs": parts}])
    assert done.returncode == 5
    assert "none / boilerplate" in done.stderr


@pytest.mark.parametrize(("policy", "articles", "awards", "openings"), [("union", 24, 8, 9), ("drop", 23, 7, 8)])
def test_t08_conflicts_are_settled_as_asked(train, records, tmp_path, policy, articles, awards, openings):
    done = train([*records, relabelled(records[3], ["opening"])], f"--conflicts={policy}")
    assert done.returncode == 0, done.stderr
    assert "warning: 1 texts with conflicting labels" in done.stderr
    found = provenance(tmp_path)
    assert (found["articles"], found["configuration"]["conflicts"]) == (articles, policy)
    support = {row["label"]: row["support"] for row in found["out_of_fold"]["article"]}
    assert (support["award"], support["opening"]) == (awards, openings)


def test_t10_a_label_with_too_few_articles_is_left_out_with_a_warning(train, records, tmp_path):
    kept = [record for number, record in enumerate(records) if number not in range(9, 16)]
    done = train(kept)
    assert done.returncode == 0, done.stderr
    assert "warning: left out label 'opening': 1 articles carry it" in done.stderr
    model = load(tmp_path / "store")
    assert model.labels == ("award",)
    assert model.predict("Мастеру вручили премию").probabilities.keys() == {"award"}


def test_t10_near_duplicates_do_not_make_an_article_more(train, records):
    base = relabelled(records[8], [])
    words = " ".join(f"слово{first}{second}" for first in "абвг" for second in "жзиклмнопр")
    copies = [
        base
        | {"paragraphs": [{"text": f"{words} {'абвгдеж'[number]}", "labels": ["opening"]}, *base["paragraphs"][-1:]]}
        for number in range(7)
    ]
    done = train([*without(records, "opening"), *copies])
    assert done.returncode == 0, done.stderr
    assert "left out label 'opening': 7 articles carry it (1 without near-duplicates), 5 are needed" in done.stderr


def test_t10_strict_refuses_it_and_the_minimum_is_a_setting(train, records):
    kept = [record for number, record in enumerate(records) if number not in range(12, 16)]
    done = train(kept, "--strict")
    assert done.returncode == 5
    assert "label 'opening': 4 articles carry it" in done.stderr
    assert train(kept, "--strict", "--min-articles", "4").returncode == 0


def test_t11_a_label_without_example_is_an_error(train, records):
    done = train(without(records, "opening"))
    assert done.returncode == 5
    assert "label 'opening': no article carries it" in done.stderr


def test_t12_a_label_on_every_article_is_an_error(train, records):
    both = [
        relabelled(record, ["award", "opening"] if number < 8 else ["award"]) for number, record in enumerate(records)
    ]
    done = train(both)
    assert done.returncode == 5
    assert "label 'award': 24 articles carry it and 0 do not" in done.stderr
    assert "'opening'" not in done.stderr


def test_t13_no_labels_at_all_is_an_error_with_counts(train, records):
    done = train(without(without(records, "opening"), "award"))
    assert done.returncode == 5
    assert "none of the 2 labels is on any article" in done.stderr
    assert "24 articles" in done.stderr


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_t13_an_empty_file_is_an_error(run, tmp_path, text):
    (tmp_path / "empty.jsonl").write_text(text, encoding="utf-8")
    done = run("train", tmp_path / "empty.jsonl", "--output", tmp_path / "store")
    assert done.returncode == 5
    assert not (tmp_path / "store").exists()


def test_t13_too_few_articles_of_every_label_are_an_error_with_counts(train, records):
    done = train([*records[:3], *records[8:11], *records[16:]])
    assert done.returncode == 5
    assert "no label has 5 articles, the most frequent one has 3" in done.stderr


def test_t13_without_page_chrome_a_model_is_trained_that_knows_none(train, records, tmp_path):
    """As converters from tables, folders and fastText give such data."""
    bare = [
        record | {"paragraphs": [part for part in record["paragraphs"] if not part["boilerplate"]]}
        for record in records
    ]
    done = train(bare)
    assert done.returncode == 0, done.stderr
    assert "warning: no page chrome is marked: none will be recognised" in done.stderr
    model = load(tmp_path / "store")
    found = [model.predict("\n".join(part["text"] for part in record["paragraphs"])) for record in records]
    assert not any(part.boilerplate for result in found for part in result.paragraphs)
    hits = [{*result.labels} == {*labels_of(record)} for result, record in zip(found, records, strict=True)]
    assert sum(hits) > len(records) / 2


def test_t13_page_chrome_in_a_few_articles_is_an_error_with_counts(train, records):
    few = [
        record
        | {"paragraphs": [part | {"boilerplate": part["boilerplate"] and number < 4} for part in record["paragraphs"]]}
        for number, record in enumerate(records)
    ]
    done = train(few)
    assert done.returncode == 5
    assert "boilerplate: 4 articles have page chrome marked; at least 5 must, or none" in done.stderr


def test_t13_a_codebook_without_event_types_or_in_another_encoding_is_an_error(run, tiny_corpus_path, tmp_path):
    codebook = tmp_path / "types.toml"
    for data in (b"", b"event_type = []", b"[[event_type]", "# Пожар".encode("cp1251")):
        codebook.write_bytes(data)
        done = run("train", tiny_corpus_path, "--event-types", codebook, "--output", tmp_path / "store")
        assert (done.returncode, str(codebook) in done.stderr) == (5, True), done.stderr


def test_t15_an_empty_vocabulary_is_an_error_naming_the_setting(train, records):
    done = train(records, "--min-df", "1000")
    assert done.returncode == 5
    assert "empty vocabulary" in done.stderr
    assert "--min-df" in done.stderr


def test_t15_no_convergence_is_an_error_naming_the_setting(train):
    """Labels thrown at random on seven words: no weights separate them, and hardly any penalty holds them back."""
    generator, words = random.Random(1), ["завод", "открыли", "премию", "вручили", "школа", "мост", "награда"]

    def record():
        body = [
            {"text": " ".join(generator.sample(words, 5)), "labels": generator.choice([[], ["award"], ["opening"]])}
            for _ in range(4)
        ]
        menu = {"text": f"Меню {generator.choice(words)}", "labels": [], "boilerplate": True}
        return {"paragraphs": [*body, menu]}

    done = train([record() for _ in range(80)], "--inverse-penalty", "1e9")
    assert done.returncode == 5
    assert "did not converge; lower inverse_penalty" in done.stderr


def test_t16_threads_hash_seed_and_order_change_no_bit_of_the_model(run, tiny_corpus_path, tmp_path):
    lines = (tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines()
    digests = set()
    for number, threads in enumerate(("1", "2", "7")):
        folder, store = tmp_path / f"data{number}", tmp_path / f"store{number}"
        folder.mkdir()
        random.Random(number).shuffle(lines)
        for name, part in (("b", lines[:9]), ("a", lines[9:])):
            (folder / f"{name}.jsonl").write_bytes(b"\n".join(part))
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LOKY_MAX_CPU_COUNT")
        environment = os.environ | dict.fromkeys(names, threads) | {"PYTHONHASHSEED": str(number)}
        codebook = tiny_corpus_path / "event_types.toml"
        done = run("train", folder, "--event-types", codebook, "--output", store, env=environment)
        assert done.returncode == 0, done.stderr
        digests.add(model_digest(manifest_of(store / "v1")))
    assert len(digests) == 1
