"""Resuming: answers are kept beside the output until all are there, so that a run that was stopped goes on where it was.

What is kept is a text file, ``OUTPUT.unfinished``. Its first line says how the answers were made; each further line holds
an answer in the order of the inputs: ``CRC32 SHA256 STATE RECORD``. The SHA-256 is that of the input with its id, the CRC-32
that of the rest of the line, STATE ``+`` or ``-`` for a failure, RECORD the line of JSON for the output. A line that a kill or
a power cut left torn, and whatever comes after a line whose input is no longer the next one, is cut off and made anew.
"""

import json
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import chain
from typing import IO

import click

from tagger._version import __version__
from tagger.artifact import model_digest
from tagger.cli.answering import opened
from tagger.cli.inputs import Failure, Input
from tagger.cli.json_lines import Unread
from tagger.cli.outputs.json_text import KeptLines, Line, json_line
from tagger.cli.outputs.wanted import Wanted
from tagger.cli.printing import path_name
from tagger.cli.stopping import Stopped
from tagger.files import kept_until_done
from tagger.lemmas import dictionary_version
from tagger.tagging import Tagger
from tagger.verification import manifest_of

_FAILED, _ANSWERED = b"-", b"+"


@contextmanager
def resuming(wanted: Wanted, tagger: Tagger) -> Iterator["Unfinished"]:
    """The kept answers, which become the output when the block ends well, and stay for another run otherwise.

    Raises:
        click.UsageError: the answers there were made in another way.
        EnvironmentFault: the file cannot be written, or another process is writing it.
    """
    settings = _settings(wanted, tagger)
    try:
        with kept_until_done(wanted.unfinished) as stream:
            stream.seek(0)
            first = stream.readline()
            if first.endswith(b"\n") and first != settings:
                name = path_name(str(wanted.unfinished))
                raise click.UsageError(f"{name} was begun with another model or other options; use those, or delete it")
            if first != settings:
                stream.truncate(0)
                stream.write(settings)
            kept = Unfinished(stream, len(settings), wanted)
            yield kept
            with opened(wanted, KeptLines) as lines:
                for record in kept.records():
                    lines.add(record)
                lines.close()
    except Stopped as stop:
        raise Stopped(stop.code, f"{stop}; go on with the same command") from None


class Unfinished:
    """The kept answers: a `Writer` that takes up where the file ends.

    Args:
        stream: the file, to read and to append to.
        start: where the answers begin in it.
        wanted: how records are written.

    Attributes:
        failures: how many answers are failures, of this and of earlier runs.
    """

    def __init__(self, stream: IO[bytes], start: int, wanted: Wanted) -> None:
        self._stream, self._start, self._wanted = stream, start, wanted
        self._keys: deque[bytes] = deque()
        self.failures = 0

    def pending(self, inputs: Iterable[Input]) -> Iterator[Input]:
        """The inputs that have no answer yet; those that have are only compared with it."""
        inputs = iter(inputs)
        for item in chain(self._first_pending(inputs), inputs):
            self._keys.append(_key(item))
            yield item

    def add(self, item: Line | Failure) -> None:
        """Keep an answer to the next of the `pending` inputs."""
        record = json_line(item, self._wanted.level, self._wanted.explain)
        failed = isinstance(item, Failure)
        self.failures += failed
        state = _FAILED if failed else _ANSWERED
        rest = b"%s %s %s" % (self._keys.popleft(), state, record)
        self._stream.write(b"%08x %s" % (zlib.crc32(rest), rest))
        self._stream.flush()

    def close(self) -> None:
        """Nothing comes after the last."""

    def records(self) -> Iterator[bytes]:
        """The lines for the output."""
        self._stream.seek(self._start)
        for line in self._stream:
            yield line.split(b" ", 3)[3]

    def _first_pending(self, inputs: Iterator[Input]) -> Iterator[Input]:
        """Read past the answers, end the file after them, and give the first input that has none, if there is one."""
        place = self._start
        self._stream.seek(place)
        for item in inputs:
            line = self._stream.readline()
            if not _answers(line, item):
                self._stream.truncate(place)
                yield item
                return
            place += len(line)
            self.failures += line.split(b" ", 3)[2] == _FAILED
        self._stream.truncate(place)


def _key(item: Input) -> bytes:
    """Digest of all that is known of an input, in hexadecimal."""
    if isinstance(item, Unread):
        return sha256(f"{item.where}\n".encode() + item.line).hexdigest().encode()
    return sha256(repr(item).encode("utf-8", "surrogatepass")).hexdigest().encode()


def _answers(line: bytes, item: Input) -> bool:
    """Whether ``line`` is whole and answers ``item``."""
    crc, _, rest = line.partition(b" ")
    return rest.endswith(b"\n") and crc == b"%08x" % zlib.crc32(rest) and rest.startswith(_key(item) + b" ")


def _settings(wanted: Wanted, tagger: Tagger) -> bytes:
    """The first line of the file: all that an answer depends on besides its input."""
    digest = model_digest(manifest_of(tagger.folder)) if tagger.folder else ""
    versions = {"tagger": __version__, "model": tagger.version, "digest": digest, "dictionary": dictionary_version()}
    line = json.dumps({**versions, "level": wanted.level, "explain": wanted.explain}, ensure_ascii=False)
    return f"{line}\n".encode()
