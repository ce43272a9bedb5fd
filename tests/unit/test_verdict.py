"""Verdicts: labels of paragraphs and articles that agree, by hand and against a loop."""

from dataclasses import replace

import numpy as np
import pytest

from tagger.decision import Decision
from tagger.scoring import Scores
from tagger.verdict import decide


def plain(n_labels, threshold=0.5, low=0.3, high=0.7):
    """Probability = logistic of the score, for every label."""
    return Decision(*(np.full(n_labels, value) for value in (1.0, 0.0, threshold, low, high)))


@pytest.fixture
def model(tiny_model):
    """Two labels; paragraphs get one from 0.6 on, articles from 0.5 on."""
    return replace(tiny_model, boilerplate=plain(1), paragraph=plain(2, 0.6), article=plain(2))


def scores(articles, joint, chrome=(), unknown=(), n_articles=None):
    """Scores of a batch; ``joint`` has a row for every paragraph, those of ``chrome`` are dropped."""
    articles, joint = np.array(articles), np.array(joint, float).reshape(len(articles), 2)
    is_chrome = np.isin(np.arange(len(articles)), chrome)
    body, known = np.flatnonzero(~is_chrome), ~np.isin(np.arange(len(articles)), unknown)
    n_articles = n_articles or articles.max() + 1
    return Scores(n_articles, articles, known, np.where(is_chrome, 2.0, -2.0), body, joint[body])


def logistic(value):
    return 1 / (1 + np.exp(-np.asarray(value, float)))


def test_article_labels_are_the_union_of_the_paragraphs(model):
    verdicts = decide(scores([0, 0, 1], [[3, -3], [-3, 3], [-3, -3]]), model)
    assert verdicts.labels.tolist() == [[True, False], [False, True], [False, False]]
    assert verdicts.article_labels.tolist() == [[True, True], [False, False]]


def test_an_articles_probability_is_that_of_its_best_paragraph(model):
    verdicts = decide(scores([0, 0, 1], [[1, -1], [2, -2], [-5, 4]]), model)
    np.testing.assert_allclose(verdicts.article_probabilities, logistic([[2, -1], [-5, 4]]), rtol=1e-14)
    np.testing.assert_allclose(verdicts.probabilities, logistic([[1, -1], [2, -2], [-5, 4]]), rtol=1e-14)


def test_a_label_no_paragraph_reaches_goes_to_the_best_paragraph(model):
    verdicts = decide(scores([0, 0, 0], [[0.1, -9], [0.3, -9], [0.2, -9]]), model)
    assert verdicts.labels[:, 0].tolist() == [False, True, False]
    assert verdicts.article_labels.tolist() == [[True, False]]


def test_of_equally_good_paragraphs_the_first_gets_it(model):
    verdicts = decide(scores([0, 0, 0], [[0.1, -9], [0.3, -9], [0.3, -9]]), model)
    assert verdicts.labels[:, 0].tolist() == [False, True, False]


def test_a_label_the_article_does_not_get_is_taken_from_its_paragraphs(model):
    strict = replace(model, article=plain(2, 0.99))
    verdicts = decide(scores([0, 0], [[2, 9], [1, -9]]), strict)
    assert verdicts.labels.tolist() == [[False, True], [False, False]]
    assert verdicts.article_labels.tolist() == [[False, True]]


def test_boilerplate_has_no_label_no_probability_and_no_say(model):
    verdicts = decide(scores([0, 0, 0], [[9, 9], [-2, 2], [9, -9]], chrome=[0, 2]), model)
    assert verdicts.boilerplate.tolist() == [True, False, True]
    assert verdicts.labels.tolist() == [[False, False], [False, True], [False, False]]
    assert verdicts.article_labels.tolist() == [[False, True]]
    assert not verdicts.probabilities[[0, 2]].any()
    assert not verdicts.scores[[0, 2]].any()
    assert not verdicts.review[[0, 2]].any()
    np.testing.assert_allclose(verdicts.boilerplate_probabilities, logistic([2, -2, 2]), rtol=1e-14)


def test_a_paragraph_without_a_known_word_gets_no_label_and_decides_nothing(model):
    verdicts = decide(scores([0, 0, 1], [[9, 0.1], [-2, 2], [9, 9]], unknown=[0, 2]), model)
    assert verdicts.labels.tolist() == [[False, False], [False, True], [False, False]]
    assert verdicts.article_labels.tolist() == [[False, True], [False, False]]
    assert not verdicts.review[[0, 2]].any()


def test_an_article_without_paragraphs_has_no_labels(model):
    verdicts = decide(scores([1, 1], [[3, -3], [3, -3]], n_articles=3), model)
    assert verdicts.article_labels.tolist() == [[False, False], [True, False], [False, False]]
    np.testing.assert_allclose(verdicts.article_probabilities[[0, 2]], 0, atol=1e-100)


def test_an_article_without_body_needs_no_review(model):
    from_zero = replace(model, article=plain(2, 0.5, low=0.0))
    verdicts = decide(scores([0, 2], [[9, 9], [9, 9]], chrome=[0], unknown=[1]), from_zero)
    assert not verdicts.article_review.any()


def test_review_bands_are_those_of_the_level(model):
    verdicts = decide(scores([0, 0], [[0, 5], [-0.5, -5]]), replace(model, article=plain(2, low=0.49, high=0.51)))
    assert verdicts.review.tolist() == [[True, False], [True, False]]
    assert verdicts.article_review.tolist() == [[True, False]]


def test_a_threshold_is_reached_by_equality(model):
    verdicts = decide(scores([0], [[0, -1]]), replace(model, paragraph=plain(2, 0.5)))
    assert verdicts.labels.tolist() == [[True, False]]


def labels_by_loops(given, model):
    """What the docstring of `decide` says, article by article and label by label."""
    paragraphs = np.zeros((len(given.articles), 2), bool)
    articles = np.zeros((given.n_articles, 2), bool)
    place = {row: number for number, row in enumerate(given.body.tolist())}
    for article in range(given.n_articles):
        rows = [row for row in np.flatnonzero(given.articles == article) if row in place and given.known[row]]
        for label in range(2):
            found = {row: given.joint[place[row], label] for row in rows}
            if not found or logistic(max(found.values())) < model.article.threshold[label]:
                continue
            articles[article, label] = True
            over = [row for row, value in found.items() if logistic(value) >= model.paragraph.threshold[label]]
            for row in over or [max(found, key=found.get)]:
                paragraphs[row, label] = True
    return paragraphs, articles


@pytest.mark.parametrize("random_state", range(20))
def test_random_batches_are_decided_as_by_a_loop(model, random_state):
    random = np.random.default_rng(random_state)
    articles = np.sort(random.integers(0, 6, size=15))
    chrome, unknown = (np.flatnonzero(random.random(15) < share) for share in (0.4, 0.3))
    given = scores(articles, random.normal(size=(15, 2)).round(1), chrome, unknown, n_articles=7)
    paragraphs, whole = labels_by_loops(given, model)
    verdicts = decide(given, model)
    assert verdicts.labels.tolist() == paragraphs.tolist()
    assert verdicts.article_labels.tolist() == whole.tolist()
