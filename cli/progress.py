"""Progress: bars on standard error, of steps, of items, or of bytes read with the rate; nothing where that is no terminal."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from tagger.cli.inputs import Failure
from tagger.cli.outputs.writer import Answer
from tagger.cli.translation import heading

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

DELAY = 2.0
"""Seconds before a bar appears; what takes less needs none."""
EVERY = 0.2


def progress_bar(
    label: str, items: Iterable[Any] | None = None, length: int | None = None, told: Callable[[Any], str] | None = None
) -> "ProgressBar[Any]":
    """A bar of click, of which nothing is seen where standard error is no terminal.

    Args:
        label: what is going on.
        items: what it counts as they are taken from it; without them its ``update`` is called.
        length: of the whole; not needed for items that know how many they are.
        told: what to show of the current item, None before the first.
    """
    # Off a terminal click still prints the label; its `hidden` is younger than the oldest click that is allowed.
    stream = sys.stderr if _on_terminal() else io.StringIO()
    return click.progressbar(items, length, heading(label), item_show_func=told, file=stream)


@contextmanager
def step_bar(label: str, steps: int) -> Iterator[Callable[[str], None]]:
    """A bar of so many steps, moved on by calling what it gives with the name of each."""
    with progress_bar(label, length=steps, told=lambda step: heading(step or "")) as bar:
        yield partial(bar.update, 1)


class Meter:
    """Counts what is read, and shows it while answers pass by.

    Args:
        paths: the files; the time left is not known if one of them is standard input.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        paths = tuple(paths)
        self._total = None if "-" in paths else sum(Path(path).stat().st_size for path in paths)
        self._read = 0
        self._bar: Any = None

    def open(self, path: str) -> io.FileIO:
        """A file whose bytes are counted as they are read."""
        return _Counted(path, self)

    def count(self, size: int) -> None:
        """Bytes were read."""
        self._read += size

    @contextmanager
    def watching(self, answers: Iterable[Answer]) -> Iterator[Iterable[Answer]]:
        """The answers; while they are taken a bar moves on standard error, if that is a terminal."""
        try:
            yield self._moving(answers) if _on_terminal() else answers
        finally:
            if self._bar:
                self._bar.finish()
                self._bar.render_finish()  # a new line, and the cursor comes back

    def _moving(self, answers: Iterable[Answer]) -> Iterator[Answer]:
        begin = shown = monotonic()
        for number, answer in enumerate(answers, 1):
            now = monotonic()
            if now - begin > DELAY and now - shown > EVERY:
                self._bar, shown = self._bar or self._new_bar(), now
                self._bar.update(self._read - self._bar.pos, (number, now - begin))
            if self._bar and (isinstance(answer, Failure) or answer.warnings):
                click.echo("\r\x1b[K", err=True, nl=False)  # a message is about to take the line
            yield answer

    def _new_bar(self) -> Any:
        endless = count() if self._total is None else None
        return click.progressbar(
            endless, self._total, heading("tagging"), show_pos=False, item_show_func=_shown, file=sys.stderr, width=24
        )


class _Counted(io.FileIO):
    def __init__(self, path: str, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: Any) -> int | None:
        size = super().readinto(buffer)
        self._meter.count(size or 0)
        return size


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _shown(state: tuple[int, float] | None) -> str:
    number, seconds = state or (0, 1.0)
    return heading(f"{number:,} texts, {number / seconds:,.0f} a second")
