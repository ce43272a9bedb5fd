"""Features: TF-IDF rows, compared with scikit-learn and with sums done by hand."""

import math
from itertools import pairwise

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from tagger.chunks import ChunkTable
from tagger.features import occurrences, rows_of, tfidf_rows
from tagger.vocabulary import Vocabulary

PARAGRAPHS = [
    "завод открыл цех завод открыл линию",
    "",
    "цех цех цех",
    "нечто совсем другое",
    "Завод, цех. Открыл? Линию 5 цех",
    "линию завод",
]
LEMMAS = ("завод", "линию", "открыл", "цех")
PAIRS = [(0, 2), (0, 3), (2, 3), (3, 0), (3, 3)]


@pytest.fixture
def vocabulary():
    return Vocabulary(LEMMAS, np.array(PAIRS, np.int64), np.linspace(1, 3, 9))


@pytest.fixture
def chunks(vocabulary):
    return ChunkTable(vocabulary.ids, str.lower)


def dense(rows, n_terms):
    matrix = np.zeros((len(rows), n_terms))
    for row in range(len(rows)):
        for entry in range(rows.starts[row], rows.starts[row + 1]):
            matrix[row, rows.terms[entry]] += rows.values[entry]
    return matrix


def words(text):
    return [word.strip(",.?").lower() for word in text.split()]


def test_rows_are_what_scikit_learn_gives(vocabulary, chunks):
    names = {vocabulary.name(term): term for term in range(len(vocabulary))}

    def analyze(text):
        return words(text) + [f"{a} {b}" for a, b in pairwise(words(text))]

    counts = CountVectorizer(analyzer=analyze, vocabulary=names).transform(PARAGRAPHS)
    transformer = TfidfTransformer(sublinear_tf=True).fit(counts)
    transformer.idf_ = vocabulary.idf
    rows = rows_of(PARAGRAPHS, chunks, vocabulary)
    np.testing.assert_allclose(dense(rows, 9), transformer.transform(counts).toarray(), atol=1e-14)
    counted = np.zeros((len(PARAGRAPHS), 9), int)
    counted[np.repeat(np.arange(len(rows)), rows.filled), rows.terms] = rows.counts
    assert counted.tolist() == counts.toarray().tolist()


def test_a_row_by_hand(chunks):
    vocabulary = Vocabulary(LEMMAS, np.zeros((0, 2), np.int64), np.array([2.0, 1.0, 1.0, 3.0]))
    rows = rows_of(["цех завод цех завод цех"], chunks, vocabulary)
    first, second = (1 + math.log(2)) * 2, (1 + math.log(3)) * 3
    length = math.hypot(first, second)
    assert rows.terms.tolist() == [0, 3]
    assert rows.counts.tolist() == [2, 3]
    assert rows.values == pytest.approx([first / length, second / length], abs=1e-15)


def test_rows_have_length_one_or_zero(vocabulary, chunks):
    lengths = np.linalg.norm(dense(rows_of(PARAGRAPHS, chunks, vocabulary), 9), axis=1)
    assert lengths == pytest.approx([1, 0, 1, 0, 1, 1])


def test_terms_ascend_in_every_row(vocabulary, chunks):
    rows = rows_of(PARAGRAPHS, chunks, vocabulary)
    for start, stop in pairwise(rows.starts):
        assert sorted(set(rows.terms[start:stop])) == rows.terms[start:stop].tolist()


def test_filled_counts_the_entries_of_each_row(vocabulary, chunks):
    rows = rows_of(["цех завод", "", "цех цех"], chunks, vocabulary)
    assert rows.filled.tolist() == [3, 0, 2]
    assert len(rows) == 3


def test_occurrences_name_paragraph_term_and_first_token(vocabulary, chunks):
    ids, starts = chunks.lemma_ids(["завод открыл цех", "река цех завод"])
    paragraph, term, token = occurrences(ids, starts, vocabulary)
    found = sorted(zip(token.tolist(), term.tolist(), paragraph.tolist(), strict=True))
    assert found == [(0, 0, 0), (0, 4, 0), (1, 2, 0), (1, 6, 0), (2, 3, 0), (4, 3, 1), (4, 7, 1), (5, 0, 1)]


def test_a_pair_never_spans_two_paragraphs_nor_an_unknown_word(vocabulary, chunks):
    rows = rows_of(["завод", "открыл", "завод река открыл"], chunks, vocabulary)
    assert rows.terms.max() < len(LEMMAS)


def test_the_product_is_that_of_the_dense_matrix(vocabulary, chunks):
    weights = np.random.default_rng(0).normal(size=(9, 5))
    rows = rows_of(PARAGRAPHS, chunks, vocabulary)
    np.testing.assert_allclose(rows.times(weights), dense(rows, 9) @ weights, atol=1e-14)


def test_no_paragraphs_make_no_rows(vocabulary, chunks):
    rows = rows_of([], chunks, vocabulary)
    assert len(rows) == 0
    assert rows.times(np.ones((9, 2))).shape == (0, 2)


def test_nothing_known_gives_empty_rows(chunks, vocabulary):
    rows = rows_of(["река", "", "море"], chunks, vocabulary)
    assert rows.filled.tolist() == [0, 0, 0]
    assert not rows.times(np.ones((9, 2))).any()


def test_a_row_does_not_depend_on_the_rows_around_it(vocabulary, chunks):
    together = dense(rows_of(PARAGRAPHS, chunks, vocabulary), 9)
    for number, paragraph in enumerate(PARAGRAPHS):
        assert (dense(rows_of([paragraph], chunks, vocabulary), 9)[0] == together[number]).all()


def test_an_empty_vocabulary_gives_rows_of_zeros():
    nothing = Vocabulary((), np.zeros((0, 2), np.int64), np.zeros(0))
    rows = tfidf_rows(np.array([-1, -1]), np.array([0, 1, 2]), nothing)
    assert rows.filled.tolist() == [0, 0]


def test_rows_do_not_depend_on_how_many_stand_beside_them():
    # 100,000 paragraphs times 50,000 terms are more than a number of 32 bits can tell apart.
    lemmas = tuple(sorted(map(str, range(50_000))))
    vocabulary = Vocabulary(lemmas, np.empty((0, 2), np.int64), np.linspace(1, 3, 50_000))
    ids = np.tile([0, 49_999, 7, 7], 50_000)
    many = tfidf_rows(ids, np.arange(0, 200_001, 2), vocabulary)
    few = tfidf_rows(ids[:4], np.arange(0, 5, 2), vocabulary)
    assert len(many) == 100_000
    for name in ("terms", "values", "counts"):
        np.testing.assert_array_equal(getattr(many, name), np.tile(getattr(few, name), 50_000))
    np.testing.assert_array_equal(many.filled, np.tile([2, 1], 50_000))
