"""Stopping: Ctrl-C and SIGTERM end the command between two records, the second one at once."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from tagger.cli.exits import INTERRUPTED, TERMINATED

_CODES = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED}


class Stopped(KeyboardInterrupt):
    """A signal asked the command to end.

    Attributes:
        code: the exit code.
    """

    def __init__(self, code: int, message: str = "interrupted") -> None:
        super().__init__(message)
        self.code = code


class _Hold:
    """Whether a signal has to wait, and the code of the one that waits."""

    active = False
    code: int | None = None


def watch_signals() -> None:
    """Turn Ctrl-C and SIGTERM into `Stopped`, unless the caller (nohup, a shell's background job) had them ignored."""
    for number in _CODES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


@contextmanager
def whole() -> Iterator[None]:
    """What happens inside, the writing of a record, is finished before a signal ends the command."""
    _Hold.active = True
    try:
        yield
    finally:
        _Hold.active = False
    if _Hold.code is not None:
        raise Stopped(_Hold.code)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape of a handler
    for other in _CODES:
        signal.signal(other, _end_at_once)
    if _Hold.active:
        _Hold.code = _CODES[signal.Signals(number)]
    else:
        raise Stopped(_CODES[signal.Signals(number)])


def _end_at_once(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    os._exit(_CODES[signal.Signals(number)])
