"""The store: a folder of artifacts, one folder a version, and a pointer to the current one."""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from tagger.artifact import MANIFEST, read_model
from tagger.errors import ArtifactError, EnvironmentFault, IntegrityError, NameRefusedError
from tagger.files import publish_folder, replace_file
from tagger.lemmas import dictionary_version
from tagger.manifest import SIZE_LIMIT, read_manifest
from tagger.model import Model

CURRENT = "CURRENT"
"""The file that names the current version."""
VERSION = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_NUMBERED = re.compile(r"v(\d{1,9})")


@dataclass(frozen=True)
class Store:
    """Artifacts under ``root``. Versions are immutable; publishing never touches an existing one."""

    root: Path

    @classmethod
    def shipped(cls) -> "Store":
        """The store that came with the package."""
        return cls(Path(str(files("tagger.artifacts"))))

    def versions(self) -> list[str]:
        """Names of the published versions, ``v2`` before ``v10``."""
        if not self.root.is_dir():
            return []
        names = [entry.name for entry in self.root.iterdir() if (entry / MANIFEST).is_file()]
        return sorted(filter(VERSION.fullmatch, names), key=lambda name: (len(name), name))

    def current(self) -> str:
        """Name of the current version.

        Raises:
            ArtifactError: the store is empty, or its pointer is missing or leads nowhere.
        """
        try:
            name = (self.root / CURRENT).read_bytes()[:100].decode("ascii", "replace").strip()
        except OSError:
            raise ArtifactError(f"{self.root}: no current model; {self._available()}") from None
        if name not in self.versions():
            raise ArtifactError(f"{self.root / CURRENT}: names {name!r}, which is not there; {self._available()}")
        return name

    def use(self, name: str) -> None:
        """Make ``name`` the current version.

        Raises:
            ArtifactError: there is no such version.
            EnvironmentFault: the store cannot be written.
        """
        self.folder(name)
        replace_file(self.root / CURRENT, f"{name}\n".encode())

    def folder(self, name: str) -> Path:
        """Folder of a version.

        Raises:
            NameRefusedError: the name could leave the store.
            ArtifactError: there is no such version.
        """
        check_name(name)
        if name not in self.versions():
            raise ArtifactError(f"{self.root}: no model {name!r}; {self._available()}")
        return self.root / name

    def publish(self, contents: Mapping[str, bytes]) -> str:
        """Add an artifact as the next version ``v1``, ``v2``, … and make it current; gives its name.

        Raises:
            EnvironmentFault: the store cannot be written; it is as it was.
        """
        while True:
            numbers = [int(match[1]) for name in self.versions() if (match := _NUMBERED.fullmatch(name))]
            name = f"v{max(numbers, default=0) + 1}"
            try:
                publish_folder(self.root / name, contents)
            except FileExistsError:
                continue  # another training took the number while this one was writing
            self.use(name)
            return name

    def _available(self) -> str:
        names = self.versions()
        return (
            f"available: {', '.join(names)}" if names else "it is empty; train one: tagger train DATA --output FOLDER"
        )


def check_name(name: str) -> None:
    """Raises `NameRefusedError` unless ``name`` is a portable version name that cannot leave a store."""
    if not VERSION.fullmatch(name) or _RESERVED.fullmatch(name) or name.endswith("."):
        raise NameRefusedError(
            f"model name {name[:80]!r}: use lower-case letters, digits, '.', '_' and '-', such as v3"
        )


def manifest_of(folder: Path) -> dict[str, Any]:
    """The checked manifest of the artifact in ``folder``.

    Raises:
        ArtifactError: it is missing or malformed.
    """
    path = folder / MANIFEST
    if not _regular(path):
        raise ArtifactError(f"{path}: no manifest; {folder} is not an artifact")
    if path.stat().st_size > SIZE_LIMIT:
        raise ArtifactError(f"{path}: over {SIZE_LIMIT} bytes; {folder} is not an artifact")
    return read_manifest(path.read_bytes(), str(path))


def load_model(folder: Path, *, allow_dictionary_change: bool = False) -> Model:
    """Read the artifact in ``folder`` after checking every file against the manifest.

    Raises:
        ArtifactError: no artifact, malformed, or of a newer format.
        IntegrityError: a file is missing, foreign, truncated or altered.
        EnvironmentFault: the dictionary has another revision, so that lemmas would shift.
    """
    manifest = manifest_of(folder)
    if not allow_dictionary_change and dictionary_version() != manifest["dictionary"]:
        raise EnvironmentFault(
            f"{folder.name}: trained with dictionary revision {manifest['dictionary']}, installed is {dictionary_version()}; "
            "install the pymorphy3-dicts-ru of then, train anew, or pass --allow-dictionary-change"
        )
    contents = _verified_files(folder, manifest)
    return read_model(contents, manifest, folder.name)


def _verified_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    foreign = {entry.name for entry in folder.iterdir()} - {MANIFEST, *manifest["files"]}
    if foreign:
        raise IntegrityError(f"{folder}: holds what is not in the manifest: {', '.join(sorted(foreign))}; remove it")
    contents = {}
    for name, entry in manifest["files"].items():
        path = folder / name
        if not _regular(path):
            raise IntegrityError(f"{path}: missing or not a plain file; fetch or train the artifact again")
        found = path.stat().st_size
        if found != entry["bytes"]:
            raise IntegrityError(
                f"{path}: {found} bytes instead of {entry['bytes']}; fetch or train the artifact again"
            )
        contents[name] = path.read_bytes()
        if sha256(contents[name]).hexdigest() != entry["sha256"]:
            raise IntegrityError(f"{path}: SHA-256 differs from the manifest's; fetch or train the artifact again")
    return contents


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
