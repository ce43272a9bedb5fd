"""Tasks: what an annotator is asked, one text each, with the labels that it has or that the model proposes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tagger.training.formats.labelling import ARTICLE, PARAGRAPH, SOURCE, Labels
from tagger.training.records import LabelledArticle
from tagger.training.support import BOILERPLATE


@dataclass(frozen=True, slots=True)
class Task:
    """A text to be labelled.

    Attributes:
        text: an article, or a paragraph.
        place: article, paragraph number (from 0) and source, as they find their way back.
        labels: those it has; None for none yet.
        model_version: the model that proposes them; empty if a person gave them.
        score: how sure the model is of the label it is least sure of, 0.5 to 1; None if a person gave them.
    """

    text: str
    place: dict[str, Any]
    labels: Labels | None
    model_version: str = ""
    score: float | None = None


def labelled_tasks(article: LabelledArticle, *, by_paragraph: bool) -> Iterator[Task]:
    """Tasks of an article labelled by people: one, or one for each paragraph; page chrome has the label `BOILERPLATE`."""
    if not by_paragraph:
        yield Task("\n".join(article.paragraphs), _place(article.id, article.source), article.article_labels)
        return
    marks = zip(article.paragraphs, article.labels, article.boilerplate, article.known, strict=True)
    for number, (text, labels, chrome, known) in enumerate(marks):
        given = frozenset({BOILERPLATE}) if chrome else labels
        yield Task(text, _place(article.id, article.source, number), given if known else None)


def predicted_tasks(record: Mapping[str, Any], *, by_paragraph: bool) -> Iterator[Task]:
    """Tasks of an article tagged by a model.

    Args:
        record: as `tagger.prediction.Prediction.to_dict` gives it, with both levels.
        by_paragraph: one task for each paragraph instead of one for the article.

    Raises:
        KeyError, TypeError, AttributeError: it is something else.
    """
    version, parts, origin = str(record["model"]), record["paragraphs"], record.get("metadata", {})
    source = str(origin.get("address") or origin.get("outlet") or "")
    if not by_paragraph:
        text = "\n".join(part["text"] for part in parts)
        score = _score(record["probabilities"])
        yield Task(text, _place(str(record["id"]), source), frozenset(record["labels"]), version, score)
        return
    for number, part in enumerate(parts):
        labels = frozenset({BOILERPLATE}) if part["boilerplate"] else frozenset(part["labels"])
        yield Task(
            part["text"], _place(str(record["id"]), source, number), labels, version, _score(part["probabilities"])
        )


def _place(id: str, source: str = "", number: int | None = None) -> dict[str, Any]:
    fields = {ARTICLE: id, PARAGRAPH: number, SOURCE: source}
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _score(probabilities: Mapping[str, float]) -> float:
    return round(min((max(value, 1 - value) for value in probabilities.values()), default=1.0), 4)
