"""Verification: from an artifact's folder to a model, after checking every file against the manifest."""

import errno
import re
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from tagger.artifact import MANIFEST, model_digest, read_model
from tagger.errors import ArtifactError, EnvironmentFault, IntegrityError, NameRefusedError
from tagger.lemmas import dictionary_version
from tagger.manifest import SIZE_LIMIT, read_manifest
from tagger.model import Model
from tagger.selftest import SELFTEST, check_selftest

_NO_SUCH = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)
_EXPECTED = re.compile(r"[0-9a-f]{12,64}")


def load_model(
    folder: Path,
    *,
    allow_dictionary_change: bool = False,
    expect_digest: str | None = None,
    self_test: bool = False,
) -> Model:
    """Read the artifact in ``folder`` after checking every file against the manifest.

    Args:
        folder: the artifact.
        allow_dictionary_change: accept another revision of the dictionary than the model was trained with.
        expect_digest: the model's digest or its first 12 hexadecimal digits or more.
        self_test: also let the model answer the texts of its self-test.

    Raises:
        ArtifactError: no artifact, malformed, of a newer format, or another model than expected.
        IntegrityError: a file is missing, foreign, truncated or altered, or the self-test's answers differ.
        EnvironmentFault: the dictionary has another revision, so that lemmas would shift, or a file cannot be read.
        NameRefusedError: ``expect_digest`` cannot be a digest.
    """
    manifest, name = manifest_of(folder), folder.resolve().name  # that of "." is empty
    if expect_digest is not None:
        _check_digest(model_digest(manifest), expect_digest, folder)
    if not allow_dictionary_change and dictionary_version() != manifest["dictionary"]:
        raise EnvironmentFault(
            f"{name}: trained with dictionary revision {manifest['dictionary']!r}, installed is {dictionary_version()}; "
            "install the pymorphy3-dicts-ru of then, train anew, or pass --allow-dictionary-change"
        )
    contents = verified_files(folder, manifest)
    model = read_model(contents, manifest, name)
    if self_test:
        check_selftest(model, contents[SELFTEST])
    return model


def manifest_of(folder: Path) -> dict[str, Any]:
    """The checked manifest of the artifact in ``folder``.

    Raises:
        ArtifactError: it is missing or malformed.
        EnvironmentFault: it cannot be read.
    """
    path = folder / MANIFEST
    data = plain_file(path, SIZE_LIMIT)
    if data is None:
        raise ArtifactError(f"{path}: no manifest; {folder} is not an artifact")
    if len(data) > SIZE_LIMIT:
        raise ArtifactError(f"{path}: over {SIZE_LIMIT} bytes; {folder} is not an artifact")
    return read_manifest(data, str(path))


def verified_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Contents of all files that ``manifest`` names.

    Raises:
        IntegrityError: a file is missing, foreign, truncated or altered.
        EnvironmentFault: a file cannot be read.
    """
    try:
        foreign = {entry.name for entry in folder.iterdir()} - {MANIFEST, *manifest["files"]}
    except FileNotFoundError as error:
        raise IntegrityError(f"{folder}: was deleted while it was read; choose another model") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot read {folder}: {error.strerror}; make it readable") from error
    if foreign:
        named = ", ".join(map(repr, sorted(foreign)[:5]))
        raise IntegrityError(f"{folder}: holds what is not in the manifest: {named}; remove it")
    return {name: verified_file(folder / name, entry) for name, entry in manifest["files"].items()}


def verified_file(path: Path, entry: Mapping[str, Any]) -> bytes:
    """Content of a file, which must be as the ``bytes`` and ``sha256`` of its ``entry`` in the manifest say.

    Raises:
        IntegrityError: it is missing, no plain file, truncated or altered.
        EnvironmentFault: it cannot be read.
    """
    data = plain_file(path, entry["bytes"])
    if data is None:
        raise IntegrityError(f"{path}: missing or not a plain file; fetch or train the artifact again")
    if len(data) != entry["bytes"]:
        found = len(data) if len(data) < entry["bytes"] else path.stat().st_size
        raise IntegrityError(f"{path}: {found} bytes instead of {entry['bytes']}; fetch or train the artifact again")
    if sha256(data).hexdigest() != entry["sha256"]:
        raise IntegrityError(f"{path}: SHA-256 differs from the manifest's; fetch or train the artifact again")
    return data


def plain_file(path: Path, size: int) -> bytes | None:
    """Content of a plain file, at most ``size`` bytes and one more; None if there is none or it is a link, pipe or device."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as stream:
            return stream.read(size + 1)
    except ValueError:
        return None
    except OSError as error:
        if error.errno in _NO_SUCH:
            return None
        raise EnvironmentFault(f"cannot read {path}: {error.strerror}; make it readable") from error


def _check_digest(found: str, expected: str, folder: Path) -> None:
    if not _EXPECTED.fullmatch(expected.lower()):
        raise NameRefusedError(f"digest {expected[:80]!r}: give at least 12 of its hexadecimal digits")
    if not found.startswith(expected.lower()):
        raise ArtifactError(f"{folder}: another model than expected: its digest is {found}, not {expected}")
