"""The tagger: a trained model applied to texts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress

import numpy as np

from tagger.article import Article
from tagger.codebook import EventType
from tagger.evidence import evidence
from tagger.model import Model
from tagger.prediction import ParagraphPrediction, Prediction
from tagger.scoring import score
from tagger.verdict import Flags, Verdicts, decide
from tagger.vocabulary import Floats

BATCH_CHARACTERS = 400_000
"""Texts are scored together until they reach this length; bounds the memory of `Tagger.predict_many`."""


class Tagger:
    """Says which event types an article and its paragraphs report. Safe to use from several threads.

    Args:
        model: the trained model, as `tagger.load` reads it.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

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
        return self._predict([_article(text)])[0]

    def predict_many(self, texts: Iterable[str | Article]) -> Iterator[Prediction]:
        """Tag a stream of texts, in order, in constant memory; the same answers as one by one."""
        batch: list[Article] = []
        size = 0
        for text in texts:
            article = _article(text)
            batch.append(article)
            size += len(article.text)
            if size >= BATCH_CHARACTERS:
                yield from self._predict(batch)
                batch, size = [], 0
        yield from self._predict(batch)

    def _predict(self, articles: Sequence[Article]) -> list[Prediction]:
        verdicts = decide(score(articles, self.model).scores, self.model)
        stops = np.cumsum([0, *(len(article.spans) for article in articles)])
        return [
            self._prediction(article, number, verdicts, int(stops[number])) for number, article in enumerate(articles)
        ]

    def _prediction(self, article: Article, number: int, verdicts: Verdicts, offset: int) -> Prediction:
        return Prediction(
            article=article,
            labels=self._names(verdicts.article_labels[number]),
            probabilities=self._by_label(verdicts.article_probabilities[number]),
            review=self._names(verdicts.article_review[number]),
            paragraphs=tuple(
                self._paragraph(article, place, verdicts, offset + place) for place in range(len(article.spans))
            ),
            model_version=self.version,
        )

    def _paragraph(self, article: Article, place: int, verdicts: Verdicts, row: int) -> ParagraphPrediction:
        boilerplate = bool(verdicts.boilerplate[row])
        return ParagraphPrediction(
            start=article.spans[place].start,
            stop=article.spans[place].stop,
            labels=self._names(verdicts.labels[row]),
            boilerplate=boilerplate,
            probabilities=self._by_label(verdicts.probabilities[row]),
            boilerplate_probability=float(verdicts.boilerplate_probabilities[row]),
            scores={} if boilerplate else self._by_label(verdicts.scores[row]),
            review=self._names(verdicts.review[row]),
            _explain=partial(evidence, article, self.model, place),
        )

    def _names(self, flags: Flags) -> tuple[str, ...]:
        return tuple(compress(self.labels, flags))

    def _by_label(self, values: Floats) -> dict[str, float]:
        return dict(zip(self.labels, values.tolist(), strict=True))


def _article(text: str | Article) -> Article:
    return text if isinstance(text, Article) else Article.from_text(text)
