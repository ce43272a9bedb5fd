"""Support: whether there are enough articles to learn each label from."""

from dataclasses import dataclass

import numpy as np

from tagger.errors import TrainingDataError
from tagger.training.corpus import Corpus
from tagger.verdict import Flags
from tagger.vocabulary import Ints

BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Support:
    """How much of a corpus carries a label.

    Attributes:
        label: the event type's id, or `BOILERPLATE`.
        articles, paragraphs: how many carry it.
        distinct: how many articles with it, and how many without it, near-duplicates counted once.
    """

    label: str
    articles: int
    paragraphs: int
    distinct: tuple[int, int]


def supports(corpus: Corpus, groups: Ints) -> list[Support]:
    """Support of every label, boilerplate last.

    Args:
        corpus: labelled articles.
        groups: shape (n_articles,), `tagger.training.duplicates.groups`.
    """
    paragraphs = np.hstack([corpus.gold, corpus.boilerplate[:, None]])
    chrome = np.zeros((len(corpus), 2), bool)
    np.logical_or.at(chrome, corpus.groups, np.stack([corpus.boilerplate, corpus.known], axis=1))
    with_it = np.hstack([corpus.article_gold, chrome[:, :1]])
    known = with_it | np.hstack([corpus.article_known, chrome[:, 1:]])
    return [
        Support(
            label,
            int(with_it[:, column].sum()),
            int(paragraphs[:, column].sum()),
            (_count(groups[with_it[:, column]]), _count(groups[known[:, column] & ~with_it[:, column]])),
        )
        for column, label in enumerate((*corpus.labels, BOILERPLATE))
    ]


def faults(found: list[Support], least: int) -> list[str]:
    """What no model can be trained on, for people: a label on nothing or on everything, and no label to learn at all."""
    events, chrome = found[:-1], found[-1]
    problems = []
    if chrome.articles and chrome.distinct[0] < least:
        problems.append(
            f"boilerplate: {chrome.articles} articles have page chrome marked; at least {least} must, or none; "
            "mark more or add those of the seed corpus"
        )
    if not any(support.articles for support in events):
        return [*problems, f"none of the {len(events)} labels is on any article; label some"]
    for support in events:
        if not support.articles:
            problems.append(
                f"label {support.label!r}: no article carries it; label some or take it out of the event types"
            )
        elif support.distinct[1] < least:
            problems.append(
                f"label {support.label!r}: {support.articles} articles carry it and {support.distinct[1]} do not; "
                f"at least {least} must not, add articles without it"
            )
    if all(support.distinct[0] < least for support in events):
        most = max(support.distinct[0] for support in events)
        problems.append(
            f"no label has {least} articles, the most frequent one has {most}; label more or lower --min-articles"
        )
    return problems


def unmarked(found: list[Support]) -> list[str]:
    """That a model will know no page chrome, for people, if none is marked."""
    if found[-1].articles:
        return []
    return ["no page chrome is marked: none will be recognised; mark menus and teasers as boilerplate"]


def too_few(found: list[Support], least: int) -> list[Support]:
    """Labels on some articles, but on fewer than ``least`` different ones."""
    return [support for support in found[:-1] if support.articles and support.distinct[0] < least]


def check_folds(labels: tuple[str, ...], gold: Flags, known: Flags, fold_of: Ints) -> None:
    """Make sure that what is left without any one fold has paragraphs with and without every label.

    Args:
        labels: names of the columns.
        gold: shape (n, n_labels).
        known: shape (n, n_labels); elsewhere ``gold`` does not count.
        fold_of: shape (n,).

    Raises:
        TrainingDataError: all paragraphs with a label, or without it, are in one fold.
    """
    for column, label in enumerate(labels):
        for present in (True, False):
            folds = np.unique(fold_of[known[:, column] & (gold[:, column] == present)])
            if len(folds) < 2:
                raise TrainingDataError(
                    f"label {label!r}: all paragraphs {'with' if present else 'without'} it fall into one part of the "
                    "cross-validation, which would leave the others nothing to learn it from; label more articles"
                )


def _count(groups: Ints) -> int:
    return len(np.unique(groups))
