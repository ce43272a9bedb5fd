"""Artifacts: the files of a model, read back as the same model, and what does not fit together."""

import hashlib
import io
import json
from dataclasses import fields

import numpy as np
import pytest

from tagger import Tagger
from tagger.arrays import array_bytes
from tagger.artifact import ARRAYS, CARDS, FORMAT_VERSION, artifact_files, model_digest, read_model
from tagger.errors import ArtifactError, IntegrityError
from tagger.lemmas import dictionary_version


@pytest.fixture
def manifest(tiny_files):
    return json.loads(tiny_files["manifest.json"])


def test_the_manifest_comes_last_and_names_every_other_file(tiny_files, manifest):
    assert list(tiny_files)[-1] == "manifest.json"
    assert set(manifest["files"]) == set(tiny_files) - {"manifest.json"}
    texts = {"manifest.json", "event_types.toml", "lemmas.txt", "selftest.json", *CARDS}
    assert set(tiny_files) == texts | {f"{name}.npy" for name in ARRAYS}


def test_digests_and_sizes_are_those_of_the_files(tiny_files, manifest):
    for name, entry in manifest["files"].items():
        assert entry == {"bytes": len(tiny_files[name]), "sha256": hashlib.sha256(tiny_files[name]).hexdigest()}


def test_the_manifest_says_what_the_model_is(tiny_model, manifest):
    assert manifest["format_version"] == FORMAT_VERSION
    assert manifest["labels"] == ["award", "opening"]
    assert manifest["dictionary"] == dictionary_version()
    assert manifest["provenance"] == {"articles": 24}
    sizes = {"lemmas": len(tiny_model.vocabulary.lemmas), "pairs": len(tiny_model.vocabulary.pairs)}
    assert manifest["sizes"] == sizes


def test_lemmas_are_one_a_line_in_utf8(tiny_model, tiny_files):
    assert tiny_files["lemmas.txt"].decode().splitlines() == list(tiny_model.vocabulary.lemmas)


def test_arrays_are_those_of_the_model(tiny_model, tiny_files):
    def on_disk(name):
        return np.load(io.BytesIO(tiny_files[f"{name}.npy"]), allow_pickle=False)

    np.testing.assert_array_equal(on_disk("coef"), tiny_model.weights.coef)
    np.testing.assert_array_equal(on_disk("pairs"), tiny_model.vocabulary.pairs)
    np.testing.assert_array_equal(on_disk("paragraph")[2], tiny_model.paragraph.threshold)
    np.testing.assert_array_equal(on_disk("article")[0], tiny_model.article.slope)


def test_equal_models_give_equal_files(tiny_model, tiny_corpus, tiny_files, manifest):
    codebook, cards = tiny_files["event_types.toml"].decode(), {name: tiny_files[name].decode() for name in CARDS}
    articles = [article.article for article in tiny_corpus.articles[:3]]
    again = artifact_files(tiny_model, codebook, manifest["dictionary"], cards, manifest["provenance"], articles)
    assert again == tiny_files


def test_the_model_comes_back_to_the_last_bit(tiny_model, tiny_files, manifest, texts):
    model = read_model(tiny_files, manifest, "v7")
    assert model.version == "v7"
    assert model.event_types == tiny_model.event_types
    assert model.vocabulary.lemmas == tiny_model.vocabulary.lemmas
    for part in ("weights", "boilerplate", "paragraph", "article"):
        for field in fields(getattr(model, part)):
            before, after = (getattr(getattr(holder, part), field.name) for holder in (tiny_model, model))
            np.testing.assert_array_equal(after, before)
    for text in texts:
        before, after = Tagger(tiny_model).predict(text), Tagger(model).predict(text)
        assert [part.scores for part in after.paragraphs] == [part.scores for part in before.paragraphs]


def test_the_model_digest_covers_what_decides_an_answer_and_nothing_else(manifest):
    digest = model_digest(manifest)
    for name in manifest["files"]:
        other = json.loads(json.dumps(manifest))
        other["files"][name]["sha256"] = "0" * 64
        assert (model_digest(other) == digest) == (name in {*CARDS, "selftest.json"})
    assert model_digest(manifest | {"provenance": {"trained": "tomorrow"}}) == digest
    assert len(digest) == 64


