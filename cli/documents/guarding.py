"""Guarding: libraries that read documents of others, kept from crashing, from filling memory and from talking."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import IO

from tagger.errors import InputError


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn whatever a library raises over a damaged document into one line, and keep its own complaints off the terminal.

    Raises:
        InputError: the document is damaged.
    """
    try:
        with redirect_stderr(io.StringIO()):
            yield
    except (InputError, MemoryError):
        raise
    except Exception as error:  # libraries raise all kinds, KeyError and RecursionError too
        if isinstance(error, OSError) and error.errno:
            raise
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:150]
        raise InputError(f"binary data, detected {what}, but it is damaged ({reason}); fetch it again") from error


def missing(error: ImportError, what: str, extra: str) -> InputError:
    """What to say when the library that reads ``what`` is not there."""
    return InputError(f"{what} needs {error.name}: pip install 'event-tagger[{extra}]'")


def bounded(stream: IO[bytes], max_bytes: int) -> bytes:
    """All that is left of ``stream``.

    Raises:
        InputError: it is more than ``max_bytes``; no more than that was read.
    """
    data = stream.read(max_bytes + 1)
    check_size(len(data), max_bytes)
    return data


def check_size(size: int, max_bytes: int) -> None:
    """Raise `InputError` if ``size`` is over ``max_bytes``."""
    if size > max_bytes:
        raise InputError(f"over {max_bytes:,} bytes; split it or allow more with --max-bytes")


def seekable(stream: IO[bytes], max_bytes: int) -> IO[bytes]:
    """``stream`` itself if one can move about in it, else its bytes in memory, `bounded`."""
    return stream if stream.seekable() else io.BytesIO(bounded(stream, max_bytes))
