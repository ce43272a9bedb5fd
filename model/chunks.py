"""Chunks: runs of characters that tokens are made of, remembered with the lemma ids of their tokens.

No token reaches beyond its chunk, and nearly every chunk is one token («G20» holds two). All chunks of a batch are cut, hashed
and looked up at once; only those met for the first time become strings.
"""

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress
from threading import Lock

import numpy as np
import numpy.typing as npt

from tagger.lemmas import lemma_of
from tagger.table import ABSENT, Keys, Table, Values
from tagger.tokens import INVISIBLE, TOKEN
from tagger.vocabulary import Ints

MEMORY = 1_500_000
"""So many chunks are remembered in a process, at most 50 MB of them; then only tokens of known lemmas are."""

Learned = list[tuple[Keys, Values]]

_BASE = 0xD6E8FEB86659FD93
_LENGTH = np.uint64(0xA0761D6478BD642F)
_CAPITALS, _CASE = np.uint32(ord("А")), np.uint32(ord("а") - ord("А"))
_BETWEEN, _POINT, _LETTER, _DIGIT = range(4)


class ChunkTable:
    """The lemma ids of chunks, filled as chunks are met. Safe to use from several threads.

    A chunk is known by a 64-bit hash of its characters: among a million of them two are confused with a probability of 1e-7.
    The code of a chunk of one token is the token's lemma id, −1 for unknown ones; any other code is −2 − the row of the
    chunk in the list of those with no token or several.

    Args:
        ids: lemma → id.
        lemmatize: surface form → lemma; asked once for a form in whatever case, as long as it is remembered.

    Attributes:
        learned: the tokens first met in the last call of `lemma_ids`, as hashes and lemma ids; what `learn` takes.
    """

    def __init__(self, ids: Mapping[str, int], lemmatize: Callable[[str], str] = lemma_of) -> None:
        self._lemma_ids, self._lemmatize = ids, lemmatize
        self._lock = Lock()
        self._codes = Table()
        self._parts = array("i")
        self._stops = array("q", [0])
        self.learned: Learned = []

    def __len__(self) -> int:
        return len(self._codes)

    def __reduce__(self) -> tuple[type["ChunkTable"], tuple[Mapping[str, int], Callable[[str], str]]]:
        """A copy, and what another process gets, begins without memory."""
        return ChunkTable, (self._lemma_ids, self._lemmatize)

    def lemma_ids(self, paragraphs: Sequence[str]) -> tuple[Ints, Ints]:
        """The lemma id of every token, −1 for unknown ones, and where each paragraph starts.

        Returns:
            ids: shape (n_tokens,).
            starts: shape (n_paragraphs + 1,).
        """
        text = "\n".join(paragraphs)
        begins, stops, hashes = _chunks(text)
        with self._lock:
            if len(self._codes) > MEMORY:
                self._forget()
            self.learned = []
            codes = self._known(text, begins, stops, hashes).astype(np.int64)
            parts, ends = np.array(self._parts, np.int64), np.array(self._stops, np.int64)
        others = np.flatnonzero(codes < -1)
        rows = -2 - codes[others]
        count = np.ones(len(codes), np.int64)
        count[others] = ends[rows + 1] - ends[rows]
        starts = np.concatenate([[0], np.cumsum(count)])
        ids = np.repeat(codes, count)
        ids[_ranges(starts[others], count[others])] = parts[_ranges(ends[rows], count[others])]
        places = np.cumsum([0, *(len(paragraph) + 1 for paragraph in paragraphs)])
        return ids, starts[np.searchsorted(begins, places)]

    def learn(self, learned: Learned) -> None:
        """Enter tokens that another process has met, so that nobody lemmatises them again."""
        with self._lock:
            for hashes, ids in learned:
                new = self._codes.find(hashes) == ABSENT
                self._codes.add(hashes[new], ids[new])

    def _known(self, text: str, begins: Ints, stops: Ints, hashes: Keys) -> Values:
        """The codes of the chunks of ``text``; new ones are entered."""
        codes = self._codes.find(hashes)
        missing = np.flatnonzero(codes == ABSENT)
        if len(missing):
            _, first = np.unique(hashes[missing], return_index=True)
            new = missing[np.sort(first)]
            spans = zip(begins[new].tolist(), stops[new].tolist(), strict=True)
            self._enter([text[begin:stop] for begin, stop in spans], hashes[new])
            codes[missing] = self._codes.find(hashes[missing])
        return codes

    def _enter(self, chunks: list[str], hashes: Keys) -> None:
        """Enter distinct chunks: first those that are tokens, then the others, whose tokens are chunks too.

        Codes are entered when all is known, so that an interruption leaves nothing half done.
        """
        token = np.array([TOKEN.fullmatch(chunk) is not None for chunk in chunks])
        ids = [self._lemma_ids.get(self._lemmatize(chunk), -1) for chunk in compress(chunks, token)]
        self.learned.append((hashes[token], np.array(ids, np.int32)))
        self._codes.add(*self.learned[-1])
        others = [TOKEN.findall(chunk) for chunk in compress(chunks, ~token)]
        if others:
            parts = "\n".join(chain.from_iterable(others))
            known = iter(self._known(parts, *_chunks(parts)).tolist())
            codes = [self._code([next(known) for _ in found]) for found in others]
            self._codes.add(hashes[~token], np.array(codes, np.int32))

    def _code(self, ids: list[int]) -> int:
        if len(ids) == 1:
            return ids[0]
        # An interruption may have left parts without a stop.
        del self._parts[self._stops[-1] :]
        self._parts.extend(ids)
        self._stops.append(len(self._parts))
        return -len(self._stops)

    def _forget(self) -> None:
        """Forget all chunks but the tokens of known lemmas, whose number is bounded."""
        hashes, codes = self._codes.items()
        known = codes >= 0
        self._codes = Table()
        self._codes.add(hashes[known], codes[known])
        self._parts, self._stops = array("i"), array("q", [0])


