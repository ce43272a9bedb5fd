"""Inputs: files and standard input to articles; what cannot be read becomes a failure in its place."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tagger.article import Article
from tagger.errors import InputError
from tagger.prediction import Prediction
from tagger.reading import MAX_BYTES, decode
from tagger.tagging import Tagger


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be tagged, and why."""

    id: str
    message: str


def read_inputs(paths: Iterable[str], encoding: str | None, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """Read texts in order; ``-`` is standard input."""
    for path in paths:
        name = "-" if path == "-" else str(Path(path))
        try:
            decoded = decode(_bytes(path, max_bytes), encoding)
            yield Article.from_text(decoded.text, name, decoded.warnings)
        except InputError as error:
            yield Failure(name, str(error))
        except OSError as error:
            yield Failure(name, error.strerror or str(error))


def predict_in_order(tagger: Tagger, inputs: Iterable[Article | Failure]) -> Iterator[Prediction | Failure]:
    """Predictions and failures in the order of the inputs, while texts are tagged in batches."""
    waiting: deque[Failure | None] = deque()

    def articles() -> Iterator[Article]:
        for item in inputs:
            waiting.append(item if isinstance(item, Failure) else None)
            if isinstance(item, Article):
                yield item

    for prediction in tagger.predict_many(articles()):
        while (failure := waiting.popleft()) is not None:
            yield failure
        yield prediction
    yield from (failure for failure in waiting if failure is not None)


def _bytes(path: str, max_bytes: int) -> bytes:
    if path == "-":
        if sys.stdin is None:
            raise click.UsageError("no input: standard input is closed")
        data = sys.stdin.buffer.read(max_bytes + 1)
    else:
        with Path(path).open("rb") as stream:
            data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(f"over {max_bytes:,} bytes; split it or allow more with --max-bytes")
    return data
