"""Partitions: one file for every so many items, each of which appears when it is whole."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Generic, TextIO, TypeVar

from tagger.cli.outputs.writer import Writer
from tagger.files import check_writable, replacing

Item = TypeVar("Item", contravariant=True)


@contextmanager
def text_file(path: Path) -> Iterator[TextIO]:
    """A stream that becomes the file ``path`` when the block ends well; the bytes are in its ``buffer``."""
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
        yield text
        text.detach()


class Partitions(Generic[Item]):
    """Writes items to ``part-00000``, ``part-00001`` and so on of a folder, each a whole file of its format.

    Args:
        folder: made if it is not there.
        ending: of the files' names.
        size: items a file.
        make: the writer of a file.
    """

    def __init__(self, folder: Path, ending: str, size: int, make: Callable[[TextIO], Writer[Item]]) -> None:
        self._folder, self._ending, self._size, self._make = folder, ending, size, make
        self._count = 0
        self._file = ExitStack()

    def __enter__(self) -> "Partitions[Item]":
        check_writable(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The last file appears, unless an error came."""
        self._file.__exit__(kind, error, trace)

    def add(self, item: Item) -> None:
        """Write one item, to a new file if the last is full."""
        if self._count % self._size == 0:
            self._begin(self._count // self._size)
        self._writer.add(item)
        self._count += 1

    def close(self) -> None:
        """Write what comes after the last item of the last file."""
        if self._count:
            self._writer.close()

    def _begin(self, number: int) -> None:
        self.close()
        self._file.close()
        path = self._folder / f"part-{number:05}.{self._ending}"
        self._writer = self._make(self._file.enter_context(text_file(path)))
