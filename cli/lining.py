"""Lining: inputs to lines of JSON, each read, tagged and written out in the same process, by one or by several."""

from collections.abc import Generator, Iterable, Iterator
from functools import partial

from tagger.article import Article
from tagger.batch import decided, predictions
from tagger.cli.inputs import NO_MEMORY, Failure, Input, articles_of
from tagger.cli.outputs.json_text import Line, line_of
from tagger.model import Model
from tagger.tagging import Tagger, in_batches

FAILURE_SIZE = 1000
"""What a failure counts in a batch, so that a file of nothing else is told of now and then."""


def lines_in_order(
    tagger: Tagger, inputs: Iterable[Input], level: str, explain: bool, jobs: int = 1
) -> Generator[Line | Failure, None, None]:
    """The lines of the articles, and the failures, in the order of the inputs.

    Articles of a batch for which the memory does not suffice are tagged one by one, so that only those fail that have to.
    """
    work = partial(_lines, level, explain)
    for lines in tagger.batchwise(work, in_batches(inputs, _size), jobs):
        yield from lines


def _size(item: Input) -> int:
    """Characters; of a line not read yet half its bytes, as most of its letters take two."""
    match item:
        case Article():
            return len(item.text)
        case Failure():
            return FAILURE_SIZE
    return len(item.line) // 2


def _lines(level: str, explain: bool, batch: list[Input], model: Model) -> list[Line | Failure]:
    try:
        return list(_tagged(level, explain, batch, model))
    except MemoryError:
        return [_alone(level, explain, item, model) for item in articles_of(batch)]


def _tagged(level: str, explain: bool, batch: Iterable[Input], model: Model) -> Iterator[Line | Failure]:
    items = list(articles_of(batch))
    articles = [item for item in items if isinstance(item, Article)]
    found = predictions(articles, decided([article.paragraphs for article in articles], model), model)
    for item in items:
        yield item if isinstance(item, Failure) else line_of(next(found), level, explain)


def _alone(level: str, explain: bool, item: Article | Failure, model: Model) -> Line | Failure:
    try:
        return next(_tagged(level, explain, [item], model))
    except MemoryError:
        return Failure(item.id, NO_MEMORY)
