"""`tagger models`: the versions in a store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tagger.cli.exits import OK, exit_code
from tagger.cli.model_options import ALLOW_DICTIONARY_CHANGE
from tagger.cli.printing import path_name, printable, say

if TYPE_CHECKING:
    from tagger.errors import TaggerError
    from tagger.store import Store

_STORE = click.option(
    "--store",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The store.  [default: $TAGGER_STORE, else the shipped one]",
)
_DIGITS = 12
"""Of a digest in a list; as many as --expect-digest asks for."""


@click.group(short_help="List, show, verify and choose trained models.")
def models() -> None:
    """List, show, verify and choose trained models."""


@models.command("list")
@_STORE
def list_(store: Path | None) -> int:
    """Names of the versions and their digests; a star marks the current one."""
    from tagger.artifact import model_digest
    from tagger.errors import TaggerError
    from tagger.verification import manifest_of

    chosen = _store(store)
    names = chosen.versions()
    current = chosen.current() if names else ""
    code = OK
    for name in names:
        mark = "*" if name == current else " "
        try:
            manifest = manifest_of(chosen.folder(name))
        except TaggerError as error:
            code = _refused(error)
            continue
        trained, articles = (manifest["provenance"].get(field, "?") for field in ("trained", "articles"))
        digest = model_digest(manifest)[:_DIGITS]
        labels = ", ".join(manifest["labels"])
        click.echo(f"{mark} {name}  {digest}  {printable(str(trained))}  {printable(str(articles))} articles  {labels}")
    return code


@models.command()
@click.argument("model", required=False)
@_STORE
def show(model: str | None, store: Path | None) -> int:
    """The model card (in Russian and English) and where the model came from."""
    from tagger.artifact import CARDS, model_digest
    from tagger.verification import manifest_of, verified_files

    folder = _folder(model, store)
    manifest = manifest_of(folder)
    contents = verified_files(folder, manifest)
    provenance = manifest["provenance"]
    for card in reversed(CARDS):
        click.echo("\n".join(map(printable, contents[card].decode("utf-8", "replace").split("\n"))))
    click.echo(f"folder    {path_name(str(folder))}\ndigest    {model_digest(manifest)}")
    for name in ("trained", "revision", "configuration", "versions", "data"):
        click.echo(f"{name:9} {printable(str(provenance.get(name, '?')))}")
    return OK


@models.command()
@click.argument("model", required=False)
@ALLOW_DICTIONARY_CHANGE
@_STORE
def verify(model: str | None, allow_dictionary_change: bool, store: Path | None) -> int:
    """Check a model, or all models of the store if none is named.

    Every file must be as the manifest says, and the model must answer the texts of its self-test as it did in training.
    """
    from tagger.errors import TaggerError
    from tagger.verification import load_model

    chosen = _store(store)
    folders = [_folder(model, store)] if model else [chosen.folder(name) for name in chosen.versions()]
    code = OK
    for folder in folders:
        try:
            load_model(folder, allow_dictionary_change=allow_dictionary_change, self_test=True)
            click.echo(f"{folder.name}: ok")
        except TaggerError as error:
            code = _refused(error)
    return code


@models.command()
@click.argument("model")
@_STORE
def use(model: str, store: Path | None) -> int:
    """Make a version the current one."""
    _store(store).use(model)
    click.echo(f"{model} is current", err=True)
    return OK


@models.command()
@_STORE
def gc(store: Path | None) -> int:
    """Clear up after a crash.

    Removes what was only half written, unless somebody was writing to it in the last five minutes, and makes the newest
    intact version current if the store has lost its current one.
    """
    done = _store(store).repair()
    for line in done or ["nothing to clear up"]:
        click.echo(line, err=True)
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


def _refused(error: "TaggerError") -> int:
    """Say what is wrong with one model and go on; gives the exit code."""
    say(str(error))
    return exit_code(error)