def _chunks(text: str) -> tuple[Ints, Ints, Keys]:
    """Where the chunks of ``text`` begin and stop, and their hashes. Shapes (n_chunks,).

    The hash of a chunk is the polynomial of its characters (and of its length) modulo 2^64: a difference of two running
    sums, brought to a common place by the inverse of the base [1]_. А to Я count as а to я, which spell the same.

    .. [1] Karp, Rabin (1987), Efficient randomized pattern-matching algorithms.
    """
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS.take(letters, mode="clip")
    solid = kinds >= _LETTER
    points = np.flatnonzero(kinds == _POINT)
    solid[points] = (kinds[points - 1] == _DIGIT) & (kinds[(points + 1) % len(kinds)] == _DIGIT)
    edges = np.flatnonzero(np.diff(solid, prepend=False, append=False))
    begins, stops = edges[::2], edges[1::2]
    powers, inverses = _powers(len(letters).bit_length())
    small = letters + _CASE * (letters - _CAPITALS < _CASE)
    sums = small * powers[: len(letters)]
    np.cumsum(sums, out=sums)
    before = sums[begins - 1] * (begins > 0)  # nothing stands before the text's first character
    hashes = (sums[stops - 1] - before) * inverses[begins] + (stops - begins).astype(np.uint64) * _LENGTH
    return begins, stops, np.maximum(hashes, 1)


def _character_kinds() -> npt.NDArray[np.uint8]:
    """What each character may be to a token. Beyond the alphabets it may be anything, for which the last kind stands."""
    letters = "".join(map(chr, range(0x3000)))
    kinds = np.full(len(letters) + 1, _BETWEEN, np.uint8)
    for pattern, kind in (
        (TOKEN, _LETTER),
        (INVISIBLE, _LETTER),
        (re.compile(r"\d"), _DIGIT),
        (re.compile("[.,]"), _POINT),
    ):
        for found in pattern.finditer(letters):
            kinds[found.start() : found.end()] = kind
    kinds[-1] = _DIGIT
    return kinds


_KINDS = _character_kinds()


@lru_cache(maxsize=2)
def _powers(bits: int) -> tuple[Keys, Keys]:
    """Powers of `_BASE` and of its inverse modulo 2^64, shapes (2^bits,)."""
    powers, inverses = (np.full(1 << bits, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64)))
    return np.cumprod(powers, dtype=np.uint64), np.cumprod(inverses, dtype=np.uint64)


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers ``starts[i] … starts[i] + counts[i] - 1`` of all ``i``, one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())
