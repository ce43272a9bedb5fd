"""The model: labels in the codebook's order, and one memory of forms."""

from dataclasses import FrozenInstanceError

import pytest


def test_labels_are_the_ids_of_the_event_types(tiny_model):
    assert tiny_model.labels == ("award", "opening")


def test_texts_are_read_with_the_models_vocabulary_and_remembered(tiny_model):
    number = tiny_model.vocabulary.lemmas.index("премия")
    ids, starts = tiny_model.chunks.lemma_ids(["«ПРЕМИЮ» кракозябрам", "премии"])
    assert ids.tolist() == [number, -1, number]
    assert starts.tolist() == [0, 2, 3]
    assert tiny_model.chunks is tiny_model.chunks


def test_a_model_is_frozen(tiny_model):
    with pytest.raises(FrozenInstanceError):
        tiny_model.version = "v2"
