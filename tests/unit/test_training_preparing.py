"""Preparing: which codebook is taken, and a codebook written is the codebook read."""

import json

import pytest

from tagger.codebook import EventType, read_codebook
from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.corpus import read_corpus
from tagger.training.preparing import (
    codebook_text,
    find_codebook,
    on_top_of_seeds,
    prepare,
    read_event_types,
    seeds_folder,
)


def test_the_codebook_given_comes_first_then_one_beside_the_data_then_that_of_the_seeds(tmp_path):
    with_one, without, own = tmp_path / "with", tmp_path / "without", tmp_path / "own.toml"
    with_one.mkdir()
    without.mkdir()
    (with_one / "event_types.toml").write_bytes(b"")
    assert find_codebook([without, with_one], own) == own
    assert find_codebook([without, with_one], None) == with_one / "event_types.toml"
    assert find_codebook([without, with_one / "a.jsonl"], None) == with_one / "event_types.toml"
    assert find_codebook([without, without / "a.jsonl"], None) == seeds_folder() / "event_types.toml"
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


def test_on_top_of_the_seeds_each_counts_as_labelled_for_what_it_carries(tiny_corpus_path, tmp_path, monkeypatch):
    """The miniatures stand for the seed corpus; they know awards and openings."""
    monkeypatch.setattr("tagger.training.preparing.seeds_folder", lambda: tiny_corpus_path)
    lines = [
        json.dumps({"id": str(number), "paragraphs": [{"text": f"Погода {number} {labels}", "labels": labels}]})
        for number, labels in enumerate([["weather"], [], ["award", "weather"]])
    ]
    (tmp_path / "own.jsonl").write_text("\n".join(lines))
    own = read_corpus([tmp_path / "own.jsonl"], ["weather", "award"])
    both, notes = on_top_of_seeds(own)
    assert both.labels == ("weather", "award")
    assert len(both) == 3 + 24
    assert {article.unasked for article in both.articles[:3]} == {frozenset()}
    assert {article.unasked for article in both.articles[3:]} == {frozenset({"weather"})}
    assert {label for article in both.articles for label in article.labels_somewhere} == {"weather", "award"}
    assert set(both.digests) == {"own.jsonl", "seeds/miniatures.jsonl"}
    assert len(notes) == 1
    assert "the seed corpus is not labelled for weather" in notes[0]


def test_own_articles_are_not_taken_to_lack_what_only_the_seeds_teach(tiny_corpus_path, tmp_path, monkeypatch):
    monkeypatch.setattr("tagger.training.preparing.seeds_folder", lambda: tiny_corpus_path)
    (tmp_path / "own.jsonl").write_text(json.dumps({"paragraphs": [{"text": "Погода", "labels": ["weather"]}]}))
    both, notes = on_top_of_seeds(read_corpus([tmp_path / "own.jsonl"], ["weather", "award", "opening"]))
    assert both.articles[0].unasked == {"award", "opening"}
    assert both.article_known[0].tolist() == [True, False, False]
    assert "your articles are not labelled for award, opening" in notes[0]
