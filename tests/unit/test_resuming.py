"""Unfinished answers: only a whole line with the right digest answers an input, and nothing follows one that does not."""

import io

import pytest

from tagger import Article
from tagger.cli.inputs import Failure
from tagger.cli.outputs.wanted import Wanted
from tagger.cli.resuming import Unfinished

HEAD = b"{}\n"
WANTED = Wanted("jsonl", output="out.jsonl", resume=True)
INPUTS = [Article.from_text(f"Текст {number}\ud83d", str(number % 2)) for number in range(4)] + [Failure("f", "binary")]


def answered(data, inputs):
    """Answer all pending inputs; gives which they were and what is kept then."""
    stream = io.BytesIO(data)
    kept = Unfinished(stream, len(HEAD), WANTED)
    pending = []
    for item in kept.pending(inputs):
        stream.seek(0, io.SEEK_END)  # a file opened for appending does so by itself
        pending.append(item)
        kept.add(Failure(item.id, str(len(repr(item)))))
    return pending, stream.getvalue(), kept


WHOLE = answered(HEAD, INPUTS)[1]


def test_all_is_pending_at_first_and_nothing_at_last():
    assert answered(HEAD, INPUTS)[0] == INPUTS
    pending, data, kept = answered(WHOLE, INPUTS)
    assert (pending, data, kept.failures) == ([], WHOLE, 5)


def test_cut_anywhere_what_is_whole_is_kept_and_the_rest_made_anew():
    for size in range(len(HEAD), len(WHOLE)):
        pending, data, _ = answered(WHOLE[:size], INPUTS)
        assert data == WHOLE
        assert pending == INPUTS[WHOLE[:size].count(b"\n") - 1 :]


def test_a_wrong_byte_anywhere_is_found():
    for place in range(len(HEAD), len(WHOLE)):
        damaged = bytearray(WHOLE)
        damaged[place] ^= 1
        assert answered(bytes(damaged), INPUTS)[1] == WHOLE


@pytest.mark.parametrize(
    "changed",
    [
        INPUTS[:2],
        INPUTS[1:],
        [INPUTS[1], INPUTS[0], *INPUTS[2:]],
        [*INPUTS[:2], Article.from_text("Другой", "0"), *INPUTS[3:]],
        [Article(INPUTS[0].text, INPUTS[0].spans, "0", ("as cp1251",)), *INPUTS[1:]],
        [Article(INPUTS[0].text, INPUTS[0].spans, "0", (), {"date": "2024"}), *INPUTS[1:]],
        [*INPUTS, INPUTS[0]],
    ],
)
def test_changed_inputs_have_the_answers_of_a_first_run(changed):
    assert answered(WHOLE, changed)[1] == answered(HEAD, changed)[1]


def test_records_are_the_lines_without_what_is_kept_with_them():
    kept = answered(WHOLE, INPUTS)[2]
    records = [record.decode("utf-8", "replace") for record in kept.records()]
    assert len(records) == 5
    assert all(record.startswith('{"id": "') and record.endswith("}\n") for record in records)
