"""Mistakes: every label that differs, where a person looked, the surest first."""

from dataclasses import replace

import pytest

from tagger.training.evaluation import verdicts_on
from tagger.training.mistakes import mistakes


@pytest.fixture(scope="module")
def mislabelled(tiny_corpus):
    """The miniatures, every third of them with no label at all, every third with one too many."""

    def spoilt(number, article):
        if number % 3 == 0:
            return replace(article, labels=(frozenset(),) * len(article.labels), article_labels=None)
        if number % 3 == 1:
            return replace(article, labels=tuple(given | {"award"} for given in article.labels), article_labels=None)
        return article

    articles = tuple(spoilt(number, article) for number, article in enumerate(tiny_corpus.articles))
    return replace(tiny_corpus, articles=articles)


@pytest.fixture(scope="module")
def found(tiny_model, mislabelled):
    return mistakes(verdicts_on(mislabelled, tiny_model), mislabelled)


def test_there_is_one_for_every_wrong_label(found, tiny_model, mislabelled):
    verdicts = verdicts_on(mislabelled, tiny_model)
    assert len(found) == (verdicts.labels != mislabelled.gold).sum()
    assert {mistake.missed for mistake in found} == {True, False}


def test_each_is_where_it_says(found, mislabelled, tiny_model):
    verdicts = verdicts_on(mislabelled, tiny_model)
    starts = [sum(len(a.paragraphs) for a in mislabelled.articles[:number]) for number in range(24)]
    for mistake in found:
        column, row = mislabelled.labels.index(mistake.label), starts[mistake.article] + mistake.paragraph
        gold = mislabelled.articles[mistake.article].labels[mistake.paragraph]
        assert mistake.missed == (mistake.label in gold) == (not verdicts.labels[row, column])
        assert mistake.probability == verdicts.probabilities[row, column]


def test_the_surest_come_first(found):
    sure = [1 - mistake.probability if mistake.missed else mistake.probability for mistake in found]
    assert sure == sorted(sure, reverse=True)


def test_where_nobody_looked_there_is_no_mistake(tiny_model, mislabelled):
    unknown = tuple(
        replace(article, known=(False,) * len(article.paragraphs), article_labels=None)
        for article in mislabelled.articles
    )
    assert mistakes(verdicts_on(mislabelled, tiny_model), replace(mislabelled, articles=unknown)) == []
