"""The tagger: a trained model applied to texts."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tagger.article import Article
from tagger.batch import decided, predictions
from tagger.codebook import EventType
from tagger.model import Model
from tagger.prediction import Prediction

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
        """Tag one text (one non-empty line a paragraph) or ready `Article`."""
        return next(self.predict_many([text]))

    def predict_many(self, texts: Iterable[str | Article], jobs: int = 1) -> Iterator[Prediction]:
        """Tag a stream of texts, in order, in constant memory; the same answers as one by one.

        Args:
            texts: read as answers are taken, a few batches ahead.
            jobs: processes to work with; each loads the artifact anew.

        Raises:
            ValueError: ``jobs`` is below 1, or above 1 and the model is in no artifact that others could load.
            TaggerError: a process was killed.
        """
        if jobs < 1:
            raise ValueError(f"jobs must be at least 1, not {jobs}")
        return self._predictions(_batches(map(_article, texts)), jobs)

    def _predictions(self, batches: Iterator[list[Article]], jobs: int) -> Iterator[Prediction]:
        if jobs == 1:
            for batch in batches:
                yield from predictions(
                    batch, decided([article.paragraphs for article in batch], self.model), self.model
                )
            return
        from tagger.parallel import decided_in_parallel

        if self.folder is None:
            raise ValueError("jobs above 1 need a model that was loaded from an artifact; publish it and load it")
        for batch, found in decided_in_parallel(batches, self.folder, jobs):
            yield from predictions(batch, found, self.model)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _article(text: str | Article) -> Article:
    return text if isinstance(text, Article) else Article.from_text(text)
