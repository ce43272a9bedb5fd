"""Chunks: what stands between white space, «соглашение», say, remembered with the lemma ids of its tokens.

A token never spans white space, so a text is the sequence of its chunks; splitting at white space and one dictionary access
a chunk replace a regular expression and a look-up a token. A token is a chunk too, so that «завод,» finds what «завод» is.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, islice
from threading import Lock

import numpy as np

from tagger.lemmas import lemma_of
from tagger.tokens import TOKEN
from tagger.vocabulary import Ints

MEMORY = 100_000_000
"""About as many bytes of chunks are remembered in a process, those of some 9,000 articles; then the later half is forgotten."""
_ENTRY = 130


class ChunkTable(dict[str, int]):
    """Chunk → code, filled as chunks are met. Safe to use from several threads.

    The code of a chunk of one token is the token's lemma id, −1 for unknown ones; any other code is −2 − the row of the
    chunk in the table of those with no token or several.

    Args:
        ids: lemma → id.
        lemmatize: surface form → lemma; asked once for a form, as long as it is remembered.
    """

    def __init__(self, ids: Mapping[str, int], lemmatize: Callable[[str], str] = lemma_of) -> None:
        super().__init__()
        self._lemma_ids, self._lemmatize = ids, lemmatize
        self._lock = Lock()
        self._parts = array("i")
        self._stops = array("q", [0])
        self._bytes = 0

    def __missing__(self, chunk: str) -> int:
        forms = TOKEN.findall(chunk)
        if forms == [chunk]:
            code = self._lemma_ids.get(self._lemmatize(chunk), -1)
        elif len(forms) == 1:
            code = self[forms[0]]
        else:
            code = self._add_row([self[form] for form in forms])
        # Entered last, so that an interruption leaves nothing half known.
        self[chunk] = code
        self._bytes += 2 * len(chunk) + _ENTRY
        return code

    def _add_row(self, ids: list[int]) -> int:
        # An interruption may have left parts without a stop.
        del self._parts[self._stops[-1] :]
        self._parts.extend(ids)
        self._stops.append(len(self._parts))
        return -len(self._stops)

    def _forget(self) -> None:
        """Forget the later half: by Zipf's law the words that are met often are met early."""
        kept = {chunk: code for chunk, code in islice(self.items(), len(self) // 2) if code >= -1}
        self.clear()
        self.update(kept)
        self._parts, self._stops = array("i"), array("q", [0])
        self._bytes = sum(map(len, kept)) * 2 + _ENTRY * len(kept)

    def lemma_ids(self, paragraphs: Iterable[str]) -> tuple[Ints, Ints]:
        """The lemma id of every token, −1 for unknown ones, and where each paragraph starts.

        Returns:
            ids: shape (n_tokens,).
            starts: shape (n_paragraphs + 1,).
        """
        pieces = [paragraph.split() for paragraph in paragraphs]
        ends = np.cumsum([0, *map(len, pieces)])
        with self._lock:
            if self._bytes > MEMORY:
                self._forget()
            codes = np.fromiter(map(self.__getitem__, chain.from_iterable(pieces)), np.int64, ends[-1])
            parts, stops = np.array(self._parts, np.int64), np.array(self._stops, np.int64)
        others = np.flatnonzero(codes < -1)
        rows = -2 - codes[others]
        count = np.ones(len(codes), np.int64)
        count[others] = stops[rows + 1] - stops[rows]
        starts = np.concatenate([[0], np.cumsum(count)])
        ids = np.repeat(codes, count)
        ids[_ranges(starts[others], count[others])] = parts[_ranges(stops[rows], count[others])]
        return ids, starts[ends]


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers ``starts[i] … starts[i] + counts[i] - 1`` of all ``i``, one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())
