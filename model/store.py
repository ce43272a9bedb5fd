"""The store: a folder of artifacts, one folder a version, and a pointer to the current one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tagger.artifact import MANIFEST
from tagger.errors import ArtifactError, EnvironmentFault, NameRefusedError
from tagger.files import clear_leftovers, publish_folder, replace_file
from tagger.verification import load_model

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
        name = None
        # Read again what leads nowhere: another process may publish a version and delete this one in the meantime.
        while (found := self._pointer()) != name:
            name = found
            if name in self.versions():
                return name
        says = f"{self.root}: no current model" if name is None else f"{self.root / CURRENT}: names {name!r}, not there"
        repair = f"; repair it: tagger models gc --store {self.root}" if self.versions() else ""
        raise ArtifactError(f"{says}; {self._available()}{repair}")

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
            EnvironmentFault: the store cannot be written; the current version is as it was.
        """
        while True:
            name = f"v{self._highest_number() + 1}"
            try:
                publish_folder(self.root / name, contents)
            except FileExistsError:
                continue  # another training took the number while this one was writing
            try:
                self.use(name)
            except EnvironmentFault as error:
                raise EnvironmentFault(
                    f"{name} is published, but not current: {error}; tagger models use {name}"
                ) from error
            return name

    def repair(self) -> list[str]:
        """Remove what crashes left, and point to the newest intact version if the pointer leads nowhere.

        Returns:
            What was done, a line each.

        Raises:
            ArtifactError: no version is intact.
            EnvironmentFault: the store cannot be written.
        """
        done = [f"removed {name}" for name in clear_leftovers(self.root)]
        if not self.versions():
            return done
        try:
            self.current()
        except ArtifactError:
            name = self._newest_intact()
            self.use(name)
            done.append(f"{name} is current")
        return done

    def _pointer(self) -> str | None:
        try:
            return (self.root / CURRENT).read_bytes()[:100].decode("ascii", "replace").strip()
        except OSError:
            return None

    def _highest_number(self) -> int:
        """Of all entries, also those that are no versions: what has the name cannot be published to."""
        names = [entry.name for entry in self.root.iterdir()] if self.root.is_dir() else []
        return max((int(match[1]) for name in names if (match := _NUMBERED.fullmatch(name))), default=0)

    def _newest_intact(self) -> str:
        numbered = [name for name in self.versions() if _NUMBERED.fullmatch(name)]
        others = [name for name in self.versions() if name not in numbered]
        for name in reversed(others + numbered):
            try:
                load_model(self.root / name, allow_dictionary_change=True)
            except ArtifactError:
                continue
            return name
        raise ArtifactError(f"{self.root}: no version is intact; fetch one or train anew")

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
