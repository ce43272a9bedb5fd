"""Event types in Russian news: which ones an article and each of its paragraphs report.

>>> from tagger import load
>>> tagger = load()
>>> result = tagger.predict("Губернатор и ректор подписали соглашение о сотрудничестве.")
>>> result.labels
('agreement_signing',)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tagger._version import __version__

if TYPE_CHECKING:
    from tagger.article import Article
    from tagger.codebook import EventType
    from tagger.errors import (
        ArtifactError,
        DecodingError,
        EnvironmentFault,
        InputError,
        IntegrityError,
        NameRefusedError,
        TaggerError,
        TrainingDataError,
    )
    from tagger.loading import load
    from tagger.prediction import Evidence, ParagraphPrediction, Prediction
    from tagger.tagging import Tagger

__all__ = [
    "Article",
    "ArtifactError",
    "DecodingError",
    "EnvironmentFault",
    "EventType",
    "Evidence",
    "InputError",
    "IntegrityError",
    "NameRefusedError",
    "ParagraphPrediction",
    "Prediction",
    "Tagger",
    "TaggerError",
    "TrainingDataError",
    "__version__",
    "load",
]

_HOMES = {
    "Article": "article",
    "EventType": "codebook",
    "Evidence": "prediction",
    "ParagraphPrediction": "prediction",
    "Prediction": "prediction",
    "Tagger": "tagging",
    "load": "loading",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that ``tagger --help`` does not wait for numpy."""
    if name not in __all__:
        raise AttributeError(f"module 'tagger' has no attribute {name!r}")
    return getattr(import_module(f"tagger.{_HOMES.get(name, 'errors')}"), name)
