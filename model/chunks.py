"""Chunks: what stands between white space, «соглашение», say, remembered with the lemma ids of its tokens.

A token never spans white space, so a text is the sequence of its chunks; splitting at white space and one dictionary access
a chunk replace a regular expression and a look-up a token. Chunks repeat nearly as often as words do.
"""

from array import array
from collections.abc import Iterable
from threading import Lock

import numpy as np

from tagger.lemmas import FormTable
from tagger.tokens import TOKEN
from tagger.vocabulary import Ints

MEMORY = 50_000_000
"""About as many bytes of chunks are remembered in a process; a stream with more starts the memory anew."""
_ENTRY = 100


class ChunkTable(dict[str, int]):
    """Chunk → its row in the table of lemma ids, filled as chunks are met. Safe to use from several threads.

    Args:
        forms: lemma ids of surface forms.
    """

    def __init__(self, forms: FormTable) -> None:
        super().__init__()
        self._forms = forms
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self._ids = array("q")
        self._stops = array("q", [0])
        self._bytes = 0

    def __missing__(self, chunk: str) -> int:
        row = self[chunk] = len(self)
        self._ids.extend(map(self._forms.__getitem__, TOKEN.findall(chunk)))
        self._stops.append(len(self._ids))
        self._bytes += 2 * len(chunk) + _ENTRY
        return row

    def lemma_ids(self, paragraphs: Iterable[str]) -> tuple[Ints, Ints]:
        """The lemma id of every token, −1 for unknown ones, and where each paragraph starts.

        Returns:
            ids: shape (n_tokens,).
            starts: shape (n_paragraphs + 1,).
        """
        rows: list[int] = []
        ends = [0]
        with self._lock:
            if self._bytes > MEMORY:
                self._forget()
            look_up = self.__getitem__
            for paragraph in paragraphs:
                rows.extend(map(look_up, paragraph.split()))
                ends.append(len(rows))
            known, stops = np.array(self._ids, np.int64), np.array(self._stops, np.int64)
        row = np.array(rows, np.int64)
        first, count = stops[row], stops[row + 1] - stops[row]
        starts = np.concatenate([[0], np.cumsum(count)])
        return known[np.repeat(first - starts[:-1], count) + np.arange(starts[-1])], starts[ends]
