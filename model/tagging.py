"""The tagger: a trained model applied to texts."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from tagger.article import Article
from tagger.batch import Decided, decided, predictions
from tagger.codebook import EventType
from tagger.model import Model
from tagger.prediction import Prediction

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH_CHARACTERS = 400_000
"""Texts are scored together until they reach this length; bounds the memory of `Tagger.predict_many`."""


class Tagger:
    """Says which event types an article and its paragraphs report. Safe to use from several threads.

    Args:
        model: the trained model, as `tagger.load` reads it.
        folder: the artifact it was read from, if any.
    """

    def __init__(self, model: Model, folder: Path | None = None) -> None:
        self.model, self.folder = model, folder

    @property
    def labels(self) -> tuple[str, ...]:
        """The event types' ids, in the order of every array and mapping."""
        return self.model.labels

    @property
    def event_types(self) -> tuple[EventType, ...]:
        """The codebook the model was trained by."""
        return self.model.event_types

    @property
    def version(self) -> str:
        """Name of the artifact."""
        return self.model.version

    def predict(self, text: str | Article) -> Prediction:
        """Tag one text (one non-empty line a paragraph) or ready `Article`.

        Raises:
            TypeError: it is neither.
        """
        return next(self.predict_many([text]))

    def predict_many(self, texts: Iterable[str | Article], jobs: int = 1) -> Iterator[Prediction]:
        """Tag a stream of texts, in order, in constant memory; the same answers as one by one.

        Args:
            texts: read as answers are taken, a few batches ahead.
            jobs: processes to work with; each loads the artifact anew.

        Raises:
            TypeError: ``texts`` is one text, or holds what is none.
            ValueError: ``jobs`` is below 1, or above 1 and the model is in no artifact that others could load.
            TaggerError: a process was killed.
        """
        if isinstance(texts, str | Article):
            raise TypeError("predict_many takes several texts; give one to predict")
        waiting: deque[list[Article]] = deque()

        def paragraphs() -> Iterator[list[list[str]]]:
            for batch in in_batches(map(_article, texts), _characters):
                waiting.append(batch)
                yield [article.paragraphs for article in batch]

        return self._predictions(waiting, self.batchwise(decided, paragraphs(), jobs))

    def batchwise(
        self, work: Callable[[list[Item], Model], Result], batches: Iterable[list[Item]], jobs: int = 1
    ) -> Iterator[Result]:
        """What ``work`` makes of each batch and of the model, in order; what `predict_many` and the command line use.

        Args:
            work: with several jobs it, the batches and what it makes of them have to be picklable.
            batches: read as results are taken, a few batches ahead.
            jobs: processes to work in.

        Raises:
            ValueError: as `predict_many`.
            TaggerError: a process was killed.
        """
        if jobs < 1:
            raise ValueError(f"jobs must be at least 1, not {jobs}")
        if jobs == 1:
            return (work(batch, self.model) for batch in batches)
        from tagger.parallel import in_processes

        if self.folder is None:
            raise ValueError("jobs above 1 need a model that was loaded from an artifact; publish it and load it")
        return in_processes(work, batches, self.folder, jobs)

    def _predictions(self, waiting: deque[list[Article]], decided: Iterable[Decided]) -> Iterator[Prediction]:
        for found in decided:
            yield from predictions(waiting.popleft(), found, self.model)


def in_batches(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """The items in lists, each of which ends with the item that brings it to `BATCH_CHARACTERS`."""
    batch: list[Item] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if total >= BATCH_CHARACTERS:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def _characters(article: Article) -> int:
    return len(article.text)


def _article(text: str | Article) -> Article:
    if isinstance(text, str):
        return Article.from_text(text)
    if not isinstance(text, Article):
        raise TypeError(f"a text is a str or an Article, not {type(text).__name__}")
    return text
