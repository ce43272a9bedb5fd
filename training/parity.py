"""Parity: before a model is published, its scorer must agree with scikit-learn's own arithmetic."""

from itertools import pairwise

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from tagger.article import Article
from tagger.errors import TaggerError
from tagger.features import rows_of
from tagger.lemmas import lemma_of
from tagger.model import Model
from tagger.tokens import TOKEN
from tagger.vocabulary import Floats

TOLERANCE = 1e-9


class ParityError(TaggerError):
    """The numpy scorer and scikit-learn disagree; the model is not published."""


def check_parity(model: Model, articles: list[Article]) -> float:
    """Compare TF-IDF rows and word scores with scikit-learn's; gives the largest difference.

    Raises:
        ParityError: it exceeds `TOLERANCE`.
    """
    texts = [paragraph for article in articles for paragraph in article.paragraphs]
    reference = _tfidf(model, texts)
    rows = rows_of(texts, model.chunks, model.vocabulary)
    ours = scipy.sparse.csr_matrix((rows.values, rows.terms, rows.starts), shape=reference.shape)
    difference = abs(ours - reference).max() if reference.nnz else 0.0
    products = model.weights.products(rows)
    for block in range(products.shape[1]):
        for output in range(products.shape[2]):
            expected = _decision_function(reference, model.weights.coef[:, block, output])
            difference = max(difference, float(np.abs(products[:, block, output] - expected).max()))
    if difference > TOLERANCE:
        raise ParityError(f"scores differ from scikit-learn's by {difference:.2e}; this is a bug, please report it")
    return float(difference)


def _tfidf(model: Model, texts: list[str]) -> scipy.sparse.csr_matrix:
    """The same features by scikit-learn's vectoriser and transformer alone."""
    vocabulary = {model.vocabulary.name(term): term for term in range(len(model.vocabulary))}

    def analyze(text: str) -> list[str]:
        lemmas = [lemma_of(form) for form in TOKEN.findall(text)]
        return lemmas + [f"{a} {b}" for a, b in pairwise(lemmas)]

    counts = CountVectorizer(analyzer=analyze, vocabulary=vocabulary).transform(texts)
    transformer = TfidfTransformer(sublinear_tf=True)
    transformer.fit(counts)
    transformer.idf_ = model.vocabulary.idf
    return transformer.transform(counts)


def _decision_function(features: scipy.sparse.csr_matrix, coef: Floats) -> Floats:
    estimator = LogisticRegression()
    estimator.classes_ = np.array([0, 1])
    estimator.coef_, estimator.intercept_ = coef[None, :], np.zeros(1)
    return np.asarray(estimator.decision_function(features))
