"""Preparing: which codebook is taken, and a codebook written is the codebook read."""

import pytest

from tagger.codebook import EventType, read_codebook
from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.preparing import codebook_text, find_codebook, prepare, read_event_types, seeds_folder


def test_the_codebook_given_comes_first_then_one_beside_the_data_then_that_of_the_seeds(tmp_path):
    with_one, without, own = tmp_path / "with", tmp_path / "without", tmp_path / "own.toml"
    with_one.mkdir()
    without.mkdir()
    (with_one / "event_types.toml").write_bytes(b"")
    assert find_codebook([without, with_one], own) == own
    assert find_codebook([without, with_one], None) == with_one / "event_types.toml"
    assert find_codebook([without, with_one / "a.jsonl"], None) == seeds_folder() / "event_types.toml"
    assert (seeds_folder() / "event_types.toml").is_file()


def test_a_codebook_written_is_read_as_it_was():
    odd = EventType("a", 'Ку"да\\ни', "tab\there\x7f\x01", "две\nстроки \U0001f600", ("раз", "два"), (), ("]",))
    event_types = (odd, EventType("b", "Б", "B", "б"), *read_event_types(seeds_folder() / "event_types.toml")[1])
    assert read_codebook(codebook_text(event_types)) == event_types


def test_the_codebook_stays_as_it_is_when_nothing_is_left_out(tiny_corpus_path):
    prepared = prepare([tiny_corpus_path], None, Configuration())
    assert prepared.codebook == (tiny_corpus_path / "event_types.toml").read_bytes().decode()
    assert (prepared.warnings, len(prepared.corpus)) == ((), 24)


def test_a_codebook_that_is_none_is_a_fault_of_the_data(tmp_path):
    (tmp_path / "a.toml").write_text("[[event_type]]\nid = 5\n", encoding="utf-8")
    with pytest.raises(TrainingDataError, match=r"a\.toml: event_type 1: field 'id'"):
        read_event_types(tmp_path / "a.toml")
