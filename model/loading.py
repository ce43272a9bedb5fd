"""Loading: from a version's name or an artifact's folder to a `Tagger`."""

import os
from pathlib import Path

from tagger.artifact import MANIFEST
from tagger.store import Store, load_model
from tagger.tagging import Tagger

STORE_VARIABLE = "TAGGER_STORE"
"""Environment variable that names a store to use instead of the shipped one."""


def default_store() -> Store:
    """The store in `STORE_VARIABLE`, else the one that came with the package."""
    root = os.environ.get(STORE_VARIABLE)
    return Store(Path(root)) if root else Store.shipped()


def load(model: str | Path | None = None, *, allow_dictionary_change: bool = False) -> Tagger:
    """Load a trained model.

    Args:
        model: None for the current version of the default store; a version's name such as ``"v3"``; the folder of an
            artifact; or the folder of a store, whose current version is taken.
        allow_dictionary_change: accept another revision of the pymorphy3 dictionary than the model was trained with.

    Raises:
        ArtifactError: there is no such model, or it is malformed or of a newer format.
        IntegrityError: a file of it is not what its manifest says.
        EnvironmentFault: the dictionary is missing or of another revision.
    """
    return Tagger(load_model(artifact_folder(model), allow_dictionary_change=allow_dictionary_change))


def artifact_folder(model: str | Path | None = None) -> Path:
    """The folder that ``model`` means, as for `load`."""
    if model is None:
        store = default_store()
        return store.folder(store.current())
    path = Path(model)
    if isinstance(model, str) and os.sep not in model and not path.is_dir():
        return default_store().folder(model)
    if (path / MANIFEST).exists() or not path.is_dir():
        return path
    store = Store(path)
    return store.folder(store.current())
