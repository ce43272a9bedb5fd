"""A table from whole numbers to whole numbers that is looked up by the thousand at once."""

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Values = npt.NDArray[np.int32]

ABSENT = np.iinfo(np.int32).min
"""What `Table.find` gives for a key that is not in the table."""

_ROOM = 3
"""At least so many slots for each key."""

_FREE = np.uint64(0)
_MIXER = np.uint64(0x9E3779B97F4A7C15)


class Table:
    """64-bit keys other than 0 → 32-bit values: open addressing with linear probing, two thirds of it free [1]_.

    .. [1] Knuth (1998), The Art of Computer Programming, volume 3, 6.4: algorithm L and multiplicative hashing.
    """

    def __init__(self) -> None:
        self._allot(8)

    def __len__(self) -> int:
        return self._count

    def _allot(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros(1 << bits, np.uint64)
        self._values = np.full(1 << bits, ABSENT, np.int32)
        self._count = 0

    def _slots(self, keys: Keys) -> npt.NDArray[np.int64]:
        return ((keys * _MIXER) >> self._shift).astype(np.int64)

    def find(self, keys: Keys) -> Values:
        """The values of ``keys``, `ABSENT` where there is none. Shapes (n,)."""
        slots = self._slots(keys)
        met = self._keys.take(slots, mode="clip")  # checks no bounds, which all slots keep
        astray = np.flatnonzero((met != keys) & (met != _FREE))
        while len(astray):
            slots[astray] = (slots[astray] + 1) % len(self._keys)
            met = self._keys.take(slots[astray], mode="clip")
            astray = astray[(met != keys[astray]) & (met != _FREE)]
        return self._values.take(slots, mode="clip")

    def add(self, keys: Keys, values: Values) -> None:
        """Enter ``keys``, each once and new to the table. Shapes (n,)."""
        if _ROOM * (self._count + len(keys)) > len(self._keys):
            filled = self.items()
            self._allot((_ROOM * (len(filled[0]) + len(keys))).bit_length())
            self.add(*filled)
        self._count += len(keys)
        slots = self._slots(keys)
        while len(keys):
            free = self._keys[slots] == _FREE
            # Of several keys that want a slot the last one gets it.
            self._keys[slots[free]] = keys[free]
            settled = self._keys[slots] == keys
            self._values[slots[settled]] = values[settled]
            keys, values, slots = keys[~settled], values[~settled], (slots[~settled] + 1) % len(self._keys)

    def items(self) -> tuple[Keys, Values]:
        """All keys and their values, in no order. Shapes (n,)."""
        filled = np.flatnonzero(self._keys)
        return self._keys[filled], self._values[filled]
