"""Features: paragraphs as sparse TF-IDF rows over the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tagger.chunks import ChunkTable
from tagger.vocabulary import Floats, Ints, Vocabulary

_AT_ONCE = 32
"""Rows multiplied at once: the weights of their terms fit the processor's cache."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Sparse rows, one a paragraph: the compressed sparse row layout, terms ascending in each row.

    Attributes:
        starts: shape (n_paragraphs + 1,); row ``i`` is ``terms[starts[i]:starts[i + 1]]``.
        terms: shape (n_entries,).
        values: shape (n_entries,); rows have Euclidean length 1, or 0 where no term is known.
        counts: shape (n_entries,), how often the term occurs in the paragraph.
    """

    starts: Ints
    terms: Ints
    values: Floats
    counts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def filled(self) -> Ints:
        """Entries of each row, shape (n_paragraphs,)."""
        return np.diff(self.starts)

    def times(self, weights: Floats) -> Floats:
        """The product with ``weights``, shape (n_terms, n_columns): shape (n_paragraphs, n_columns)."""
        product = np.zeros((len(self), weights.shape[1]))
        filled = np.flatnonzero(self.filled)
        for place in range(0, len(filled), _AT_ONCE):
            rows = filled[place : place + _AT_ONCE]
            first, stop = self.starts[rows[0]], self.starts[rows[-1] + 1]
            parts = weights.take(self.terms[first:stop], axis=0, mode="clip")  # checks no bounds, which all terms keep
            parts *= self.values[first:stop, None]
            product[rows] = np.add.reduceat(parts, self.starts[rows] - first)
        return product


def occurrences(ids: Ints, starts: Ints, vocabulary: Vocabulary) -> tuple[Ints, Ints, Ints]:
    """Every occurrence of a term: its paragraph, its term and the token it begins with.

    Shapes (n_occurrences,) each; single lemmas first, then pairs. A pair never spans two paragraphs.
    """
    paragraph = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    single = np.flatnonzero(ids >= 0)
    pair = vocabulary.pair_terms(ids[:-1], ids[1:])
    double = np.flatnonzero((pair >= 0) & (paragraph[:-1] == paragraph[1:]))
    token = np.concatenate([single, double])
    return paragraph[token], np.concatenate([ids[single], pair[double]]), token


def tfidf_rows(ids: Ints, starts: Ints, vocabulary: Vocabulary) -> Rows:
    """TF-IDF with sublinear term frequency ``1 + ln(count)``, rows normalised to length 1 [1]_.

    .. [1] Manning, Raghavan, Schütze (2008), Introduction to Information Retrieval, 6.4.1.
    """
    paragraph, term, _ = occurrences(ids, starts, vocabulary)
    n_rows, n_terms = len(starts) - 1, max(len(vocabulary), 1)
    # Half as wide where that suffices, and merged: both parts of the occurrences ascend by paragraph already.
    keys = (paragraph * n_terms + term).astype(np.uint32 if n_rows * n_terms < 1 << 32 else np.uint64)
    keys.sort(kind="stable")
    changes = keys[1:] != keys[:-1]
    first = np.flatnonzero(np.append(True, changes)) if len(keys) else np.empty(0, np.int64)
    counts = np.diff(first, append=len(keys))
    rows, terms = (part.astype(np.int64) for part in np.divmod(keys[first], keys.dtype.type(n_terms)))
    values = vocabulary.idf[terms]
    often = np.flatnonzero(counts > 1)
    values[often] *= 1 + np.log(counts[often])
    length = np.sqrt(np.bincount(rows, values * values, minlength=n_rows))
    return Rows(np.searchsorted(rows, np.arange(len(starts))), terms, values / length[rows], counts)


def rows_of(paragraphs: Sequence[str], chunks: ChunkTable, vocabulary: Vocabulary) -> Rows:
    """Paragraph texts to TF-IDF rows."""
    return tfidf_rows(*chunks.lemma_ids(paragraphs), vocabulary)
