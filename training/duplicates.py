"""Near-duplicates: reprints of one text, which must never be learnt from in one fold and judged in another."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse

from tagger.tokens import TOKEN, spelling
from tagger.training.corpus import Corpus
from tagger.training.records import LabelledArticle
from tagger.vocabulary import Ints

SHINGLE = 5
"""Words in a row that are compared."""

ALIKE = 0.5
"""Jaccard similarity of their shingles from which on two articles are near-duplicates."""

_BASE = 0x9E3779B97F4A7C15
"""Of the polynomial that makes 64 bits of a shingle; two of ten million collide once in 400,000 corpora."""


def groups(corpus: Corpus) -> Ints:
    """Group of near-duplicates of each article, named by the number of its first member: shape (n_articles,).

    Near-duplicates of near-duplicates are in one group. Only body text counts, since all pages of a site share their
    chrome; an article of nothing else counts whole.
    """
    rows, sizes = _shingles([_text(article) for article in corpus.articles])
    group = np.arange(len(corpus))
    for one, other in zip(*_candidates(rows, sizes), strict=True):
        if group[one] != group[other]:
            common = len(np.intersect1d(_members(rows, one), _members(rows, other), assume_unique=True))
            if common >= ALIKE * (sizes[one] + sizes[other] - common):
                low, high = sorted((group[one], group[other]))
                group[group == high] = low
    return group


class _Numbers(dict[str, int]):
    """Surface form → number of its spelling, from 1 on; a form is spelt once."""

    def __missing__(self, form: str) -> int:
        spelt = spelling(form)
        number = self[spelt] if spelt != form and spelt in self else len(self) + 1
        self[spelt] = self[form] = number
        return number


def _text(article: LabelledArticle) -> str:
    body = [text for text, chrome in zip(article.paragraphs, article.boilerplate, strict=True) if not chrome]
    return "\n".join(body or article.paragraphs)


def _shingles(texts: Sequence[str]) -> tuple[scipy.sparse.csr_matrix, Ints]:
    """Shingles of texts.

    A shingle begins at every word; beyond a text's end stand blanks, so that short texts have shingles as well.

    Returns:
        rows: the shingles that several texts share, the rarest first: shape (n_texts, n_shingles).
        sizes: how many different ones each text has, shape (n_texts,).
    """
    number, blanks = _Numbers().__getitem__, [0] * (SHINGLE - 1)
    numbers = [[*map(number, TOKEN.findall(text)), *blanks] for text in texts]
    words = np.concatenate([np.zeros(0, int), *numbers]).astype(np.uint64)
    codes = np.zeros_like(words)
    for shift in range(SHINGLE):
        codes = codes * np.uint64(_BASE) + np.roll(words, -shift)
    real = words > 0
    distinct, shingles = np.unique(codes[real], return_inverse=True)
    articles = np.repeat(np.arange(len(texts)), list(map(len, numbers)))[real]
    ones = np.ones(len(articles), int)
    seen = scipy.sparse.coo_matrix((ones, (articles, shingles)), shape=(len(texts), len(distinct))).tocsr()
    sizes, common = np.diff(seen.indptr), np.bincount(seen.indices, minlength=len(distinct))
    order = np.argsort(common, kind="stable")
    rows = seen[:, order[common[order] > 1]]
    rows.sort_indices()
    return rows, sizes


def _candidates(rows: scipy.sparse.csr_matrix, sizes: Ints) -> tuple[Ints, Ints]:
    """Pairs of articles that may be near-duplicates, the lower number first, in order.

    Near-duplicates share at least `ALIKE` of the shingles of each, hence one of the rarest 1 − `ALIKE` (and one more) of
    each; those that the article has alone come first among them.
    """
    shared = np.diff(rows.indptr)
    rarest = sizes - np.ceil(ALIKE * sizes).astype(int) + 1 - (sizes - shared)
    kept = np.arange(rows.nnz) - np.repeat(rows.indptr[:-1], shared) < np.repeat(rarest, shared)
    # A copy, since what is zero is taken out in place.
    prefix = scipy.sparse.csr_matrix((kept.astype(int), rows.indices, rows.indptr), shape=rows.shape, copy=True)
    prefix.eliminate_zeros()
    one, other = scipy.sparse.triu(prefix @ prefix.T, 1).tocsr().nonzero()
    order = np.lexsort((other, one))
    return one[order], other[order]


def _members(rows: scipy.sparse.csr_matrix, article: int) -> Ints:
    """Numbers of an article's shingles."""
    return np.asarray(rows.indices[rows.indptr[article] : rows.indptr[article + 1]])
