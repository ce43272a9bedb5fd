"""The tagger: a trained model applied to texts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, islice

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
        paragraphs = iter(self._paragraphs(articles, verdicts))
        rows = zip(
            articles,
            self._names(verdicts.article_labels),
            self._by_label(verdicts.article_probabilities),
            self._names(verdicts.article_review),
            strict=True,
        )
        return [
            Prediction(
                article, labels, probabilities, review, tuple(islice(paragraphs, len(article.spans))), self.version
            )
            for article, labels, probabilities, review in rows
        ]

    def _paragraphs(self, articles: Sequence[Article], verdicts: Verdicts) -> Iterator[ParagraphPrediction]:
        places = ((article, place) for article in articles for place in range(len(article.spans)))
        columns = (
            self._names(verdicts.labels),
            verdicts.boilerplate.tolist(),
            self._by_label(verdicts.probabilities),
            verdicts.boilerplate_probabilities.tolist(),
            self._by_label(verdicts.scores),
            self._names(verdicts.review),
        )
        for (article, place), (labels, boilerplate, probabilities, chrome, scores, review) in zip(
            places, zip(*columns, strict=True), strict=True
        ):
            start, stop = article.spans[place]
            explain = partial(evidence, article, self.model, place)
            shown = {} if boilerplate else scores
            yield ParagraphPrediction(start, stop, labels, boilerplate, probabilities, chrome, shown, review, explain)

    def _names(self, flags: Flags) -> list[tuple[str, ...]]:
        """The labels set in each row of ``flags``; equal rows share their tuple."""
        known: dict[tuple[bool, ...], tuple[str, ...]] = {}
        rows = map(tuple, flags.tolist())
        return [known.get(row) or known.setdefault(row, tuple(compress(self.labels, row))) for row in rows]

    def _by_label(self, values: Floats) -> list[dict[str, float]]:
        return [dict(zip(self.labels, row, strict=True)) for row in values.tolist()]


def _article(text: str | Article) -> Article:
    return text if isinstance(text, Article) else Article.from_text(text)
