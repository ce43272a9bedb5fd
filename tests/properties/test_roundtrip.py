"""What is saved and loaded again scores as before."""

import json
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger import Tagger
from tagger.arrays import array_bytes, read_array
from tagger.artifact import CARDS, artifact_files, read_model, sealed
from tagger.errors import ArtifactError, IntegrityError
from tagger.manifest import read_manifest
from tagger.store import Store
from tagger.verification import load_model

FLOATS = st.floats(-1e6, 1e6, allow_nan=False)


def drawn(holder, generator):
    """The same dataclass with other values that single precision holds."""
    values = {field.name: getattr(holder, field.name) for field in fields(holder)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    return replace(
        holder,
        **{name: generator.normal(size=value.shape).astype(np.float32).astype(float) for name, value in arrays.items()},
    )


@given(st.integers(0, 2**32))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_model_of_any_weights_scores_as_before(tiny_model, tiny_files, texts, tmp_path, random_state):
    generator = np.random.default_rng(random_state)
    parts = {
        name: drawn(getattr(tiny_model, name), generator) for name in ("weights", "boilerplate", "paragraph", "article")
    }
    model = replace(tiny_model, **parts)
    codebook, cards = tiny_files["event_types.toml"].decode(), dict.fromkeys(CARDS, "")
    dictionary = json.loads(tiny_files["manifest.json"])["dictionary"]
    store = Store(tmp_path / str(random_state))
    loaded = load_model(store.folder(store.publish(artifact_files(model, codebook, dictionary, cards, {}, []))))
    for text in texts:
        before, after = Tagger(model).predict(text), Tagger(loaded).predict(text)
        assert [part.scores for part in after.paragraphs] == [part.scores for part in before.paragraphs]
        assert (after.labels, after.probabilities, after.review) == (before.labels, before.probabilities, before.review)


@given(st.lists(st.lists(FLOATS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_an_array_of_any_floats_comes_back_to_the_last_bit(rows):
    array = np.array(rows)
    found = read_array(array_bytes(array, "<f8"), "a.npy", "<f8", array.shape)
    assert found.tobytes() == array.tobytes()


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_an_array_by_the_one_error(data):
    with pytest.raises(IntegrityError):
        read_array(data, "a.npy", "<f8", (3, 4))


@given(st.integers(0, 127), st.integers(1, 255))
def test_a_damaged_header_is_refused_or_says_the_same(place, change):
    good = array_bytes(np.arange(12.0).reshape(3, 4), "<f8")
    bad = good[:place] + bytes([good[place] ^ change]) + good[place + 1 :]
    try:
        found = read_array(bad, "a.npy", "<f8", (3, 4))
    except IntegrityError:
        return
    assert (found == np.arange(12.0).reshape(3, 4)).all()


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_refused_as_a_manifest_by_the_one_error(data):
    with pytest.raises(ArtifactError):
        read_manifest(data, "manifest.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["format_version", "labels", "sizes", "dictionary", "files", "provenance"]), JSON)
def test_any_value_of_a_field_is_accepted_or_refused_by_the_one_error(tiny_files, field, value):
    manifest = json.loads(tiny_files["manifest.json"]) | {field: value}
    del manifest["sha256"]
    try:
        model = read_model(tiny_files, read_manifest(sealed(manifest), "manifest.json"), "v1")
    except ArtifactError:
        return
    assert model.labels == ("award", "opening")
