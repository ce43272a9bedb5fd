"""JSON: read as Python reads it, but for what no JSON file should hold."""

import json

import pytest

from tagger.strict_json import MAX_DIGITS, read_json


@pytest.mark.parametrize("value", [None, True, -1, 0.5, "ё\n", [], {}, {"a": [{"b": None}], "c": 10**MAX_DIGITS // 10}])
def test_what_is_written_is_read(value):
    assert read_json(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1, "a": 1}', "field given twice: 'a'"),
        ('[{"b": {"a": 1, "c": 2, "a": 3}}]', "field given twice: 'a'"),
        ("NaN", "NaN is no JSON value"),
        ('{"a": -Infinity}', "-Infinity is no JSON value"),
        ("9" * (MAX_DIGITS + 1), f"a number of {MAX_DIGITS + 1} digits"),
    ],
)
def test_what_no_file_should_hold_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        read_json(text)


def test_what_is_not_json_has_a_place():
    with pytest.raises(json.JSONDecodeError) as caught:
        read_json('{"a": 1,\n "b"}')
    assert (caught.value.lineno, caught.value.colno) == (2, 5)
