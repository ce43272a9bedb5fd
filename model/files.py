"""The one module that writes files, so that a crash, a full disk or a second writer never leaves half of anything.

What is new is written beside its target, flushed to the device and renamed into place; a rename is atomic on POSIX file
systems. `tests/faults` fails every call made here in turn.
"""

import errno
import fcntl
import glob
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO

from tagger.errors import EnvironmentFault

TEMPORARY = ".tmp-"
"""Beginning of the names of what is being written; left behind only by a crash."""
IDLE_SECONDS = 300
"""What nobody has written to for so long was left by a crash."""


def replace_file(target: Path, data: bytes) -> None:
    """Write ``data`` to ``target``, which holds its old content until the new one is complete.

    Raises:
        EnvironmentFault: the device or the permissions do not allow it; the old content stands, whole (or the new one,
            if only the last flush failed).
    """
    temporary = _beside(target)
    try:
        _write(temporary, data)
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _fault(target, error, len(data)) from error
    finally:
        _discard(temporary)


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """A stream whose content becomes ``target`` when the block ends well; otherwise nothing of it is left.

    What a killed process left beside ``target`` is removed.

    Raises:
        EnvironmentFault: the device or the permissions do not allow it; the old content stands.
    """
    _clear_abandoned(target)
    temporary = _beside(target)
    try:
        with temporary.open("xb") as stream:
            with suppress(OSError):  # a file system without locks
                _lock(stream)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _fault(target, error, 0) from error
    finally:
        _discard(temporary)


@contextmanager
def kept_until_done(path: Path) -> Iterator[IO[bytes]]:
    """A stream to read and to append to ``path``, which outlives a crash, and is removed when the block ends well.

    Raises:
        EnvironmentFault: the device or the permissions do not allow it, or another process has it.
    """
    try:
        with path.open("a+b") as stream:
            try:
                _lock(stream)
            except BlockingIOError as error:
                raise EnvironmentFault(f"{path} is being written by another process; wait for its end") from error
            yield stream
            path.unlink()
    except OSError as error:
        raise _fault(path, error, 0) from error


def publish_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Create the folder ``target`` with ``files`` in it, all or nothing; the last file of the mapping is written last.

    Raises:
        FileExistsError: ``target`` was published by somebody else in the meantime.
        EnvironmentFault: the device or the permissions do not allow it; nothing is left behind (or the whole folder, if
            only the last flush failed).
    """
    temporary = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        for name, data in files.items():
            _write(temporary / name, data)
        _sync_folder(temporary)
        published = _rename_to_new(temporary, target)
        if published:
            _sync_folder(target.parent)
    except OSError as error:
        raise _fault(target, error, sum(map(len, files.values()))) from error
    finally:
        _discard_folder(temporary, files)
    if not published:
        raise FileExistsError(target)


def check_writable(folder: Path) -> None:
    """Make sure that files can be written to ``folder``, creating it if need be.

    Raises:
        EnvironmentFault: they cannot.
    """
    probe = _beside(folder / "probe")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(probe, b"")
    except OSError as error:
        raise _fault(folder, error, 0) from error
    finally:
        _discard(probe)


def clear_leftovers(folder: Path) -> list[str]:
    """Remove what crashes left in ``folder``; what was touched within `IDLE_SECONDS` may still be being written.

    Returns:
        The names of what was removed.

    Raises:
        EnvironmentFault: the permissions do not allow it.
    """
    removed = []
    try:
        for entry in sorted(folder.glob(f"{TEMPORARY}*")):
            if time.time() - entry.lstat().st_mtime > IDLE_SECONDS:
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
                removed.append(entry.name)
    except OSError as error:
        raise EnvironmentFault(f"cannot remove {error.filename}: {error.strerror}; remove it by hand") from error
    return removed


def _beside(target: Path) -> Path:
    return target.parent / f"{TEMPORARY}{target.name}-{token_hex(4)}"


def _lock(stream: IO[bytes]) -> None:
    """Raises `BlockingIOError` if another process has it; a lock ends with its process, however that ends."""
    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear_abandoned(target: Path) -> None:
    """Remove the temporary files of ``target`` that nobody holds a lock on."""
    for path in target.parent.glob(f"{TEMPORARY}{glob.escape(target.name)}-{'[0-9a-f]' * 8}"):
        with suppress(OSError), path.open("rb") as stream:
            _lock(stream)
            path.unlink()


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename_to_new(temporary: Path, target: Path) -> bool:
    """False if ``target`` is there already; renaming onto a folder that is empty would succeed, so look first."""
    if os.path.lexists(target):
        return False
    try:
        os.rename(temporary, target)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
            return False
        raise
    return True


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _discard_folder(folder: Path, names: Iterable[str]) -> None:
    """Remove a folder of plain files, by calls that a full disk does not refuse."""
    for name in names:
        _discard(folder / name)
    with suppress(OSError):
        folder.rmdir()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fault(target: Path, error: OSError, size: int) -> EnvironmentFault:
    need = f" ({size:,} bytes needed)" if size else ""
    return EnvironmentFault(
        f"cannot write {target}: {error.strerror or error}{need}; free space or choose another place"
    )
