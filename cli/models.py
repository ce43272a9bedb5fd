"""`tagger models`: the versions in a store."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tagger.cli.comparing import compare_
from tagger.cli.completion import model_names
from tagger.cli.exits import OK, exit_code
from tagger.cli.noting import note_, note_of
from tagger.cli.options import ALLOW_DICTIONARY_CHANGE, STORE, chosen_folder, chosen_store, chosen_version
from tagger.cli.printing import path_name, printable, say, show
from tagger.cli.translation import heading

if TYPE_CHECKING:
    from tagger.errors import TaggerError

_DIGITS = 12
"""Of a digest in a list; as many as --expect-digest asks for."""
_PROVENANCE = ("trained", "by", "revision", "versions", "configuration", "articles", "data")
"""What `show` tells of it; the figures are in the cards."""


@click.group(short_help="List, show, verify, compare and choose trained models.")
def models() -> None:
    """List, show, verify, compare and choose trained models.

    Examples:
      tagger models list
      tagger models compare v1 v2 --data dev.jsonl
      tagger models use v2
    """


models.add_command(compare_)
models.add_command(note_)


@models.command("list", short_help="List the versions.")
@STORE
def list_(store: Path | None) -> int:
    """Names of the versions and their digests; a star marks the current one.

    Examples:
      tagger models list
      tagger models list --store my-models/
    """
    from tagger.artifact import model_digest
    from tagger.errors import TaggerError
    from tagger.verification import manifest_of

    chosen = chosen_store(store)
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
        if note := note_of(chosen.folder(name)):
            click.echo(f"    {printable(note)}")
    return code


@models.command("show", short_help="Print the model card and where the model came from.")
@click.argument("model", required=False, shell_complete=model_names)
@STORE
def show_(model: str | None, store: Path | None) -> int:
    """The model card (in Russian and English) and where the model came from.

    Examples:
      tagger models show
      tagger models show v2 --store my-models/
      tagger models show my-models/v2
    """
    from tagger.artifact import CARDS, model_digest
    from tagger.verification import manifest_of, verified_files

    folder = chosen_folder(model, store)
    manifest = manifest_of(folder)
    contents = verified_files(folder, manifest)
    for card in reversed(CARDS):
        click.echo("\n".join(map(printable, contents[card].decode("utf-8", "replace").split("\n"))))
    told = {"folder": path_name(str(folder)), "digest": model_digest(manifest), "note": note_of(folder) or "none"}
    told |= {name: manifest["provenance"].get(name) or "unknown" for name in _PROVENANCE}
    for name, value in (told | {"dictionary": manifest["dictionary"]}).items():
        for number, line in enumerate(_lines(value)):
            click.echo(f"{'' if number else heading(name):13}  {printable(line)}")
    return OK


@models.command(short_help="Check that models are intact and answer as in training.")
@click.argument("model", required=False, shell_complete=model_names)
@ALLOW_DICTIONARY_CHANGE
@STORE
def verify(model: str | None, allow_dictionary_change: bool, store: Path | None) -> int:
    """Check a model, or all models of the store if none is named.

    Every file must be as the manifest says, and the model must answer the texts of its self-test as it did in training.

    Examples:
      tagger models verify
      tagger models verify v2 --store my-models/
    """
    from tagger.errors import TaggerError
    from tagger.verification import load_model

    chosen = chosen_store(store)
    folders = [chosen_folder(model, store)] if model else [chosen.folder(name) for name in chosen.versions()]
    code = OK
    for folder in folders:
        try:
            load_model(folder, allow_dictionary_change=allow_dictionary_change, self_test=True)
            click.echo(f"{folder.resolve().name}: ok")
        except TaggerError as error:
            code = _refused(error)
    return code


@models.command(short_help="Make a version the current one.")
@click.argument("model", shell_complete=model_names)
@STORE
def use(model: str, store: Path | None) -> int:
    """Make a version the current one.

    Examples:
      tagger models use v2 --store my-models/
      tagger models use my-models/v2
    """
    chosen, name = chosen_version(model, store)
    chosen.use(name)
    show(f"{name} is current", err=True)
    return OK


@models.command(short_help="Go back to the version that was current before.")
@STORE
def rollback(store: Path | None) -> int:
    """Go back to the version that was current before; again, to the one before that.

    Examples:
      tagger models rollback --store my-models/
    """
    show(f"{chosen_store(store).rollback()} is current", err=True)
    return OK


@models.command(short_help="Clear up after a crash.")
@STORE
def gc(store: Path | None) -> int:
    """Clear up after a crash.

    Removes what was only half written, unless somebody was writing to it in the last five minutes, and makes the newest
    intact version current if the store has lost its current one.

    Examples:
      tagger models gc --store my-models/
    """
    done = chosen_store(store).repair()
    for line in done or ["nothing to clear up"]:
        show(line, err=True)
    return OK


def _lines(value: Any) -> list[str]:
    """A value of the provenance for people: of a mapping an entry a line."""
    return [f"{name}  {entry}" for name, entry in value.items()] if isinstance(value, dict) else [str(value)]


def _refused(error: "TaggerError") -> int:
    """Say what is wrong with one model and go on; gives the exit code."""
    say(str(error))
    return exit_code(error)
