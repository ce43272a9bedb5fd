"""`tagger models`: the versions in a store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagger.cli.exits import OK

if TYPE_CHECKING:
    from tagger.store import Store

_STORE = click.option(
    "--store",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The store.  [default: $TAGGER_STORE, else the shipped one]",
)


@click.group(short_help="List, show, verify and choose trained models.")
def models() -> None:
    """List, show, verify and choose trained models."""


@models.command("list")
@_STORE
def list_(store: Path | None) -> int:
    """Names of the versions; a star marks the current one."""
    from tagger.store import manifest_of

    chosen = _store(store)
    names = chosen.versions()
    current = chosen.current() if names else ""
    for name in names:
        manifest = manifest_of(chosen.folder(name))
        trained, articles = (manifest["provenance"].get(name, "?") for name in ("trained", "articles"))
        mark = "*" if name == current else " "
        click.echo(f"{mark} {name}  {trained}  {articles} articles  {', '.join(manifest['labels'])}")
    return OK


@models.command()
@click.argument("model", required=False)
@_STORE
def show(model: str | None, store: Path | None) -> int:
    """The model card (in Russian and English) and where the model came from."""
    from tagger.artifact import CARDS, model_digest
    from tagger.store import manifest_of

    folder = _folder(model, store)
    manifest = manifest_of(folder)
    provenance = manifest["provenance"]
    for card in reversed(CARDS):
        click.echo((folder / card).read_text(encoding="utf-8"))
    click.echo(f"folder    {folder}\ndigest    {model_digest(manifest)}\ntrained   {provenance.get('trained', '?')}")
    for name in ("revision", "configuration", "versions", "data"):
        click.echo(f"{name:9} {provenance.get(name, '?')}")
    return OK


@models.command()
@click.argument("model", required=False)
@_STORE
def verify(model: str | None, store: Path | None) -> int:
    """Check every file of a model against its manifest; of all models of the store if none is named."""
    from tagger.store import load_model

    chosen = _store(store)
    folders = [_folder(model, store)] if model else [chosen.folder(name) for name in chosen.versions()]
    for folder in folders:
        load_model(folder)
        click.echo(f"{folder.name}: ok")
    return OK


@models.command()
@click.argument("model")
@_STORE
def use(model: str, store: Path | None) -> int:
    """Make a version the current one."""
    _store(store).use(model)
    click.echo(f"{model} is current", err=True)
    return OK


def _store(given: Path | None) -> "Store":
    from tagger.loading import default_store
    from tagger.store import Store

    return Store(given) if given else default_store()


def _folder(model: str | None, store: Path | None) -> Path:
    from tagger.loading import artifact_folder

    if store is None:
        return artifact_folder(model)
    chosen = _store(store)
    folder: Path = chosen.folder(model or chosen.current())
    return folder
