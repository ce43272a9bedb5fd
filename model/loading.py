"""Loading: from a version's name or an artifact's folder to a `Tagger`."""

import os
from pathlib import Path

from tagger.artifact import LEMMAS, MANIFEST
from tagger.errors import ArtifactError, EnvironmentFault
from tagger.store import Store
from tagger.tagging import Tagger
from tagger.verification import load_model

STORE_VARIABLE = "TAGGER_STORE"
"""Environment variable that names a store to use instead of the shipped one."""


def default_store() -> Store:
    """The store in `STORE_VARIABLE`, else the one that came with the package.

    Raises:
        EnvironmentFault: the variable names no folder.
    """
    root = os.environ.get(STORE_VARIABLE)
    if not root:
        return Store.shipped()
    if not _is_folder(Path(root)):
        raise EnvironmentFault(f"{STORE_VARIABLE} names {root!r}, which is no folder; name a store, or unset it")
    return Store(Path(root))


def load(
    model: str | Path | None = None, *, allow_dictionary_change: bool = False, expect_digest: str | None = None
) -> Tagger:
    """Load a trained model.

    Args:
        model: None for the current version of the default store; a version's name such as ``"v3"``; the folder of an
            artifact; or the folder of a store, whose current version is taken.
        allow_dictionary_change: accept another revision of the pymorphy3 dictionary than the model was trained with.
        expect_digest: refuse any model but that of this digest, as ``tagger models show`` prints it (or its first 12
            digits or more).

    Raises:
        ArtifactError: there is no such model, or it is malformed, of a newer format or another than expected.
        IntegrityError: a file of it is not what its manifest says.
        EnvironmentFault: the dictionary is missing or of another revision, or `STORE_VARIABLE` names no folder.
        NameRefusedError: ``model`` or ``expect_digest`` cannot be a name or a digest.
    """
    while True:
        folder = artifact_folder(model)
        try:
            found = load_model(folder, allow_dictionary_change=allow_dictionary_change, expect_digest=expect_digest)
            return Tagger(found, folder.resolve())
        except ArtifactError:
            # A version may be deleted while it is read; if another one is current by now, that is the one meant.
            if artifact_folder(model) == folder:
                raise


def artifact_folder(model: str | Path | None = None) -> Path:
    """The folder that ``model`` means, as for `load`."""
    if model is None:
        store = default_store()
        return store.root / store.current()
    path = Path(model)
    if isinstance(model, str) and os.sep not in model and not _is_folder(path):
        return default_store().folder(model)
    if not _is_folder(path) or any((path / name).exists() for name in (MANIFEST, LEMMAS)):
        return path
    store = Store(path)
    return store.root / store.current()


def _is_folder(path: Path) -> bool:
    """False also for what can be no path at all: too long, with a NUL."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
