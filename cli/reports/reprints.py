"""Reprints: articles whose texts are nearly the same, found by the MinHash of their shingles [1]_ and counted once.

The library estimates what `tagger.training.duplicates` computes, and unlike it needs neither all texts at once nor scipy.

.. [1] A. Z. Broder, On the resemblance and containment of documents, SEQUENCES 1997.
"""

from collections.abc import Sequence
from typing import Any

from tagger.prediction import Prediction
from tagger.tokens import TOKEN, spelling

SHINGLE = 5
"""Words in a row that are compared."""
ALIKE = 0.5
"""Jaccard similarity of their shingles from which on two articles are reprints."""
PERMUTATIONS, BANDS = 128, 64
"""Of the signature; bands of two let hardly a pair over `ALIKE` slip through (1 − 0.25)^64, and the estimate sorts them."""


class Reprints:
    """Signatures of articles, taken one by one, and the groups that they form."""

    def __init__(self) -> None:
        self._signatures: list[Any] = []

    def add(self, answer: Prediction) -> None:
        """Take an article: its body, or all of it if it is nothing but page chrome."""
        from rensa import RMinHash

        text = answer.article.text
        body = [text[part.start : part.stop] for part in answer.paragraphs if not part.boilerplate]
        signature = RMinHash(PERMUTATIONS, 1)
        signature.update(_shingles("\n".join(body or answer.article.paragraphs)))
        self._signatures.append(signature)

    def groups(self) -> list[int]:
        """For each article the number of the first one of its group; reprints of reprints are in one group."""
        from rensa import RMinHashLSH

        index = RMinHashLSH(ALIKE, PERMUTATIONS, BANDS)
        group: list[int] = []
        members: dict[int, list[int]] = {}
        for number, signature in enumerate(self._signatures):
            alike = {group[other] for other in index.query(signature) if self._alike(signature, other)}
            first = min(alike, default=number)
            joined = [member for one in sorted(alike) for member in members.pop(one)] + [number]
            group.append(first)
            for member in joined:
                group[member] = first
            members[first] = joined
            index.insert(number, signature)
        return group

    def _alike(self, signature: Any, other: int) -> bool:
        return bool(signature.jaccard(self._signatures[other]) >= ALIKE)


def _shingles(text: str) -> Sequence[str]:
    """A shingle begins at every word; the last ones are shorter, so that short texts have shingles as well."""
    words = [spelling(form) for form in TOKEN.findall(text)]
    return [" ".join(words[place : place + SHINGLE]) for place in range(len(words))] or [text]
