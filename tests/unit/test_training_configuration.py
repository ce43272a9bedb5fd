"""The configuration of a training."""

import json
from dataclasses import FrozenInstanceError, fields

import pytest

from tagger.linear import BLOCKS
from tagger.training.configuration import Configuration


def test_there_is_a_scale_for_every_block_and_the_own_words_have_one():
    scales = Configuration().block_scales
    assert len(scales) == len(BLOCKS)
    assert scales[BLOCKS.index("own")] == 1


@pytest.mark.parametrize("name", [name for name in BLOCKS if name in {field.name for field in fields(Configuration)}])
def test_a_blocks_scale_stands_in_its_place(name):
    scales = Configuration(**{name: 0.125}).block_scales
    assert scales.index(0.125) == BLOCKS.index(name)
    assert scales.count(0.125) == 1


def test_it_is_stored_as_json_and_comes_back():
    configuration = Configuration(min_df=3, inverse_penalty=0.5)
    stored = json.loads(json.dumps(configuration.as_dict()))
    assert Configuration(**stored) == configuration
    assert set(stored) == {field.name for field in fields(Configuration)}


def test_it_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Configuration().folds = 3
