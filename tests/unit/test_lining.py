"""Lining: records and articles to lines of JSON, in order, also where the memory does not suffice."""

import json

import pytest

import tagger.cli.lining
import tagger.tagging
from tagger import Article, Tagger
from tagger.cli.inputs import NO_MEMORY, Failure
from tagger.cli.json_lines import Unread
from tagger.cli.lining import FAILURE_SIZE, lines_in_order

INPUTS = [
    Unread('{"id": "1", "text": "Завод открыли в Туле."}'.encode(), "a:1"),
    Failure("f", "binary"),
    Unread(b"{", "a:2"),
    Article.from_text("Дождь.\nЗавод открыли.", "3", ("as cp1251",)),
]


@pytest.fixture
def tiny(tiny_model):
    return Tagger(tiny_model)


@pytest.mark.parametrize("characters", [1, 10**6])
def test_lines_and_failures_come_in_the_order_of_the_inputs(tiny, monkeypatch, characters):
    monkeypatch.setattr(tagger.tagging, "BATCH_CHARACTERS", characters)
    first, second, third, last = lines_in_order(tiny, INPUTS, "both", True)
    assert second == INPUTS[1]
    assert third.id == "a:2"
    assert "not valid JSON" in third.message
    for line, text, warnings in ((first, "Завод открыли в Туле.", ()), (last, INPUTS[3].text, ("as cp1251",))):
        found = tiny.predict(Article.from_text(text, line.id, warnings))
        assert json.loads(line.text) == json.loads(json.dumps(found.to_dict(explain=True)))
        assert (line.labels, line.review, line.warnings) == (found.labels, found.review, found.warnings)
        assert (line.known_share, line.chrome_share) == (found.known_share, found.chrome_share)


def test_only_an_article_too_large_for_the_memory_fails(tiny, monkeypatch):
    decided = tagger.cli.lining.decided

    def scarce(articles, model):
        if any("Завод открыли в Туле." in paragraphs for paragraphs in articles):
            raise MemoryError
        return decided(articles, model)

    monkeypatch.setattr(tagger.cli.lining, "decided", scarce)
    first, *_, last = lines_in_order(tiny, INPUTS, "article", False)
    assert first == Failure("1", NO_MEMORY)
    assert last.id == "3"


def test_failures_without_end_are_told_of_now_and_then(tiny):
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield Failure(str(len(taken)), "binary")

    lines = lines_in_order(tiny, endless(), "both", False)
    assert [next(lines).id for _ in range(3)] == ["1", "2", "3"]
    assert len(taken) <= tagger.tagging.BATCH_CHARACTERS / FAILURE_SIZE
    lines.close()
