"""The vocabulary: which lemmas and pairs of lemmas are terms of the model, and their inverse document frequencies."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

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
    def _pair_keys(self) -> Ints:
        return self.pairs[:, 0] * len(self.lemmas) + self.pairs[:, 1]

    def pair_terms(self, first: Ints, second: Ints) -> Ints:
        """Terms of the pairs ``(first[i], second[i])``, −1 where a lemma or the pair is unknown. Shapes (n,)."""
        terms = np.full(len(first), -1, np.int64)
        if not len(self.pairs):
            return terms
        known = np.flatnonzero((first >= 0) & (second >= 0))
        keys = first[known] * len(self.lemmas) + second[known]
        place = np.minimum(np.searchsorted(self._pair_keys, keys), len(self._pair_keys) - 1)
        hit = self._pair_keys[place] == keys
        terms[known[hit]] = len(self.lemmas) + place[hit]
        return terms

    def name(self, term: int) -> str:
        """A term as a reader sees it: «соглашение», «подписать соглашение»."""
        if term < len(self.lemmas):
            return self.lemmas[term]
        first, second = self.pairs[term - len(self.lemmas)]
        return f"{self.lemmas[first]} {self.lemmas[second]}"
