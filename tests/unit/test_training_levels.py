"""Levels: paragraphs, articles and page chrome in one shape, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from tagger.training.evaluation import verdicts_on
from tagger.training.levels import levels_of


@pytest.fixture
def case(tiny_model, tiny_corpus):
    """Three miniatures, one of them not labelled for openings, and one paragraph that nobody labelled."""
    first, second, third = tiny_corpus.articles[:3]
    first = replace(first, known=(False, *first.known[1:]))
    corpus = replace(tiny_corpus, articles=(first, replace(second, unasked=frozenset({"opening"})), third))
    return verdicts_on(corpus, tiny_model), corpus


def test_each_level_holds_its_own_verdicts_and_labels(case):
    verdicts, corpus = case
    paragraphs, articles, chrome = levels_of(verdicts, corpus)
    assert [level.name for level in (paragraphs, articles, chrome)] == ["paragraph", "article", "boilerplate"]
    assert (paragraphs.labels, articles.labels, chrome.labels) == (corpus.labels, corpus.labels, ("boilerplate",))
    for level, given, probabilities, gold in (
        (paragraphs, verdicts.labels, verdicts.probabilities, corpus.gold),
        (articles, verdicts.article_labels, verdicts.article_probabilities, corpus.article_gold),
        (chrome, verdicts.boilerplate, verdicts.boilerplate_probabilities, corpus.boilerplate),
    ):
        n, n_labels = len(gold), len(level.labels)
        assert level.given.tolist() == given.reshape(n, n_labels).tolist()
        assert level.probabilities.tolist() == probabilities.reshape(n, n_labels).tolist()
        assert level.gold.tolist() == gold.reshape(n, n_labels).tolist()
        assert level.known.shape == (n, n_labels)


def test_rows_are_counted_with_their_article(case):
    sizes = [len(article.paragraphs) for article in case[1].articles]
    of_paragraphs = [number for number, size in enumerate(sizes) for _ in range(size)]
    assert [level.articles.tolist() for level in levels_of(*case)] == [of_paragraphs, [0, 1, 2], of_paragraphs]


def test_a_column_holds_what_people_looked_for(case):
    verdicts, corpus = case
    paragraphs, articles, chrome = levels_of(verdicts, corpus)
    opening, size = corpus.labels.index("opening"), len(corpus.articles[1].paragraphs)
    probabilities, gold = paragraphs.column(opening)
    assert len(probabilities) == len(gold) == len(corpus.groups) - 1 - size
    unknown = [0, *np.flatnonzero(corpus.groups == 1)]
    assert probabilities.tolist() == np.delete(verdicts.probabilities[:, opening], unknown).tolist()
    assert len(articles.column(opening)[1]) == 2
    assert len(chrome.column(0)[1]) == len(corpus.groups) - 1


def test_what_is_not_known_is_not_counted(case):
    verdicts, corpus = case
    everywhere = replace(verdicts, labels=np.ones_like(verdicts.labels))
    counts = levels_of(everywhere, corpus)[0].counts(3)
    sizes, opening = [len(article.paragraphs) for article in corpus.articles], corpus.labels.index("opening")
    assert counts.given[:, opening].tolist() == [sizes[0] - 1, 0, sizes[2]]
    assert counts.given[:, 1 - opening].tolist() == [sizes[0] - 1, sizes[1], sizes[2]]
