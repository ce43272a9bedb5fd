"""Predictions: what the library answers, as frozen values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, overload

from tagger.article import Article
from tagger.language import doubts


class Evidence(NamedTuple):
    """One reason for a score.

    Attributes:
        start, stop: the words' span in the article's text; equal where the reason is no word.
        lemma: the term, «подписать соглашение»; in square brackets where the reason is no word: ``[shape]``, ``[intercept]``.
        contribution: what it adds to the score.
    """

    start: int
    stop: int
    lemma: str
    contribution: float


@dataclass(frozen=True, slots=True)
class ParagraphPrediction:
    """What is said about one paragraph.

    Attributes:
        start, stop: its span in the article's text.
        labels: event types it reports.
        boilerplate: page chrome; carries no event type.
        probabilities: calibrated, by label; 0 for boilerplate.
        boilerplate_probability: calibrated.
        scores: decision values by label; empty for boilerplate.
        review: labels whose probability lies in the review band.
    """

    start: int
    stop: int
    labels: tuple[str, ...]
    boilerplate: bool
    probabilities: Mapping[str, float]
    boilerplate_probability: float
    scores: Mapping[str, float]
    review: tuple[str, ...]
    _explain: Callable[[str, bool], list[Evidence]] = field(repr=False, compare=False)

    def evidence(self, label: str, *, own: bool = False) -> list[Evidence]:
        """Why the paragraph has its score for ``label``: the strongest reasons first; contributions sum to ``scores[label]``.

        Words of other paragraphs count where the model looks at them. Boilerplate has no evidence.

        Args:
            label: one of the model's labels.
            own: only the words of the paragraph itself, which in a long article takes much less time.

        Raises:
            KeyError: the model has no such label.
        """
        if label not in self.probabilities:
            raise KeyError(f"no label {label!r}; this model has {', '.join(self.probabilities)}")
        return self._explain(label, own) if self.scores else []


class ParagraphPredictions(Sequence[ParagraphPrediction]):
    """What is said about the paragraphs of an article: a sequence whose entries are made when one is asked for.

    Args:
        labels: event types of each paragraph.
        make: gives the entries.
    """

    def __init__(self, labels: Sequence[tuple[str, ...]], make: Callable[[], Iterable[ParagraphPrediction]]) -> None:
        self.labels = labels
        self._make = make

    @cached_property
    def _entries(self) -> tuple[ParagraphPrediction, ...]:
        return tuple(self._make())

    def __len__(self) -> int:
        return len(self.labels)

    @overload
    def __getitem__(self, place: int) -> ParagraphPrediction: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[ParagraphPrediction, ...]: ...
    def __getitem__(self, place: int | slice) -> ParagraphPrediction | tuple[ParagraphPrediction, ...]:
        return self._entries[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._entries == tuple(other)

    def __repr__(self) -> str:
        return repr(self._entries)


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is said about one article.

    Attributes:
        article: the text and its paragraphs' spans.
        labels: event types the article reports: the union of its paragraphs' labels.
        probabilities: calibrated, by label.
        review: labels whose probability lies in the review band.
        paragraphs: one entry for each paragraph; ``paragraphs.labels`` are the labels of each.
        model_version: the artifact that answered.
        known_share: share of the text's words that the model knows, 0 to 1.
        chrome_share: share of the paragraphs' characters that stand in page chrome, 0 to 1.
    """

    article: Article
    labels: tuple[str, ...]
    probabilities: Mapping[str, float]
    review: tuple[str, ...]
    paragraphs: ParagraphPredictions
    model_version: str
    known_share: float = 1.0
    chrome_share: float = 0.0

    @property
    def id(self) -> str:
        """What the caller calls the article."""
        return self.article.id

    @property
    def warnings(self) -> tuple[str, ...]:
        """What reading the text had to guess or repair, and reasons to doubt the answer, such as ``"not Russian: …"``."""
        return self.article.warnings + doubts(self.article.text, self.known_share, self.chrome_share)

    def to_dict(self, *, level: str = "both", explain: bool = False) -> dict[str, Any]:
        """The prediction as JSON-able values, as described by ``tagger/schemas/prediction.schema.json``.

        Args:
            level: ``"article"``, ``"paragraph"`` or ``"both"``.
            explain: add the evidence of every label given.
        """
        record: dict[str, Any] = {"id": self.article.id, "model": self.model_version}
        if level != "paragraph":
            record |= {
                "labels": list(self.labels),
                "probabilities": _rounded(self.probabilities),
                "review": list(self.review),
            }
        if level != "article":
            record["paragraphs"] = [self._paragraph(paragraph, explain) for paragraph in self.paragraphs]
        record["warnings"] = list(self.warnings)
        if self.article.metadata:
            record["metadata"] = dict(self.article.metadata)
        return record

    def _paragraph(self, paragraph: ParagraphPrediction, explain: bool) -> dict[str, Any]:
        record: dict[str, Any] = {
            "start": paragraph.start,
            "stop": paragraph.stop,
            "text": self.article.text[paragraph.start : paragraph.stop],
            "labels": list(paragraph.labels),
            "boilerplate": paragraph.boilerplate,
            "probabilities": _rounded(paragraph.probabilities),
            "review": list(paragraph.review),
        }
        if explain:
            record["scores"] = dict(paragraph.scores)
            record["evidence"] = {
                label: [reason._asdict() for reason in paragraph.evidence(label)] for label in paragraph.labels
            }
        return record


def _rounded(probabilities: Mapping[str, float]) -> dict[str, float]:
    return {label: round(probability, 4) for label, probability in probabilities.items()}
