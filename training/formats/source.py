"""Sources: what is read, a file or a folder."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tagger.reading import decode


@dataclass(frozen=True)
class Source:
    """A file or folder; a file is read and decoded once, though its format is told before its records are read.

    Attributes:
        path: where it is.
        encoding: of its texts; None finds it out.
        warnings: what was guessed or repaired in the texts that were decoded so far.
    """

    path: Path
    encoding: str | None = None
    warnings: list[str] = field(default_factory=list, compare=False)

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
        return self.decoded(self.data)

    def decoded(self, data: bytes) -> str:
        """The text of a file; what is guessed on the way is noted in ``warnings``.

        Raises:
            DecodingError: it is none.
        """
        found = decode(data, self.encoding)
        self.warnings.extend(found.warnings)
        return found.text.removeprefix("\ufeff")