@pytest.mark.parametrize(
    ("lemmas", "message"),
    [
        (lambda lemmas: lemmas[::-1], "sorted, different lemmas"),
        (lambda lemmas: lemmas[:-1], "lemmas.txt: not"),
        (lambda lemmas: [*lemmas, "яяя"], "lemmas.txt: not"),
        (lambda lemmas: [lemmas[0], *lemmas[:-1]], "sorted, different lemmas"),
        (lambda _: [], "lemmas.txt: not"),
        (lambda lemmas: [*lemmas[:-1], lemmas[-1] + "\n"], "lemmas.txt: not"),
    ],
)
def test_a_vocabulary_that_is_not_sorted_or_not_complete_is_refused(tiny_files, manifest, lemmas, message):
    changed = lemmas(tiny_files["lemmas.txt"].decode().splitlines())
    with pytest.raises(IntegrityError, match=message):
        read_model(tiny_files | {"lemmas.txt": "".join(f"{lemma}\n" for lemma in changed).encode()}, manifest, "v1")


@pytest.mark.parametrize(
    "change",
    [
        lambda pairs, _: pairs[::-1],
        lambda pairs, _: np.concatenate([pairs[:1], pairs[:-1]]),
        lambda pairs, _: np.concatenate([[[-1, 0]], pairs[1:]]),
        lambda pairs, n: np.concatenate([pairs[:-1], [[n, 0]]]),
        lambda pairs, n: np.concatenate([pairs[:-1], [[n - 1, n]]]),
    ],
    ids=["unsorted", "repeated", "negative", "first too large", "second too large"],
)
def test_pairs_that_are_not_sorted_pairs_of_known_lemmas_are_refused(tiny_model, tiny_files, manifest, change):
    pairs = change(tiny_model.vocabulary.pairs, len(tiny_model.vocabulary.lemmas))
    with pytest.raises(IntegrityError, match=r"pairs\.npy: not sorted pairs of known lemmas"):
        read_model(tiny_files | {"pairs.npy": array_bytes(pairs, "<i4")}, manifest, "v1")


@pytest.mark.parametrize("name", list(ARRAYS))
def test_an_array_of_another_shape_is_refused_by_name(tiny_files, manifest, name):
    dtype, shape = ARRAYS[name]
    with pytest.raises(IntegrityError, match=f"{name}.npy"):
        read_model(tiny_files | {f"{name}.npy": array_bytes(np.zeros([1] * (len(shape) + 1)), dtype)}, manifest, "v1")


def test_labels_that_differ_from_the_codebook_are_refused(tiny_files, manifest):
    with pytest.raises(ArtifactError, match=r"v1: event_types\.toml and the labels of manifest\.json differ"):
        read_model(tiny_files, manifest | {"labels": ["opening", "award"]}, "v1")


@pytest.mark.parametrize("codebook", [b"not toml", b"\xff\xfe", b"[[event_type]]\nid = 1\n"])
def test_a_codebook_that_cannot_be_read_is_an_artifact_error(tiny_files, manifest, codebook):
    with pytest.raises(ArtifactError, match="v1: "):
        read_model(tiny_files | {"event_types.toml": codebook}, manifest, "v1")


@pytest.mark.parametrize("tail", [b"\xff\n", "я".encode()], ids=["not UTF-8", "no line end"])
def test_lemmas_that_are_no_lines_of_utf8_are_refused(tiny_files, manifest, tail):
    with pytest.raises(IntegrityError, match=r"lemmas\.txt: not"):
        read_model(tiny_files | {"lemmas.txt": tiny_files["lemmas.txt"] + tail}, manifest, "v1")


def test_a_codebook_nested_too_deeply_is_an_artifact_error(tiny_files, manifest):
    with pytest.raises(ArtifactError, match="v1: "):
        read_model(tiny_files | {"event_types.toml": b"a = " + b"[" * 100_000}, manifest, "v1")
