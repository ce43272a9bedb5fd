"""The vocabulary: which lemmas and pairs of lemmas are terms of the model, and their inverse document frequencies."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tagger.table import Keys, Table

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Terms are numbered: first the lemmas, then the pairs of neighbouring lemmas.

    Attributes:
        lemmas: the known lemmas, sorted; a lemma's id is its place here and also its term.
        pairs: shape (n_pairs, 2), lemma ids, sorted by row; pair ``i`` is term ``len(lemmas) + i``.
        idf: shape (n_terms,), smoothed inverse document frequency ``ln((1 + n) / (1 + df)) + 1`` [1]_.

    .. [1] Manning, Raghavan, Schütze (2008), Introduction to Information Retrieval, 6.2; smoothed as in scikit-learn.
    """

    lemmas: tuple[str, ...]
    pairs: Ints
    idf: Floats

    def __len__(self) -> int:
        return len(self.lemmas) + len(self.pairs)

    @cached_property
    def ids(self) -> dict[str, int]:
        """Lemma → id."""
        return {lemma: number for number, lemma in enumerate(self.lemmas)}

    @cached_property
    def _pair_table(self) -> Table:
        table = Table()
        table.add(
            self._pair_keys(self.pairs[:, 0], self.pairs[:, 1]), np.arange(len(self.lemmas), len(self), dtype=np.int32)
        )
        return table

    def _pair_keys(self, first: Ints, second: Ints) -> Keys:
        return (first * len(self.lemmas) + second + 1).astype(np.uint64)

    def pair_terms(self, first: Ints, second: Ints) -> Ints:
        """Terms of the pairs ``(first[i], second[i])``, −1 where a lemma or the pair is unknown. Shapes (n,)."""
        terms = np.full(len(first), -1, np.int64)
        known = np.flatnonzero((first >= 0) & (second >= 0))
        found = self._pair_table.find(self._pair_keys(first[known], second[known]))
        terms[known] = np.maximum(found, -1)  # ABSENT is far below
        return terms

    def name(self, term: int) -> str:
        """A term as a reader sees it: «соглашение», «подписать соглашение»."""
        if term < len(self.lemmas):
            return self.lemmas[term]
        first, second = self.pairs[term - len(self.lemmas)]
        return f"{self.lemmas[first]} {self.lemmas[second]}"
