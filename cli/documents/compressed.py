"""Compressed files: gzip, zstd and ZIP, unpacked in memory only, and no further than sense goes."""

import gzip
import io
import os
import sys
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from tagger.cli.documents.guarding import missing, reading
from tagger.errors import InputError

RATIO = 200
"""Text packs to a third or a tenth of its size, at most a fiftieth; what unpacks to more than this is a bomb."""
WINDOW_LOG = 27
"""A zstd file may ask for as many bytes of memory as 2 to this power, what zstd itself allows."""


class Allowance:
    """How many bytes may still come out of a compressed file, all that it holds taken together.

    Args:
        size: bytes of the compressed file.
        max_bytes: allowed on top, so that small files do not count as bombs.
    """

    def __init__(self, size: int, max_bytes: int) -> None:
        self._left = RATIO * size + max_bytes

    def take(self, count: int) -> None:
        """Count bytes that came out; raises `InputError` for a bomb."""
        self._left -= count
        if self._left < 0:
            raise InputError(
                f"unpacks to over {RATIO} times its size, as a decompression bomb does; not read to its end"
            )


class _Unpacked(io.RawIOBase):
    """What a decompressor gives, counted."""

    def __init__(self, stream: Any, allowance: Allowance, what: str) -> None:
        self._stream, self._allowance, self._what = stream, allowance, what

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with reading(self._what):
            data = self._stream.read(len(buffer))
        self._allowance.take(len(data))
        buffer[: len(data)] = data
        return len(data)


def size_of(stream: IO[bytes]) -> int:
    """Bytes of a stream that one can move about in; it is left at its beginning."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def unzip_gzip(stream: IO[bytes], allowance: Allowance) -> io.BufferedReader:
    """What a .gz holds, as it is read."""
    return io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=stream), allowance, "gzip"), 1 << 16)


def unzip_zstd(stream: IO[bytes], allowance: Allowance) -> io.BufferedReader:
    """What a .zst holds, as it is read; raises `InputError` if the library is missing."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd  # python-zstandard takes a truncated file for a whole one
    except ImportError as error:
        raise missing(error, "a zstd file", "zstd") from error
    bounds = {int(zstd.DecompressionParameter.window_log_max): WINDOW_LOG}
    packed = zstd.ZstdFile(stream, options=bounds)
    return io.BufferedReader(_Unpacked(packed, allowance, "zstd"), 1 << 16)


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """A ZIP archive; raises `InputError` if it is none."""
    with reading("a ZIP archive (or .docx, .xlsx)"):
        return zipfile.ZipFile(stream)


def unpacked_size(archive: zipfile.ZipFile) -> int:
    """Bytes of all that is in it; `zipfile` never gives more of a file than is declared."""
    return sum(entry.file_size for entry in archive.infolist())


def entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files in an archive by name, in the order of their names; of the same name in that of the archive.

    Nothing is written to disk, so any name will do, also one that is there twice.
    """
    named = ((_name(entry), entry) for entry in archive.infolist() if not entry.is_dir())
    yield from sorted(named, key=lambda pair: pair[0])


def open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> io.BufferedReader:
    """What an archive holds under a name, as it is read; raises `InputError` if it cannot be."""
    if entry.flag_bits & 1:
        raise InputError("is encrypted; unpack the archive with its password first")
    with reading("a ZIP archive"):
        return io.BufferedReader(_Unpacked(archive.open(entry), allowance, "a ZIP archive"), 1 << 16)


def _name(entry: zipfile.ZipInfo) -> str:
    """Its name; a Russian Windows writes cp866 without saying so, and `zipfile` takes that for cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    return entry.filename.encode("cp437", "replace").decode("cp866")
