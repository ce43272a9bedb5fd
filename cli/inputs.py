"""Inputs: files and standard input to articles; what cannot be read becomes a failure in its place."""

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tagger.article import Article
from tagger.cli.printing import path_name
from tagger.errors import EnvironmentFault, InputError
from tagger.prediction import Prediction
from tagger.reading import MAX_BYTES, decode
from tagger.tagging import Tagger

NO_MEMORY = "not enough memory for a text of this size; split it"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be tagged, and why."""

    id: str
    message: str


def check_paths(paths: Iterable[str]) -> None:
    """Look at all inputs before any work is done.

    Raises:
        click.UsageError: one is missing, a folder, closed, or standard input is named twice.
        EnvironmentFault: one may not be read.
    """
    paths = tuple(paths)
    if paths.count("-") > 1:
        raise click.UsageError("'-' can be given only once")
    for path in paths:
        if path == "-":
            if sys.stdin is None:
                raise click.UsageError("no input: standard input is closed")
        elif not Path(path).exists():
            raise click.UsageError(f"{path_name(path)}: no such file")
        elif Path(path).is_dir():
            name = path_name(path)
            raise click.UsageError(f"{name}: is a folder; name the files in it, as in {name.rstrip('/')}/*.txt")
        elif not os.access(path, os.R_OK):
            raise EnvironmentFault(f"{path_name(path)}: may not be read; change its permissions or leave it out")


def read_inputs(paths: Iterable[str], encoding: str | None, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """Read texts in order; ``*.jsonl`` holds an article a line, ``-`` is standard input."""
    from tagger.cli.json_lines import read_records

    for path in paths:
        name = "-" if path == "-" else path_name(str(Path(path)))
        try:
            if path.endswith(".jsonl"):
                with Path(path).open("rb") as stream:
                    yield from read_records(stream, name, max_bytes)
            else:
                decoded = decode(_bytes(path, max_bytes), encoding)
                yield Article.from_text(decoded.text, name, decoded.warnings)
        except InputError as error:
            yield Failure(name, str(error))
        except OSError as error:
            yield Failure(name, f"{error.strerror or error}; the rest was not read")
        except MemoryError:
            yield Failure(name, NO_MEMORY)


def predict_in_order(
    tagger: Tagger, inputs: Iterable[Article | Failure], jobs: int = 1
) -> Iterator[Prediction | Failure]:
    """Predictions and failures in the order of the inputs, while texts are tagged in batches.

    Articles of a batch for which the memory does not suffice are tagged one by one, so that only those fail that have to.
    """
    source = iter(inputs)
    waiting: deque[Article | Failure] = deque()

    def articles() -> Iterator[Article]:
        for item in source:
            waiting.append(item)
            if isinstance(item, Article):
                yield item

    while True:
        try:
            for prediction in tagger.predict_many(articles(), jobs):
                while isinstance(item := waiting.popleft(), Failure):
                    yield item
                yield prediction
        except MemoryError:
            while waiting:
                yield _alone(tagger, waiting.popleft())
        else:
            yield from (item for item in waiting if isinstance(item, Failure))
            return


def _alone(tagger: Tagger, item: Article | Failure) -> Prediction | Failure:
    if isinstance(item, Failure):
        return item
    try:
        return tagger.predict(item)
    except MemoryError:
        return Failure(item.id, NO_MEMORY)


def _bytes(path: str, max_bytes: int) -> bytes:
    if path == "-":
        data = sys.stdin.buffer.read(max_bytes + 1)
    else:
        with Path(path).open("rb") as stream:
            data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(f"over {max_bytes:,} bytes; split it or allow more with --max-bytes")
    return data
