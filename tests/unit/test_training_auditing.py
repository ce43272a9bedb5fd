"""Audit: doubt is measured from the threshold; a planted error comes first, with its words."""

from dataclasses import replace

import numpy as np
import pytest

from tagger.training.auditing import audit, doubts, label_probabilities
from tagger.training.configuration import Configuration
from tagger.training.preparing import prepare

PROBABILITIES = np.array([[0.9, 0.1], [0.2, 0.2], [0.4, 0.4]])
THRESHOLD = np.array([0.4, 0.6])


def test_doubt_is_the_way_beyond_the_threshold():
    missing = doubts(PROBABILITIES, THRESHOLD, np.zeros((3, 2), bool))
    assert missing == pytest.approx(np.array([[5 / 6, -5 / 6], [-1 / 2, -2 / 3], [0, -1 / 3]]))


def test_doubt_of_a_label_that_is_given_is_the_opposite():
    given = np.ones((3, 2), bool)
    assert doubts(PROBABILITIES, THRESHOLD, given) == pytest.approx(-doubts(PROBABILITIES, THRESHOLD, ~given))


def test_probabilities_are_those_of_the_out_of_fold_scores(tiny_fit, tiny_corpus):
    scores, model = tiny_fit.scores, tiny_fit.model
    found = label_probabilities(scores, model, tiny_corpus.gold)
    assert found[scores.body] == pytest.approx(model.paragraph.probabilities(scores.joint))


def test_page_chrome_bounds_the_probability_of_a_label(tiny_fit, tiny_corpus):
    """A label on what scores as page chrome is improbable; one that is not given there is no finding."""
    scores, model = tiny_fit.scores, tiny_fit.model
    chrome = np.setdiff1d(np.arange(len(scores.boilerplate)), scores.body)
    assert len(chrome)
    given = label_probabilities(scores, model, np.ones_like(tiny_corpus.gold))[chrome]
    assert (given <= 1 - model.boilerplate.probabilities(scores.boilerplate[chrome, None]) + 1e-12).all()
    assert not label_probabilities(scores, model, np.zeros_like(tiny_corpus.gold))[chrome].any()


@pytest.fixture(scope="module")
def prepared(tiny_corpus_path):
    return prepare([tiny_corpus_path], None, Configuration())


def with_labels(prepared, id, paragraph, labels):
    """The data with other labels on one paragraph."""
    articles = list(prepared.corpus.articles)
    number = next(number for number, article in enumerate(articles) if article.id == id)
    given = list(articles[number].labels)
    given[paragraph] = frozenset(labels)
    articles[number] = replace(articles[number], labels=tuple(given), article_labels=None)
    return replace(prepared, corpus=replace(prepared.corpus, articles=tuple(articles)))


def test_a_swapped_label_comes_first_with_its_words(prepared):
    """«Премию получили пятеро мастеров…» as an opening."""
    steps = []
    found = audit(with_labels(prepared, "t0-0", 2, ["opening"]), Configuration(), 5, steps.append)
    first = next(finding for finding in found if (finding.article.id, finding.paragraph) == ("t0-0", 2))
    assert first.suggested == {"award"}
    assert first.probabilities["award"] > 0.5 > first.probabilities["opening"]
    assert {"премия", "награда"} & {word for word, _ in first.words["award"]}
    assert all(weight > 0 for _, weight in first.words["award"])
    assert all(weight < 0 for _, weight in first.words["opening"])
    assert steps[-1] == "words"


def test_findings_are_ordered_and_no_more_than_wanted(prepared):
    found = audit(prepared, Configuration(), 4, lambda _: None)
    doubt = [finding.doubt for finding in found]
    assert len(found) == 4
    assert doubt == sorted(doubt, reverse=True)
    assert all(finding.suggested != finding.given for finding in found)


def test_unlabelled_paragraphs_are_no_findings(prepared):
    """Nobody said that they carry nothing."""
    swapped = with_labels(prepared, "t0-0", 2, [])
    articles = tuple(
        replace(article, known=(True, True, False, True, True)) if article.id == "t0-0" else article
        for article in swapped.corpus.articles
    )
    unknown = replace(swapped, corpus=replace(swapped.corpus, articles=articles))
    for data, expected in ((swapped, True), (unknown, False)):
        found = audit(data, Configuration(), 1000, lambda _: None)
        assert any((finding.article.id, finding.paragraph) == ("t0-0", 2) for finding in found) is expected
