"""Options and arguments that several commands share, and what they mean."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tagger.cli.completion import model_names

if TYPE_CHECKING:
    from tagger.store import Store


class NumberRange(click.FloatRange):
    """A `click.FloatRange` that refuses NaN, which no bound keeps out, and infinity."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; a wrong one is a usage error."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a valid {self.name}.", param, ctx)
        return number


FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE|FOLDER…"
)
EVENT_TYPES = click.option(
    "--event-types",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The codebook.  [default: event_types.toml in the folder of the data, else that of the seed corpus]",
)
FORM = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the figures.",
)
MODEL = click.option(
    "-m",
    "--model",
    metavar="NAME|FOLDER",
    shell_complete=model_names,
    help="The model: a version's name or an artifact's folder.  [default: the current one]",
)
EXPECT_DIGEST = click.option(
    "--expect-digest",
    metavar="SHA",
    help="Refuse any model but that of this digest (its first 12 digits or more), as 'tagger models show' prints it.",
)
ALLOW_DICTIONARY_CHANGE = click.option(
    "--allow-dictionary-change",
    is_flag=True,
    help="Use the model though its lemmas came from another revision of the dictionary.",
)
ENCODING = click.option("--encoding", help="Encoding of the texts.  [default: found out]")
STORE = click.option(
    "--store",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The store.  [default: $TAGGER_STORE, else the shipped one]",
)


def chosen_labels(files: Sequence[Path], event_types: Path | None) -> list[str]:
    """The event types' ids in the codebook that was named, else in that of the data.

    Raises:
        TrainingDataError: it cannot be read as one.
    """
    from tagger.training.preparing import find_codebook, read_event_types

    return [event_type.id for event_type in read_event_types(find_codebook(files, event_types))[1]]


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
