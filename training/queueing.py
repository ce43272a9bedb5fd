"""Queueing: which unlabelled articles to label next, so that the model learns most from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np
import scipy.sparse

from tagger.article import Article
from tagger.model import Model
from tagger.scoring import Computation, score
from tagger.training.corpus import Corpus
from tagger.training.duplicates import groups as near_duplicates
from tagger.training.records import LabelledArticle
from tagger.verdict import Flags, Verdicts, decide
from tagger.vocabulary import Floats, Ints

TURNS = (
    "uncertain",
    "uncertain",
    "diverse",
    "uncertain",
    "uncertain",
    "random",
    "uncertain",
    "uncertain",
    "diverse",
    "uncertain",
)
"""Reasons to choose, in turn: most for what the model does not know, some for what it knows nothing of, some for neither."""

MOST = 3
"""Paragraphs that make an article uncertain; with all of them the longest articles would always come first."""

BATCH = 500
"""Articles scored at once."""
COMPARED = 50
"""Articles compared with all others at once; bounds the memory."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An article to label.

    Attributes:
        number: its number in the pool.
        why: ``"uncertain"``, ``"diverse"`` or ``"random"``.
        label: what the model is uncertain about, else empty.
    """

    number: int
    why: str
    label: str = ""


@dataclass(frozen=True, eq=False)
class _Survey:
    """What the model knows of articles.

    Attributes:
        articles: the articles.
        uncertainty: shape (n_articles, n_labels), from 0 (certain) to `MOST`.
        words: TF-IDF of the whole bodies at length 1, shape (n_articles, n_terms).
        boilerplate: page chrome of each article, shape (n_paragraphs,) each.
    """

    articles: Sequence[Article]
    uncertainty: Floats
    words: scipy.sparse.csr_matrix
    boilerplate: list[Flags]


def queue(
    pool: Sequence[Article],
    labelled: Sequence[Article],
    model: Model,
    count: int,
    random_state: int,
    progress: Callable[[int], object] = lambda _: None,
) -> list[Choice]:
    """Choose articles, the most useful first.

    Three kinds take turns (`TURNS`): articles whose paragraphs are close to the threshold of a label (uncertainty
    sampling [1]_, label by label in turn, for macro-F1), discounted by how much they resemble what is labelled or chosen;
    articles that resemble that least (farthest first [2]_); and a random share, which keeps the labelled data fit to
    measure with. Reprints of each other, and of what is labelled, are left out.

    Args:
        pool: unlabelled articles.
        labelled: those that are labelled already.
        model: the model that is to learn.
        count: articles wanted; fewer are given if the pool has no more.
        random_state: for the random share and for ties.
        progress: told how many more articles were read, labelled ones included.

    .. [1] Lewis, Gale (1994), A sequential algorithm for training text classifiers.
    .. [2] Sener, Savarese (2018), Active learning for convolutional neural networks: a core-set approach.
    """
    if not pool:
        return []
    survey = _survey([*labelled, *pool], model, progress)
    known, words = len(labelled), survey.words
    free, likeness = _free(survey, known), _likeness(words, known)
    ties = np.random.default_rng(random_state).random(len(free))
    labels, choices = cycle(range(len(model.labels))), list[Choice]()
    for why in cycle(TURNS):
        if len(choices) == count or not free.any():
            break
        label = next(labels) if why == "uncertain" else -1
        gain = ties if why == "random" else 1 - likeness
        if why == "uncertain":
            gain = gain * survey.uncertainty[:, label]
        chosen = int(np.lexsort((ties, np.where(free, gain, -np.inf)))[-1])
        free[chosen] = False
        likeness = np.maximum(likeness, (words @ words[chosen].T).toarray()[:, 0])
        choices.append(Choice(chosen - known, why, model.labels[label] if why == "uncertain" else ""))
    return choices


def _survey(articles: Sequence[Article], model: Model, progress: Callable[[int], object]) -> _Survey:
    """Score articles, some at a time."""
    uncertainty, words, boilerplate = [], [], []
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        computed = score([article.paragraphs for article in batch], model)
        verdicts = decide(computed.scores, model)
        uncertainty.append(_uncertainty(verdicts, model.paragraph.threshold, _cuts(batch)))
        words.append(_words(computed, len(model.vocabulary)))
        boilerplate += np.split(verdicts.boilerplate, _cuts(batch))
        progress(len(batch))
    return _Survey(articles, np.concatenate(uncertainty), scipy.sparse.vstack(words).tocsr(), boilerplate)


def _uncertainty(verdicts: Verdicts, threshold: Floats, cuts: Ints) -> Floats:
    """Of each article and label: how close its `MOST` closest paragraphs are to the threshold, 1 each if they are on it."""
    chances = verdicts.probabilities
    way = np.where(chances < threshold, threshold, 1 - threshold)
    near = np.where(verdicts.boilerplate[:, None], 0.0, 1 - np.abs(chances - threshold) / np.maximum(way, 1e-12))
    return np.array([np.sort(part, axis=0)[-MOST:].sum(axis=0) for part in np.split(near, cuts)])


def _words(computed: Computation, n_terms: int) -> scipy.sparse.csr_matrix:
    """TF-IDF of the articles' bodies, each of length 1."""
    rows, scores = computed.rows, computed.scores
    terms = scipy.sparse.csr_matrix((rows.values, rows.terms, rows.starts), shape=(len(rows), n_terms))[scores.body]
    places = (scores.articles[scores.body], np.arange(len(scores.body)))
    sums = scipy.sparse.csr_matrix((np.ones(len(scores.body)), places), (scores.n_articles, len(scores.body))) @ terms
    return scipy.sparse.csr_matrix(sums.multiply(1 / np.maximum(np.sqrt(sums.multiply(sums).sum(axis=1)), 1e-12)))


def _likeness(words: scipy.sparse.csr_matrix, known: int) -> Floats:
    """Cosine of each article with the most similar of the first ``known`` ones, 0 if there are none."""
    likeness = np.zeros(words.shape[0])
    for start in range(0, known, COMPARED):
        compared = words[start : min(start + COMPARED, known)]
        likeness = np.maximum(likeness, (words @ compared.T).max(axis=1).toarray()[:, 0])
    return likeness


def _free(survey: _Survey, known: int) -> Flags:
    """Which articles may be chosen: the first of its reprints, if it is not among the ``known`` ones before the pool."""
    records = [
        LabelledArticle(
            article.id, "", tuple(article.paragraphs), (frozenset(),) * len(marks), tuple(marks.tolist()), article.id
        )
        for article, marks in zip(survey.articles, survey.boilerplate, strict=True)
    ]
    free: Flags = near_duplicates(Corpus(tuple(records), (), {})) == np.arange(len(records))
    free[:known] = False
    return free


def _cuts(articles: Sequence[Article]) -> Ints:
    """Where the paragraphs of one article end and those of the next begin."""
    return np.cumsum([len(article.spans) for article in articles])[:-1]
