"""The store: a folder of artifacts, one folder a version, and a pointer to the current one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import dropwhile, groupby
from pathlib import Path

from tagger.artifact import MANIFEST
from tagger.errors import ArtifactError, EnvironmentFault, NameRefusedError
from tagger.files import clear_leftovers, publish_folder, replace_file
from tagger.verification import load_model, plain_file

CURRENT = "CURRENT"
"""The file that names the current version in its first line, and in the others those that were current before, the last first:
one file, so that a version and its history change in one rename."""
REMEMBERED = 20
"""Versions that `CURRENT` names at most."""
POINTER_LIMIT = 10_000
"""Bytes of `CURRENT` that are looked at."""
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
        what = "no current model" if name is None else f"{CURRENT} names {name!r}, which is not there"
        repair = f"; repair it: tagger models gc --store {self.root}" if self.versions() else ""
        says = f"{self.root}: {what}"
        raise ArtifactError(f"{says}; {self._available()}{repair}")

    def use(self, name: str) -> None:
        """Make ``name`` the current version.

        Raises:
            ArtifactError: there is no such version.
            EnvironmentFault: the store cannot be written.
        """
        self.folder(name)
        self._point_to([name, *self._history()])

    def rollback(self) -> str:
        """Make the version that was current before the current one again; gives its name.

        Doing it again goes one further back. A version that is there no more is passed over.

        Raises:
            ArtifactError: no version was current before.
            EnvironmentFault: the store cannot be written.
        """
        current = self._pointer()
        before = list(dropwhile(lambda name: name == current, self._history()))
        if not before:
            raise ArtifactError(f"{self.root}: no version was current before; choose one: tagger models use NAME")
        self._point_to(before)
        return before[0]

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
        lines = self._lines()
        return lines[0] if lines else None

    def _history(self) -> list[str]:
        """The versions that were current, the last first, without those that are there no more."""
        known = self.versions()
        return [name for name in self._lines() if name in known]

    def _lines(self) -> list[str]:
        data = plain_file(self.root / CURRENT, POINTER_LIMIT)
        if data is None:
            return []
        return [line.strip()[:100] for line in data.decode("ascii", "replace").split("\n")]

    def _point_to(self, names: list[str]) -> None:
        """Make the first of the names current; the others are its history."""
        lines = [f"{name}\n" for name, _ in groupby(names)][:REMEMBERED]
        replace_file(self.root / CURRENT, "".join(lines).encode())

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
