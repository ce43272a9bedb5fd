"""The option of all commands that work on a store, and what it means."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tagger.store import Store

STORE = click.option(
    "--store",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The store.  [default: $TAGGER_STORE, else the shipped one]",
)


def chosen_store(given: Path | None) -> "Store":
    """The store that was named, else the default one."""
    from tagger.loading import default_store
    from tagger.store import Store

    return Store(given) if given else default_store()


def chosen_version(model: str, store: Path | None) -> tuple["Store", str]:
    """The store and a version's name in it; without a store also those of a version's folder, as `tagger train` prints it."""
    from tagger.store import Store

    folder = Path(model)
    if store is None and folder.name != model:
        return Store(folder.parent), folder.name
    return chosen_store(store), model


def chosen_folder(model: str | None, store: Path | None) -> Path:
    """The artifact's folder: of a version of the store; without a store also the folder of an artifact or of a store."""
    from tagger.loading import artifact_folder

    if store is None:
        return artifact_folder(model)
    chosen = chosen_store(store)
    return chosen.folder(model or chosen.current())
