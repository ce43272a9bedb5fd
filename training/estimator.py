"""The estimator for scikit-learn users: texts and their labels in, a fitted tagger out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import f1_score
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from tagger.article import Article
from tagger.codebook import EventType
from tagger.prediction import Prediction
from tagger.tagging import Tagger
from tagger.training.configuration import Configuration
from tagger.training.conflicts import settle
from tagger.training.corpus import Corpus
from tagger.training.fitting import fit
from tagger.training.records import LabelledArticle
from tagger.training.support import BOILERPLATE
from tagger.vocabulary import Floats, Ints


class EventTagger(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A multi-label classifier of texts.

    ``X`` holds texts, one paragraph a line, or `Article` objects. ``y`` holds for each either its labels, or a list with the
    labels of each of its paragraphs; there ``"boilerplate"`` marks page chrome and None is unlabelled. Or ``y`` is an
    indicator matrix of shape (n_articles, n_labels), which `sklearn.model_selection` needs unless ``cv`` is a splitter.

    Args:
        labels: the labels, in the order of the columns; None for those in ``y``, sorted, or ``label_0``, … for a matrix.
        min_df, pair_min_df, folds, inverse_penalty, boilerplate_inverse_penalty, joint_inverse_penalty, previous, next,
        head, article, shape, min_articles, random_state: see `Configuration`.

    Attributes:
        classes_: the labels, shape (n_labels,).
        tagger_: the `Tagger`, for paragraphs and evidence.
    """

    def __init__(
        self,
        labels: Sequence[str] | None = None,
        *,
        min_df: int = 2,
        pair_min_df: int = 5,
        folds: int = 5,
        inverse_penalty: float = 4.0,
        boilerplate_inverse_penalty: float = 10.0,
        joint_inverse_penalty: float = 0.3,
        previous: float = 0.6,
        next: float = 0.6,
        head: float = 0.6,
        article: float = 1.5,
        shape: float = 0.3,
        min_articles: int = 5,
        random_state: int = 0,
    ) -> None:
        self.labels = labels
        self.min_df = min_df
        self.pair_min_df = pair_min_df
        self.folds = folds
        self.inverse_penalty = inverse_penalty
        self.boilerplate_inverse_penalty = boilerplate_inverse_penalty
        self.joint_inverse_penalty = joint_inverse_penalty
        self.previous = previous
        self.next = next
        self.head = head
        self.article = article
        self.shape = shape
        self.min_articles = min_articles
        self.random_state = random_state

    def fit(self, X: Iterable[str | Article], y: Any) -> "EventTagger":  # noqa: N803 - scikit-learn's name
        """Train; texts given twice are taken once, with all their labels.

        Raises:
            ValueError: ``X`` and ``y`` do not belong together or are of other kinds than described.
            TrainingDataError: there is too little to learn a label from.
        """
        articles, names = _articles(X), self._names(y)
        labels = _listed(y, names)
        if len(articles) != len(labels):
            raise ValueError(f"X has {len(articles)} texts and y the labels of {len(labels)}")
        records = [_record(article, labels[number], f"X[{number}]") for number, article in enumerate(articles)]
        corpus, _ = settle(Corpus(tuple(records), names, {}), "union")
        event_types = tuple(EventType(name, name, name, name) for name in names)
        settings = {
            field.name: getattr(self, field.name) for field in fields(Configuration) if field.name != "conflicts"
        }
        model = fit(corpus.ordered(), event_types, Configuration(**settings), lambda _: None).model
        self.tagger_, self.classes_ = Tagger(model), np.array(names)
        return self

    def predict(self, X: Iterable[str | Article]) -> Ints:  # noqa: N803
        """1 where an article carries the label: shape (n_articles, n_labels), columns as in ``classes_``."""
        rows = [[int(name in result.labels) for name in self.classes_] for result in self._predictions(X)]
        return np.array(rows, int).reshape(len(rows), len(self.classes_))

    def predict_proba(self, X: Iterable[str | Article]) -> Floats:  # noqa: N803
        """Calibrated probabilities, shape (n_articles, n_labels)."""
        rows = [[result.probabilities[name] for name in self.classes_] for result in self._predictions(X)]
        return np.array(rows, float).reshape(len(rows), len(self.classes_))

    def score(self, X: Iterable[str | Article], y: Any) -> float:  # noqa: N803
        """Macro-F1 of the articles over all labels."""
        predicted = self.predict(X)
        gold = [[int(name in _flat(row)) for name in self.classes_] for row in _listed(y, tuple(self.classes_))]
        return float(f1_score(gold, predicted, average="macro", zero_division=0.0))

    def _predictions(self, X: Iterable[str | Article]) -> list[Prediction]:  # noqa: N803
        check_is_fitted(self)
        return list(self.tagger_.predict_many(_articles(X)))

    def _names(self, y: Any) -> tuple[str, ...]:
        if self.labels is not None:
            return tuple(self.labels)
        if (matrix := _matrix(y)) is not None:
            return tuple(f"label_{column}" for column in range(matrix.shape[1]))
        return tuple(sorted(set().union(*map(_flat, y))))

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.string = False, True
        tags.target_tags.single_output, tags.target_tags.multi_output = False, True
        tags.classifier_tags.multi_class, tags.classifier_tags.multi_label = False, True
        return tags


