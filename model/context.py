"""Context: what stands around a paragraph in its article, as linear maps over the rows of a batch."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tagger.vocabulary import Floats, Ints


@dataclass(frozen=True, eq=False)
class Context:
    """Neighbourhoods in a batch of articles that stand one after the other.

    Every map takes values of shape (n_paragraphs, …) and gives the same shape; what does not exist counts as 0.

    Attributes:
        articles: shape (n_paragraphs,), the number of each paragraph's article, ascending.
    """

    articles: Ints

    @cached_property
    def starts(self) -> Ints:
        """First paragraph of each article that has any, shape (n_articles,)."""
        return np.flatnonzero(np.diff(self.articles, prepend=-1))

    @cached_property
    def sizes(self) -> Ints:
        """Paragraphs of each article, shape (n_articles,)."""
        return np.diff(np.append(self.starts, len(self.articles)))

    @cached_property
    def group(self) -> Ints:
        """Each paragraph's place in `starts`, shape (n_paragraphs,)."""
        return np.repeat(np.arange(len(self.starts)), self.sizes)

    @cached_property
    def places(self) -> Ints:
        """Each paragraph's number in its article, from 0."""
        return np.arange(len(self.articles)) - self.starts[self.group]

    def shifted(self, values: Floats, by: int) -> Floats:
        """Values of the paragraph ``by`` places further on (negative: before)."""
        result = np.zeros_like(values)
        n = len(values)
        here = np.arange(max(0, -by), min(n, n - by))
        here = here[self.articles[here] == self.articles[here + by]] if len(here) else here
        result[here] = values[here + by]
        return result

    def head(self, values: Floats) -> Floats:
        """Half the sum over the article's first two paragraphs: headline and lead."""
        total = values[self.starts] / 2
        two = np.flatnonzero(self.sizes > 1)
        total[two] += values[self.starts[two] + 1] / 2
        return total[self.group]

    def head_transposed(self, values: Floats) -> Floats:
        """The transpose of `head`: half the article's sum at each of its first two paragraphs, 0 elsewhere."""
        result = np.zeros_like(values, dtype=float)
        if len(values):
            half = np.add.reduceat(values, self.starts, axis=0) / 2
            result[self.starts] = half
            two = self.sizes > 1
            result[self.starts[two] + 1] = half[two]
        return result

    def mean(self, values: Floats) -> Floats:
        """Mean over the article."""
        if not len(values):
            return values.copy()
        sizes = self.sizes.reshape(-1, *[1] * (values.ndim - 1))
        return (np.add.reduceat(values, self.starts, axis=0) / sizes)[self.group]

    def running_minimum(self, values: Floats, backwards: bool) -> Floats:
        """Least value from the article's first paragraph to this one, or from its last; shape (n_paragraphs,) only."""
        n, step = len(values), -1 if backwards else 1
        order = np.argsort(values, kind="stable")
        rank = np.empty(n, np.int64)
        rank[order] = np.arange(n)
        # Ranks of an article lie below those of all that are walked through before it, so that each begins anew.
        lowered = rank - step * n * self.group
        least = np.minimum.accumulate(lowered[::step])[::step] + step * n * self.group
        return values[order[least]]

    def maximum(self, values: Floats) -> Floats:
        """Maximum over the article, column by column."""
        return np.maximum.reduceat(values, self.starts, axis=0)[self.group] if len(values) else values.copy()
