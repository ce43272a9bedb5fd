"""The self-test of an artifact: a few texts and how the model answered them when it was trained.

Digests say that the files are those of the manifest; whoever rewrites both is found out by the answers, and so is a machine
whose arithmetic or dictionary gives others.
"""

import json
from collections.abc import Iterable
from typing import Any

from tagger.article import Article
from tagger.errors import IntegrityError
from tagger.model import Model
from tagger.prediction import Prediction
from tagger.tagging import Tagger

SELFTEST = "selftest.json"
TOLERANCE = 1e-6
"""How far scores and probabilities may differ; those stored have `_DECIMALS`."""
_DECIMALS = 9
_CHARACTERS = 1500


def selftest_bytes(model: Model, articles: Iterable[Article]) -> bytes:
    """The file that holds the beginnings of ``articles`` and the model's answers."""
    tagger = Tagger(model)
    texts = [article.text[:_CHARACTERS] for article in articles]
    records = [{"text": text, "answer": _answer(tagger.predict(text))} for text in texts]
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def check_selftest(model: Model, data: bytes) -> None:
    """Answer the texts in ``data`` anew.

    Raises:
        IntegrityError: the file is malformed, holds no text, or the answers differ by more than `TOLERANCE`.
    """
    try:
        records = [(record["text"], record["answer"]) for record in json.loads(data.decode())]
        malformed = not records or not all(isinstance(text, str) for text, _ in records)
    except (ValueError, TypeError, LookupError, RecursionError):
        malformed = True
    if malformed:
        raise IntegrityError(f"{SELFTEST}: not a list of texts and answers; fetch or train the artifact again")
    tagger = Tagger(model)
    for number, (text, answer) in enumerate(records, 1):
        if not _same(answer, _answer(tagger.predict(text))):
            raise IntegrityError(
                f"{SELFTEST}: the model does not answer text {number} of {len(records)} as it did when it was trained; "
                "fetch or train the artifact again"
            )


def _answer(prediction: Prediction) -> dict[str, Any]:
    return {
        "labels": list(prediction.labels),
        "probabilities": _rounded(prediction.probabilities.values()),
        "paragraphs": [
            {
                "labels": list(part.labels),
                "boilerplate": _rounded([part.boilerplate_probability])[0],
                "scores": _rounded(part.scores.values()),
                "probabilities": _rounded(part.probabilities.values()),
            }
            for part in prediction.paragraphs
        ],
    }


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(value, _DECIMALS) for value in values]


def _same(stored: object, found: object) -> bool:
    """Equal as JSON values, numbers within the tolerance."""
    if isinstance(found, dict):
        return (
            isinstance(stored, dict)
            and stored.keys() == found.keys()
            and all(_same(stored[key], found[key]) for key in found)
        )
    if isinstance(found, list):
        return isinstance(stored, list) and len(stored) == len(found) and all(map(_same, stored, found))
    if isinstance(found, float):
        return isinstance(stored, int | float) and abs(stored - found) <= TOLERANCE
    return stored == found
