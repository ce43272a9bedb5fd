"""Scoring: the whole way from text to scores, against a slow scorer that shares no arithmetic with it."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from tagger.article import Article
from tagger.boilerplate import boilerplate_views
from tagger.context import Context
from tagger.features import Rows
from tagger.lemmas import lemma_of
from tagger.linear import block_maps, joint_views
from tagger.scoring import score
from tagger.shape import shapes
from tagger.tokens import TOKEN


def analyze(text):
    lemmas = [lemma_of(form) for form in TOKEN.findall(text)]
    return lemmas + [" ".join(pair) for pair in pairwise(lemmas)]


def tfidf(model, paragraphs):
    """Rows by scikit-learn, shape (n_paragraphs, n_terms)."""
    vocabulary = model.vocabulary
    names = {vocabulary.name(term): term for term in range(len(vocabulary))}
    counts = CountVectorizer(analyzer=analyze, vocabulary=names).transform(paragraphs)
    transformer = TfidfTransformer(sublinear_tf=True).fit(counts)
    transformer.idf_ = vocabulary.idf
    return transformer.transform(counts).toarray()


def matrices(maps, size):
    return [place(np.eye(size)) for place in maps(Context(np.zeros(size, int)))]


def slow_scores(article, model):
    """Boilerplate scores of all paragraphs, and joint scores of the body, of one article."""
    weights, size = model.weights, len(article.spans)
    words = tfidf(model, article.paragraphs)
    shape = shapes(article.paragraphs, np.arange(size), np.full(size, size))

    def first(rows, outputs):
        total = shape[rows] @ weights.shape_coef[:, outputs] + weights.intercept[outputs]
        for block, matrix in enumerate(matrices(block_maps, len(rows))):
            total = total + matrix @ (words[rows] @ weights.coef[:, block, outputs])
        return total

    paragraph, term = np.nonzero(words)
    starts = np.searchsorted(paragraph, np.arange(size + 1))
    rows = Rows(starts, term, words[paragraph, term], np.ones(len(term), int))
    views = boilerplate_views(first(np.arange(size), [0])[:, 0], rows, shape, Context(np.zeros(size, int)))
    chrome = views @ weights.boilerplate_coef
    slope, offset = model.boilerplate.slope[0], model.boilerplate.offset[0]
    body = np.flatnonzero(1 / (1 + np.exp(-(slope * chrome + offset))) < model.boilerplate.threshold[0])
    if not len(body):
        return chrome, body, np.zeros((0, len(model.labels)))
    events = first(body, list(range(1, 1 + len(model.labels))))
    views = joint_views(events, Context(np.zeros(len(body), int)))
    joint = sum(views[:, view] @ coef for view, coef in enumerate(weights.joint_coef))
    return chrome, body, joint + weights.joint_intercept


@pytest.fixture(params=["tiny_model", "wild_model"])
def model(request):
    return request.getfixturevalue(request.param)


def test_scores_are_those_of_the_slow_scorer(model, texts):
    seen = 0
    for text in texts:
        article = Article.from_text(text)
        chrome, body, joint = slow_scores(article, model)
        found = score([article.paragraphs], model).scores
        np.testing.assert_allclose(found.boilerplate, chrome, atol=1e-9)
        assert found.body.tolist() == body.tolist()
        np.testing.assert_allclose(found.joint, joint, atol=1e-9)
        seen += len(body)
    assert seen > 10


def test_a_batch_is_its_articles_one_after_the_other(model, texts):
    articles = [Article.from_text(text) for text in texts]
    batch, offset, done = score([article.paragraphs for article in articles], model).scores, 0, 0
    for number, article in enumerate(articles):
        alone = score([article.paragraphs], model).scores
        rows = slice(offset, offset + len(article.spans))
        assert (batch.articles[rows] == number).all()
        np.testing.assert_allclose(batch.boilerplate[rows], alone.boilerplate, atol=1e-12)
        assert batch.known[rows].tolist() == alone.known.tolist()
        assert (batch.body[done : done + len(alone.body)] - offset).tolist() == alone.body.tolist()
        np.testing.assert_allclose(batch.joint[done : done + len(alone.body)], alone.joint, atol=1e-12)
        offset, done = rows.stop, done + len(alone.body)
    assert (offset, done) == (len(batch.articles), len(batch.body))


def test_known_paragraphs_are_those_with_a_word_of_the_vocabulary(tiny_model):
    lemmas = tiny_model.vocabulary.lemmas
    assert "завод" in lemmas
    assert "кракозябра" not in lemmas
    articles = [["Заводы", "Кракозябра", "!!!"], ["Кракозябра", "кракозябра заводу"]]
    assert score(articles, tiny_model).scores.known.tolist() == [True, False, False, False, True]


def test_an_article_without_paragraphs_takes_no_rows(tiny_model):
    articles = [[], ["Завод открыли"], [], ["Завод", "открыли"], []]
    scores = score(articles, tiny_model).scores
    assert scores.n_articles == 5
    assert scores.articles.tolist() == [1, 3, 3]


@pytest.mark.parametrize("articles", [[], [[]], [[], []]])
def test_a_batch_without_paragraphs_has_empty_scores(articles, tiny_model):
    scores = score(articles, tiny_model).scores
    assert scores.n_articles == len(articles)
    assert scores.joint.shape == (0, len(tiny_model.labels))
