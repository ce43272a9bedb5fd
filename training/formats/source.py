"""Sources: what is read, a file or a folder."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tagger.reading import decode


@dataclass(frozen=True)
class Source:
    """A file or folder; a file is read and decoded once, though its format is told before its records are read."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def name(self) -> str:
        """The name without its ending."""
        return self.path.stem

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.path.read_bytes()

    @cached_property
    def text(self) -> str:
        """The text of the file.

        Raises:
            DecodingError: it is none.
        """
        return decode(self.data).text.removeprefix("\ufeff")
