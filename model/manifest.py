"""The manifest: what an artifact says about itself, read without believing it."""

import json
from collections.abc import Mapping
from typing import Any

from tagger.artifact import CARDS, CODEBOOK, FORMAT_VERSION, LEMMAS, arrays_of, is_sealed
from tagger.codebook import LABEL
from tagger.errors import ArtifactError, IntegrityError
from tagger.selftest import SELFTEST
from tagger.strict_json import read_json

SIZE_LIMIT = 1_000_000
"""Bytes a manifest may have."""
FILE_LIMIT = 2_000_000_000
"""Bytes a file of an artifact may have."""


def read_manifest(data: bytes, where: str) -> dict[str, Any]:
    """The manifest in ``data``, every field that is used later of the right type.

    Args:
        data: content of ``manifest.json``.
        where: its path in messages.

    Raises:
        ArtifactError: not JSON, a repeated key, a missing or malformed field, a version this program does not know.
        IntegrityError: well-formed, but not as it was written.
    """
    try:
        manifest = read_json(data.decode())
        json.dumps(manifest, ensure_ascii=False).encode()  # lone surrogates would fail only when shown
    except (ValueError, RecursionError) as error:
        raise ArtifactError(f"{where}: not a valid manifest: {error}; fetch or train the artifact again") from error
    if not isinstance(manifest, dict):
        raise ArtifactError(f"{where}: not a JSON object; fetch or train the artifact again")
    _check_version(manifest.get("format_version"), where)
    _require(_labels(manifest.get("labels")), "labels", where)
    sizes = manifest.get("sizes")
    _require(isinstance(sizes, dict) and all(_natural(sizes.get(key)) for key in ("lemmas", "pairs")), "sizes", where)
    _require(isinstance(manifest.get("dictionary"), str), "dictionary", where)
    _require(isinstance(manifest.get("provenance"), dict), "provenance", where)
    files = manifest.get("files")
    _require(isinstance(files, dict) and files.keys() == files_of(manifest["format_version"]), "files", where)
    for name, entry in manifest["files"].items():
        _require(_file_entry(entry), f"files[{name!r}]", where)
    if not is_sealed(data):
        raise IntegrityError(
            f"{where}: altered, its last field is not the SHA-256 of it; fetch or train the artifact again"
        )
    return manifest


def files_of(format_version: int) -> set[str]:
    """Names of all files of an artifact but the manifest."""
    return {LEMMAS, CODEBOOK, SELFTEST, *CARDS, *(f"{name}.npy" for name in arrays_of(format_version))}


def _check_version(found: object, where: str) -> None:
    _require(_natural(found) and found != 0, "format_version", where)
    if isinstance(found, int) and found > FORMAT_VERSION:
        raise ArtifactError(
            f"{where}: format_version {found} is newer than this program reads ({FORMAT_VERSION}); upgrade event-tagger"
        )


def _require(condition: bool, field: str, where: str) -> None:
    if not condition:
        raise ArtifactError(f"{where}: field {field} is missing or malformed; fetch or train the artifact again")


def _natural(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < FILE_LIMIT


def _labels(value: object) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(label, str) and LABEL.fullmatch(label) for label in value) and len(set(value)) == len(value)


def _file_entry(entry: object) -> bool:
    if not isinstance(entry, Mapping) or not _natural(entry.get("bytes")):
        return False
    digest = entry.get("sha256")
    return isinstance(digest, str) and len(digest) == 64 and set(digest) <= set("0123456789abcdef")
