"""The design matrix: what scikit-learn is fitted on, from the same rows, shapes and contexts that prediction uses."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse

from tagger.context import Context
from tagger.features import Rows
from tagger.linear import BLOCKS, block_maps
from tagger.vocabulary import Floats, Ints


@dataclass(frozen=True, eq=False)
class Design:
    """Paragraphs of a corpus as features.

    Attributes:
        rows: TF-IDF rows, shape (n_paragraphs, n_terms).
        shapes: shape (n_paragraphs, n_shapes).
        articles: number of each paragraph's article.
        n_terms: size of the vocabulary.
    """

    rows: Rows
    shapes: Floats
    articles: Ints
    n_terms: int

    def matrix(self, body: Ints, block_scales: tuple[float, ...], shape_scale: float) -> scipy.sparse.csr_matrix:
        """Features of the paragraphs ``body`` in the context of each other.

        Columns are the terms once for every block, then the shapes; shape (n_body, n_blocks · n_terms + n_shapes).
        """
        shape = (len(self.rows), self.n_terms)
        own = scipy.sparse.csr_matrix((self.rows.values, self.rows.terms, self.rows.starts), shape=shape)[body]
        operators = block_operators(Context(self.articles[body]))
        blocks = [scale * (operator @ own) for scale, operator in zip(block_scales, operators, strict=True)]
        return scipy.sparse.hstack([*blocks, scipy.sparse.csr_matrix(shape_scale * self.shapes[body])]).tocsr()


def block_operators(context: Context) -> list[scipy.sparse.csr_matrix]:
    """The maps of `tagger.linear.block_maps` as sparse matrices of shape (n_paragraphs, n_paragraphs).

    Articles of one size have the same part: the maps' answers to unit vectors.
    """
    n = len(context.articles)
    entries: list[list[tuple[Ints, Ints, Floats]]] = [[] for _ in BLOCKS]
    for size in np.unique(context.sizes):
        starts = context.starts[context.sizes == size][:, None]
        for block, place in enumerate(block_maps(Context(np.zeros(size, np.int64)))):
            part = place(np.eye(size))
            row, column = np.nonzero(part)
            values = np.broadcast_to(part[row, column], (len(starts), len(row)))
            entries[block].append(((starts + row).ravel(), (starts + column).ravel(), values.ravel()))
    return [_sparse(block, n) for block in entries]


def _sparse(entries: list[tuple[Ints, Ints, Floats]], n: int) -> scipy.sparse.csr_matrix:
    rows, columns, values = (np.concatenate(part) for part in zip(*entries, strict=True))
    return scipy.sparse.csr_matrix((values, (rows, columns)), shape=(n, n))
