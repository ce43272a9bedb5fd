"""Walking: files, folders and patterns of names to the files they mean."""

import glob
import os
from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath

import click

from tagger.cli.printing import path_name
from tagger.errors import EnvironmentFault


def files_of(path: str) -> Iterator[str]:
    """The files that ``path`` means: itself, those in a folder in sorted order, those that match a pattern.

    Raises:
        click.UsageError: there are none.
        EnvironmentFault: a folder may not be read.
    """
    if Path(path).is_dir():
        found = _in_folder(path)
        if not found:
            raise click.UsageError(f"{path_name(path)}: is a folder without files; name one that has some")
        yield from found
    elif not os.path.lexists(path) and glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        if not matches:
            raise click.UsageError(f"{path_name(path)}: no file matches")
        for match in matches:
            yield from files_of(match) if Path(match).is_dir() else (match,)
    else:
        yield path


def is_article(name: str, names: Container[str]) -> bool:
    """Whether a file in a folder or archive is one to read: not hidden, nor a picture or script of a page saved beside it.

    Args:
        name: its path in the folder or archive, with forward slashes.
        names: all of them.
    """
    parts = PurePosixPath(name).parts
    if any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts):
        return False
    for place, part in enumerate(parts[:-1]):
        page = "/".join((*parts[:place], part.removesuffix("_files").removesuffix(".files")))
        if part.endswith(("_files", ".files")) and (f"{page}.html" in names or f"{page}.htm" in names):
            return False
    return True


def _in_folder(folder: str) -> list[str]:
    # No links to folders are followed, so that the walk ends, and no pipes or devices are opened.
    def inside(path: Path) -> str:
        return path.relative_to(folder).as_posix()

    def refuse(closed: str) -> None:
        if is_article(inside(Path(closed)), ()):
            raise EnvironmentFault(f"{path_name(closed)}: may not be read; change its permissions or leave it out")

    inner: dict[str, str] = {}
    for parent, _, names in os.walk(folder, onerror=lambda error: refuse(error.filename)):
        if not os.access(parent, os.X_OK):
            refuse(parent)
            continue
        paths = (Path(parent, name) for name in names)
        inner |= {inside(path): str(path) for path in paths if path.is_file()}
    return [inner[name] for name in sorted(inner) if is_article(name, inner)]
