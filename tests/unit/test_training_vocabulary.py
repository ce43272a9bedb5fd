"""Learning the vocabulary, compared with scikit-learn's vectoriser."""

import math
from itertools import pairwise

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from tagger.training.vocabulary import learn_vocabulary

DOCUMENTS = [
    ["завод", "открыть", "цех", "и", "завод", "открыть", "линия"],
    ["цех", "цех", "цех"],
    [],
    ["линия", "и", "завод"],
    ["завод", "открыть", "школа"],
    ["и"],
]


def analyze(document):
    return [*document, *(" ".join(pair) for pair in pairwise(document))]


@pytest.mark.parametrize("min_df", [1, 2, 3])
def test_terms_and_idf_are_those_of_scikit_learn(min_df):
    vectorizer = CountVectorizer(analyzer=analyze, min_df=min_df)
    idf = TfidfTransformer().fit(vectorizer.fit_transform(DOCUMENTS)).idf_
    expected = dict(zip(vectorizer.get_feature_names_out(), idf, strict=True))
    learnt = learn_vocabulary(DOCUMENTS, min_df, min_df)
    found = {learnt.name(term): learnt.idf[term] for term in range(len(learnt))}
    # A pair needs both its lemmas in the vocabulary, which they are, since they occur in at least as many documents.
    assert found == pytest.approx(expected, abs=1e-14)


def test_lemmas_are_sorted_and_pairs_are_sorted_by_ids():
    learnt = learn_vocabulary(DOCUMENTS, 1, 1)
    assert list(learnt.lemmas) == ["завод", "и", "линия", "открыть", "цех", "школа"]
    assert [tuple(pair) for pair in learnt.pairs.tolist()] == sorted(tuple(pair) for pair in learnt.pairs.tolist())


def test_repetition_within_a_document_counts_once():
    learnt = learn_vocabulary([["а", "а", "а"], ["б"]], 1, 1)
    assert learnt.idf[learnt.lemmas.index("а")] == pytest.approx(math.log(3 / 2) + 1)


def test_the_least_number_of_documents_is_inclusive():
    assert learn_vocabulary(DOCUMENTS, 3, 3).lemmas == ("завод", "и")
    assert learn_vocabulary(DOCUMENTS, 4, 4).lemmas == ()


@pytest.mark.parametrize(
    ("min_df", "pair_min_df", "pairs"),
    [
        (1, 2, {"завод открыть", "и завод"}),
        (1, 3, set()),
        (2, 1, {"завод открыть", "открыть цех", "цех и", "цех цех", "и завод", "открыть линия", "линия и"}),
        (3, 1, {"и завод"}),
    ],
)
def test_pairs_have_a_least_number_of_their_own_and_are_of_known_lemmas(min_df, pair_min_df, pairs):
    learnt = learn_vocabulary(DOCUMENTS, min_df, pair_min_df)
    names = [learnt.name(term) for term in range(len(learnt))]
    assert {name for name in names if " " in name} == pairs
    assert learnt.lemmas == learn_vocabulary(DOCUMENTS, min_df, min_df).lemmas


def test_a_lemma_of_every_document_has_idf_one():
    assert learn_vocabulary([["а"], ["а", "б"]], 2, 2).idf.tolist() == [1.0]


def test_nothing_learnt_is_an_empty_vocabulary():
    learnt = learn_vocabulary([], 1, 1)
    assert len(learnt) == 0
    assert learnt.pairs.shape == (0, 2)


def test_what_was_learnt_is_found_again():
    learnt = learn_vocabulary(DOCUMENTS, 1, 1)
    document = DOCUMENTS[0]
    ids = np.array([learnt.ids[lemma] for lemma in document])
    names = [learnt.name(term) for term in learnt.pair_terms(ids[:-1], ids[1:])]
    assert names == [" ".join(pair) for pair in pairwise(document)]
