"""The table: what a dictionary would say, thousands of keys at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.table import ABSENT, Table

KEYS = st.lists(st.integers(1, 2**64 - 1) | st.integers(1, 40), unique=True, max_size=60)


def keys(numbers):
    return np.array(numbers, np.uint64)


def filled(numbers, values):
    table = Table()
    table.add(keys(numbers), np.array(values, np.int32))
    return table


@given(st.lists(KEYS, max_size=5), KEYS)
def test_a_table_answers_as_a_dictionary(rounds, asked):
    table, dictionary = Table(), {}
    for numbers in rounds:
        new = {number: len(dictionary) - 7 + place for place, number in enumerate(numbers) if number not in dictionary}
        table.add(keys(list(new)), np.array(list(new.values()), np.int32))
        dictionary |= new
    wanted = [*asked, *dictionary]
    assert table.find(keys(wanted)).tolist() == [dictionary.get(number, ABSENT) for number in wanted]
    assert len(table) == len(dictionary)
    assert dict(zip(*(array.tolist() for array in table.items()), strict=True)) == dictionary


def test_keys_that_want_the_same_slot_all_find_one():
    # Multiples of the inverse of the multiplier hash to 1, 2, 3 …: all to the first slot.
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    numbers = [inverse * number % 2**64 for number in range(1, 101)]
    table = filled(numbers, range(100))
    assert table.find(keys(numbers)).tolist() == list(range(100))
    assert table.find(keys([inverse * 101 % 2**64])).tolist() == [ABSENT]


def test_the_last_slot_is_followed_by_the_first():
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    numbers = [inverse * (2**64 - number) % 2**64 for number in range(1, 11)]
    assert filled(numbers, range(10)).find(keys(numbers)).tolist() == list(range(10))


@pytest.mark.parametrize("count", [0, 1, 1000, 100_000])
def test_it_grows(count):
    numbers = np.random.default_rng(count).permutation(np.arange(1, 2 * count + 1))
    table = filled(numbers[:count], range(count))
    assert table.find(numbers[:count].astype(np.uint64)).tolist() == list(range(count))
    assert (table.find(numbers[count:].astype(np.uint64)) == ABSENT).all()


def test_a_key_entered_again_after_an_interruption_takes_the_new_value():
    table = filled([5, 6], [1, 2])
    table.add(keys([5]), np.array([3], np.int32))
    assert table.find(keys([5, 6])).tolist() == [3, 2]
