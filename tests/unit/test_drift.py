"""Drift: told where a stream is unlike the corpus, silent about chance and about what makes no answer worse."""

import json
import random

import pytest

from tagger.drift import LEAST, Statistics, Tally, drift

CORPUS = Statistics(2000, unknown=0.03, spread=0.02, chrome=0.05, review=0.4, labels={"award": 0.2, "opening": 0.1})


def stream(**changed):
    """Statistics of 500 articles like those of the corpus but for what is changed."""
    same = {"unknown": 0.03, "spread": 0.02, "chrome": 0.05, "review": 0.4, "labels": dict(CORPUS.labels)}
    return Statistics(**{"articles": 500} | same | changed)


def names(found):
    return [item.name for item in found]


def test_what_is_like_the_corpus_does_not_drift():
    assert drift(stream(), CORPUS) == []
    assert drift(CORPUS, CORPUS) == []


@pytest.mark.parametrize(("share", "told"), [(0.0, False), (0.045, False), (0.055, True), (0.31, True)])
def test_unknown_words_drift_upwards_from_one_spread_on(share, told):
    assert names(drift(stream(unknown=share), CORPUS)) == ["unknown words"] * told


@pytest.mark.parametrize(("share", "told"), [(0.0, False), (0.12, False), (0.25, True), (1.0, True)])
def test_page_chrome_drifts_upwards(share, told):
    assert names(drift(stream(chrome=share), CORPUS)) == ["page chrome"] * told


@pytest.mark.parametrize(("share", "told"), [(0.0, False), (0.6, False), (0.7, True)])
def test_articles_to_check_drift_upwards(share, told):
    assert names(drift(stream(review=share), CORPUS)) == ["to check"] * told


@pytest.mark.parametrize(("share", "told"), [(0.0, True), (0.03, True), (0.1, False), (0.3, False), (0.45, True)])
def test_labels_drift_both_ways(share, told):
    found = drift(stream(labels={"award": share, "opening": 0.1}), CORPUS)
    assert [(item.name, item.here, item.there) for item in found] == [("award", share, 0.2)] * told


@pytest.mark.parametrize(("articles", "corpus"), [(LEAST - 1, 2000), (500, LEAST - 1)])
def test_few_texts_tell_nothing(articles, corpus):
    few = Statistics(corpus, 0.03, 0.02, 0.05, 0.4, CORPUS.labels)
    assert drift(stream(articles=articles, unknown=0.9, review=1.0), few) == []


def test_chance_alone_does_not_drift():
    """A hundred samples of 200 articles drawn from the corpus's own distribution."""
    generator = random.Random(3)
    for _ in range(100):
        tally = Tally(CORPUS.labels)
        for _ in range(LEAST):
            unknown = min(max(generator.gauss(0.03, 0.02), 0.0), 1.0)
            labels = [label for label, share in CORPUS.labels.items() if generator.random() < share]
            tally.add(unknown, generator.random() / 10, labels, review=generator.random() < 0.4)
        assert drift(tally.statistics(), CORPUS) == []


def test_the_tally_counts_robustly():
    tally = Tally(["award", "opening"])
    for number in range(101):  # shares 0.000 … 0.100, and ten texts of gibberish
        tally.add(number / 1000, 0.5, ["award"] if number % 2 else [], review=number < 11)
    for _ in range(10):
        tally.add(1.0, 0.0, [], review=False)
    found = tally.statistics()
    assert found.articles == 111
    assert found.unknown == pytest.approx(0.055, abs=0.002)
    assert found.spread == pytest.approx((0.083 - 0.027) / 1.349, abs=0.002)
    assert found.chrome == pytest.approx(101 * 0.5 / 111)
    assert found.review == pytest.approx(11 / 111)
    assert found.labels == {"award": pytest.approx(50 / 111), "opening": 0.0}


def test_tallies_of_parts_are_merged_into_that_of_the_whole():
    whole, merged = Tally(["award"]), Tally(())
    parts = [Tally(["award"]) for _ in range(3)]
    for number in range(301):
        counted = (number % 7 / 8, number % 4 / 4, ["award"] * (number % 5 == 0))
        for tally in (whole, parts[number % 3]):
            tally.add(*counted, review=number % 2 == 0)
    for part in [*parts, Tally(["award"])]:
        merged.merge(part)
    assert merged.statistics() == whole.statistics()


def test_statistics_survive_the_manifest():
    record = json.loads(json.dumps(CORPUS.to_dict()))
    assert Statistics.from_dict(record, ["award", "opening"]) == CORPUS


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "x",
        {},
        {"unknown_words": 3},
        CORPUS.to_dict() | {"labels": {"award": 0.2}},
        CORPUS.to_dict() | {"labels": {"award": 0.2, "opening": 7}},
        CORPUS.to_dict() | {"page_chrome": "0.1"},
        CORPUS.to_dict() | {"to_review": -0.1},
        CORPUS.to_dict() | {"articles": "many"},
        CORPUS.to_dict() | {"articles": float("inf")},
        CORPUS.to_dict() | {"unknown_words": {"median": float("inf"), "spread": 0.1}},
    ],
)
def test_provenance_that_holds_anything_else_is_no_statistics(record):
    assert Statistics.from_dict(record, ["award", "opening"]) is None
