"""The one module that writes files, so that a crash, a full disk or a second writer never leaves half of anything.

What is new is written beside its target, flushed to the device and renamed into place; a rename is atomic on POSIX file
systems. `tests/faults` fails every call made here in turn.
"""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from tagger.errors import EnvironmentFault

TEMPORARY = ".tmp-"
"""Beginning of the names of what is being written; left behind only by a crash."""


def replace_file(target: Path, data: bytes) -> None:
    """Write ``data`` to ``target``, which holds its old content until the new one is complete.

    Raises:
        EnvironmentFault: the device or the permissions do not allow it; the old content stands.
    """
    temporary = _beside(target)
    try:
        _write(temporary, data)
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _fault(target, error, len(data)) from error


def publish_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Create the folder ``target`` with ``files`` in it, all or nothing; the last file of the mapping is written last.

    Raises:
        FileExistsError: ``target`` was published by somebody else in the meantime.
        EnvironmentFault: the device or the permissions do not allow it; nothing is left behind.
    """
    temporary = _beside(target)
    try:
        temporary.mkdir(parents=True)
        for name, data in files.items():
            _write(temporary / name, data)
        _sync_folder(temporary)
        if target.exists():
            raise FileExistsError(target)
        os.rename(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        # Renaming onto a folder that is not empty fails with ENOTEMPTY: another training was faster.
        if isinstance(error, FileExistsError) or target.exists():
            raise FileExistsError(target) from error
        raise _fault(target, error, sum(map(len, files.values()))) from error


def check_writable(folder: Path) -> None:
    """Make sure that files can be written to ``folder``, creating it if need be.

    Raises:
        EnvironmentFault: they cannot.
    """
    probe = _beside(folder / "probe")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(probe, b"")
        probe.unlink()
    except OSError as error:
        raise _fault(folder, error, 0) from error


def _beside(target: Path) -> Path:
    return target.parent / f"{TEMPORARY}{target.name}-{secrets.token_hex(4)}"


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


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