def _matrix(y: Any) -> Ints | None:
    """``y`` if it is an indicator matrix, dense or sparse or a table that numpy can read."""
    array = np.asarray(y.toarray() if hasattr(y, "toarray") else y) if hasattr(y, "shape") else None
    return array if array is not None and array.ndim == 2 and array.dtype.kind in "biuf" else None


def _listed(y: Any, names: tuple[str, ...]) -> list[Any]:
    """``y`` as labels of each article or of each of its paragraphs."""
    matrix = _matrix(y)
    if matrix is None:
        return list(y)
    if matrix.shape[1] != len(names):
        raise ValueError(f"y has {matrix.shape[1]} columns, but there are {len(names)} labels: {', '.join(names)}")
    return [[names[column] for column in np.flatnonzero(row)] for row in matrix]


def _articles(texts: Iterable[str | Article]) -> list[Article]:
    if hasattr(texts, "toarray"):
        raise ValueError("sparse matrices are not supported: X must hold texts or Articles")
    articles = []
    for number, text in enumerate([texts] if isinstance(texts, str | Article) else texts):
        if not isinstance(text, str | Article):
            raise ValueError(f"X[{number}] is {type(text).__name__}: X must hold texts or Articles")
        articles.append(text if isinstance(text, Article) else Article.from_text(text))
    return articles


def _flat(labels: Collection[Any]) -> set[str]:
    """The labels of an article, of whichever kind."""
    names: set[str] = set()
    for item in labels:
        names |= {item} if isinstance(item, str) else set(item or ())
    return names - {BOILERPLATE}


def _record(article: Article, labels: Collection[Any], where: str) -> LabelledArticle:
    """An article with the labels of itself or of its paragraphs."""
    texts = tuple(article.paragraphs)
    nothing = (frozenset[str](),) * len(texts)
    if not texts:
        raise ValueError(f"{where} has no paragraph")
    if all(isinstance(item, str) for item in labels):
        whole, one = frozenset(labels), len(texts) == 1
        given = (whole,) if one else nothing
        return LabelledArticle(where, "", texts, given, (False,) * len(texts), where, (one,) * len(texts), whole)
    if len(labels) != len(texts):
        raise ValueError(f"{where} has {len(texts)} paragraphs and y the labels of {len(labels)}")
    sets = tuple(frozenset(item or ()) for item in labels)
    chrome = tuple(BOILERPLATE in item for item in sets)
    known = tuple(item is not None for item in labels)
    return LabelledArticle(where, "", texts, tuple(item - {BOILERPLATE} for item in sets), chrome, where, known)
