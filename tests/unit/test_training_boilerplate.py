"""Fitting page chrome: the second stage is a regression on what the first says out of fold."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from tagger.boilerplate import FIRST_SCORE_ALONE, boilerplate_views
from tagger.context import Context
from tagger.features import tfidf_rows
from tagger.lemmas import lemma_of
from tagger.shape import shapes
from tagger.tokens import TOKEN
from tagger.training.boilerplate import fit_boilerplate
from tagger.training.configuration import Configuration
from tagger.training.design import Design
from tagger.training.regression import fit_words

CONFIGURATION = Configuration(folds=3)


@pytest.fixture(scope="module")
def design(tiny_corpus, tiny_model):
    texts = [text for article in tiny_corpus.articles for text in article.paragraphs]
    lemmas = [[lemma_of(form) for form in TOKEN.findall(text)] for text in texts]
    vocabulary, context = tiny_model.vocabulary, Context(tiny_corpus.groups)
    ids = np.array([vocabulary.ids.get(lemma, -1) for row in lemmas for lemma in row], np.int64)
    rows = tfidf_rows(ids, np.cumsum([0, *map(len, lemmas)]), vocabulary)
    shape = shapes(texts, context.places, context.sizes[context.group])
    return Design(rows, shape, tiny_corpus.groups, len(vocabulary))


@pytest.fixture(scope="module")
def fold_of(tiny_corpus):
    return tiny_corpus.groups % CONFIGURATION.folds


def test_the_second_stage_is_fitted_on_out_of_fold_scores_of_the_first(tiny_corpus, design, fold_of):
    found = fit_boilerplate(design, tiny_corpus, len(fold_of), fold_of, CONFIGURATION)
    matrix = design.matrix(np.arange(len(fold_of)), CONFIGURATION.block_scales, CONFIGURATION.shape)
    gold = tiny_corpus.boilerplate
    _, first = fit_words(matrix, gold[:, None], tiny_corpus.known[:, None], fold_of, CONFIGURATION)
    views = boilerplate_views(first[:, 0], design.rows, design.shapes, Context(design.articles))
    penalty = CONFIGURATION.boilerplate_inverse_penalty
    whole = LogisticRegression(C=penalty, tol=1e-8, max_iter=10_000).fit(views, gold)
    np.testing.assert_allclose(views @ found.coef, whole.decision_function(views), atol=1e-3)
    for fold in range(CONFIGURATION.folds):
        seen = fold_of != fold
        alone = LogisticRegression(C=penalty, tol=1e-8, max_iter=10_000).fit(views[seen], gold[seen])
        np.testing.assert_allclose(found.scores[~seen, 0], alone.decision_function(views[~seen]), atol=1e-3)


def test_where_nobody_marked_page_chrome_none_is_found(tiny_corpus, design, fold_of):
    articles = tuple(
        replace(article, boilerplate=(False,) * len(article.paragraphs)) for article in tiny_corpus.articles
    )
    found = fit_boilerplate(design, replace(tiny_corpus, articles=articles), len(fold_of), fold_of, CONFIGURATION)
    assert not found.decision.given(found.scores).any()
    assert not found.words.coef.any()
    np.testing.assert_array_equal(found.coef, FIRST_SCORE_ALONE)
