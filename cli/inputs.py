"""Inputs: files and standard input to articles; what cannot be read becomes a failure in its place."""

import io
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Union, cast

import click

from tagger.article import Article
from tagger.cli.printing import path_name
from tagger.errors import EnvironmentFault
from tagger.prediction import Prediction
from tagger.reading import MAX_BYTES
from tagger.tagging import Tagger

if TYPE_CHECKING:
    from tagger.cli.json_lines import Unread

Input = Union[Article, "Unread", "Failure"]

NO_MEMORY = "not enough memory for a text of this size; split it"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be tagged, and why."""

    id: str
    message: str


def find_files(paths: Iterable[str]) -> tuple[str, ...]:
    """All files that ``paths`` mean (files, folders, patterns), looked at before any work is done.

    Raises:
        click.UsageError: one is missing, empty, closed, or standard input is named twice.
        EnvironmentFault: one may not be read.
    """
    from tagger.cli.documents.walking import files_of

    paths = tuple(paths)
    if paths.count("-") > 1:
        raise click.UsageError("'-' can be given only once")
    if "-" in paths and sys.stdin is None:
        raise click.UsageError("no input: standard input is closed")
    files = tuple(file for path in paths for file in (files_of(path) if path != "-" else (path,)))
    for file in files:
        if file != "-" and not Path(file).exists():
            raise click.UsageError(f"{path_name(file)}: no such file")
        if file != "-" and not os.access(file, os.R_OK):
            raise EnvironmentFault(f"{path_name(file)}: may not be read; change its permissions or leave it out")
    return files


def read_inputs(
    paths: Iterable[str],
    encoding: str | None,
    max_bytes: int = MAX_BYTES,
    open_file: Callable[[str], io.FileIO] = io.FileIO,
) -> Iterator["Input"]:
    """Articles in order, out of documents of all kinds, which their contents tell; ``-`` is standard input."""
    from tagger.cli.documents.detection import HEAD
    from tagger.cli.documents.reader import Limits, read_document

    for path in paths:
        name = "-" if path == "-" else path_name(str(Path(path)))
        try:
            if path == "-":
                stream = cast(io.BufferedReader, sys.stdin.buffer)
                yield from read_document(stream, name, Limits(encoding, max_bytes))
            else:
                with cast(io.BufferedReader, io.BufferedReader(open_file(path), HEAD)) as stream:
                    yield from read_document(stream, name, Limits(encoding, max_bytes))
        except OSError as error:
            yield Failure(name, f"{error.strerror or error}; the rest was not read")


def articles_of(inputs: Iterable["Input"]) -> Iterator[Article | Failure]:
    """The inputs, all of them read."""
    return (item if isinstance(item, Article | Failure) else item.read() for item in inputs)


def predict_in_order(
    tagger: Tagger, inputs: Iterable["Input"], jobs: int = 1
) -> Generator[Prediction | Failure, None, None]:
    """Predictions and failures in the order of the inputs, while texts are tagged in batches.

    Articles of a batch for which the memory does not suffice are tagged one by one, so that only those fail that have to.
    """
    source = articles_of(inputs)
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
