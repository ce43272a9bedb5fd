"""Auditing: labels that are probably wrong, found by models that did not see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tagger.model import Model
from tagger.prediction import ParagraphPrediction
from tagger.scoring import Scores
from tagger.tagging import Tagger
from tagger.training.configuration import Configuration
from tagger.training.fitting import Progress, fit
from tagger.training.preparing import Prepared
from tagger.training.records import LabelledArticle
from tagger.verdict import Flags
from tagger.vocabulary import Floats

WORDS = 5
"""Words shown as the reason of a finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A paragraph with a label that is probably missing or wrong.

    Attributes:
        article: the labelled article.
        paragraph: number of the paragraph, from 0.
        suggested: the labels it would have if the doubtful ones were changed.
        doubt: how far the probability of its most doubtful label lies beyond the threshold, as a share of the way, 0 to 1.
        probabilities: of the doubtful labels, out of fold.
        words: doubtful label → the words that speak most for the change, and what they add to the label's score.
    """

    article: LabelledArticle
    paragraph: int
    suggested: frozenset[str]
    doubt: float
    probabilities: dict[str, float]
    words: dict[str, list[tuple[str, float]]]

    @property
    def text(self) -> str:
        """The paragraph."""
        return self.article.paragraphs[self.paragraph]

    @property
    def given(self) -> frozenset[str]:
        """The labels it has."""
        return self.article.labels[self.paragraph]


def audit(prepared: Prepared, configuration: Configuration, top: int, progress: Progress) -> list[Finding]:
    """The paragraphs whose labels the out-of-fold probabilities contradict, the most doubtful first.

    A paragraph is as doubtful as the most doubtful of its labels. A label that is given is as doubtful as its probability
    lies below its threshold, one that is not given as it lies above: self-confidence [1]_, measured from where the decision
    turns instead of from 0.5. On planted errors this ranks better than self-confidence, normalised margin and the sums
    and averages of cleanlab; see `tests/quality/planted_errors.py`.
    The words are those of the model of the whole corpus, which has seen the doubtful label: they explain, they do not judge.

    Args:
        prepared: the labelled articles; see `tagger.training.preparing.prepare`.
        configuration: the settings of the training that gives the probabilities.
        top: findings wanted at most.
        progress: told each step.

    Raises:
        TrainingDataError: the data cannot be trained on.

    .. [1] Northcutt, Jiang, Chuang (2021), Confident learning: estimating uncertainty in dataset labels.
    """
    corpus = prepared.corpus
    fitted = fit(corpus, prepared.event_types, configuration, progress)
    progress("words")
    probabilities = label_probabilities(fitted.scores, fitted.model, corpus.gold)
    found = doubts(probabilities, fitted.model.paragraph.threshold, corpus.gold)
    found[~corpus.known] = 0
    worst = found.max(axis=1)
    order = np.argsort(-worst, kind="stable")[:top]
    groups, places = corpus.groups, corpus.places
    findings = []
    for row in order[worst[order] > 0].tolist():
        article, place = corpus.articles[groups[row]], int(places[row])
        chances = {
            corpus.labels[column]: float(probabilities[row, column]) for column in np.flatnonzero(found[row] > 0)
        }
        suggested = article.labels[place].symmetric_difference(chances)
        findings.append(Finding(article, place, suggested, float(worst[row]), chances, {}))
    return list(_with_words(findings, fitted.model))


def label_probabilities(scores: Scores, model: Model, gold: Flags) -> Floats:
    """Probability of each label out of fold, shape (n_paragraphs, n_labels).

    What scores as page chrome has no score of its own: a label given there is at most as probable as that it is none.
    """
    chrome = model.boilerplate.probabilities(scores.boilerplate[:, None])
    probabilities = np.where(gold, 1 - chrome, 0.0)
    probabilities[scores.body] = model.paragraph.probabilities(scores.joint)
    return probabilities


def doubts(probabilities: Floats, threshold: Floats, gold: Flags) -> Floats:
    """How far each probability lies beyond the threshold from the label as given, −1 to 1: shape (n_paragraphs, n_labels).

    Args:
        probabilities: shape (n_paragraphs, n_labels).
        threshold: shape (n_labels,).
        gold: the labels given, shape (n_paragraphs, n_labels).
    """
    beyond = probabilities - threshold
    way = np.where(beyond < 0, threshold, 1 - threshold)
    return np.where(gold, -beyond, beyond) / np.maximum(way, 1e-12)


def _with_words(findings: Sequence[Finding], model: Model) -> Iterator[Finding]:
    tagger = Tagger(model)
    for finding in findings:
        paragraph = tagger.predict(finding.article.article).paragraphs[finding.paragraph]
        words = {label: _words(paragraph, label, label in finding.given) for label in finding.probabilities}
        yield replace(finding, words=words)


def _words(paragraph: ParagraphPrediction, label: str, given: bool) -> list[tuple[str, float]]:
    """The words that speak most against a label that is given, or for one that is not."""
    sums: dict[str, float] = {}
    for reason in paragraph.evidence(label):
        if reason.stop > reason.start:
            sums[reason.lemma] = sums.get(reason.lemma, 0.0) + reason.contribution
    speaking = [(word, weight) for word, weight in sums.items() if weight and (weight < 0) == given]
    return sorted(speaking, key=lambda part: -abs(part[1]))[:WORDS]
