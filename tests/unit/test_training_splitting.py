"""Splits: every article once, reprints together, labels in proportion, the same whatever the order of the lines."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tagger.errors import TrainingDataError
from tagger.training.corpus import Corpus, read_corpus
from tagger.training.records import LabelledArticle
from tagger.training.splitting import source_lines, split, stratify

SHARES = {"train": 0.6, "dev": 0.2, "test": 0.2}
LABELS = ("award", "opening")


def article(number, text, labels):
    return LabelledArticle(str(number), "", (text,), (frozenset(labels),), (False,), f"data.jsonl:{number + 1}")


def word(*numbers):
    """A word of Cyrillic letters."""
    return "слово" + "".join(chr(ord("а") + number % 30) for number in numbers)


def corpus():
    """Sixty articles: every third on an award, every fifth on an opening; 0–9 are reprints, and so are 10–19."""
    made = []
    for number in range(60):
        print_of = number // 10 if number < 20 else number
        text = " ".join(word(print_of // 30, print_of, place, place // 30) for place in range(40))
        labels = [label for label, each in zip(LABELS, (3, 5), strict=True) if number % each == 0]
        made.append(article(number, f"{text} {word(number)}", labels))
    return Corpus(tuple(made), LABELS, {})


def test_every_article_is_in_one_part():
    parts = split(corpus(), SHARES, 0)
    assert sorted(np.concatenate(list(parts.values()))) == list(range(60))


def test_reprints_share_a_part():
    parts = split(corpus(), SHARES, 0)
    for first in (0, 10):
        assert sum(bool(set(part.tolist()) & set(range(first, first + 10))) for part in parts.values()) == 1


def test_labels_are_in_proportion_without_reprints():
    generator = np.random.default_rng(3)
    carried = generator.random((400, 4)) < (0.5, 0.2, 0.1, 0.03)
    totals = np.column_stack([np.ones(400), carried])
    part = stratify(totals, np.array([0.7, 0.2, 0.1]))
    for number, share in enumerate((0.7, 0.2, 0.1)):
        assert np.abs(totals[part == number].sum(axis=0) - share * totals.sum(axis=0)).max() <= 3


def test_heavy_units_count_by_their_weight():
    """One unit of ten articles fills a part of ten; the ten others go elsewhere."""
    totals = np.array([[10.0, 10.0], *[[1.0, 1.0]] * 10])
    part = stratify(totals, np.array([0.5, 0.5]))
    assert (part[1:] != part[0]).all()


def test_order_of_articles_has_no_effect():
    given = corpus()
    turned = replace(given, articles=given.articles[::-1])
    one, other = (
        {name: {data.articles[number].digest for number in part} for name, part in split(data, SHARES, 4).items()}
        for data in (given, turned)
    )
    assert one == other


def test_random_state_decides():
    one, same = (split(corpus(), SHARES, 0)["dev"].tolist() for _ in range(2))
    assert one == same
    assert len({tuple(split(corpus(), SHARES, state)["dev"]) for state in range(5)}) > 1


def test_empty_part_is_refused():
    few = replace(corpus(), articles=corpus().articles[:10])
    with pytest.raises(TrainingDataError, match="10 articles, 1 without near-duplicates"):
        split(few, SHARES, 0)


def test_source_lines_are_copied_with_all_fields(tmp_path: Path):
    path = tmp_path / "a:b.jsonl"
    first = '{"id": "1", "date": "2020", "paragraphs": [{"text": "Орден", "labels": ["award"]}]}'
    second = '{"paragraphs": [{"text": "Завод", "labels": []}], "note": "да"}'
    path.write_text(f"\ufeff{first}\r\n\n{second}", encoding="utf-8")
    read = read_corpus([path], LABELS)
    assert source_lines(read.articles[::-1]).decode() == f"{second}\n{first}\n"
