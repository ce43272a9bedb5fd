"""Locating: what people left open about articles, settled by a first training as far as it can be."""

from dataclasses import replace

import numpy as np

from tagger.training.corpus import Corpus
from tagger.training.records import LabelledArticle
from tagger.verdict import Verdicts


def is_open(article: LabelledArticle) -> bool:
    """Whether it has labels as a whole and paragraphs without, or was not labelled for all event types."""
    return bool(article.unasked) or _whole(article)


def presumed(corpus: Corpus) -> Corpus:
    """The corpus as a first training takes it: free of the event types that nobody looked for.

    Mostly that is true, and to leave these articles out instead lets a model of a few dozen articles of a new type find it
    everywhere in news it has not been shown.
    """
    return replace(corpus, articles=tuple(replace(article, unasked=frozenset()) for article in corpus.articles))


def located(corpus: Corpus, verdicts: Verdicts) -> Corpus:
    """The corpus with labels on every paragraph of the articles that are labelled as a whole.

    A label that the article carries goes to the paragraphs that the verdicts give it to, else to the most probable one: the
    instances of multiple-instance learning [1]_. What a person said of a paragraph stays. An event type that nobody looked
    for stays open where the verdicts find it, and is absent elsewhere: the reliable negatives of learning from positive and
    unlabelled examples [2]_.

    Args:
        corpus: labelled articles.
        verdicts: of models that were not taught their labels, for all its paragraphs.

    .. [1] Andrews, Tsochantaridis, Hofmann (2002), Support vector machines for multiple-instance learning.
    .. [2] Liu, Lee, Yu, Li (2002), Partially supervised classification of text documents.
    """
    stops = np.cumsum([len(article.paragraphs) for article in corpus.articles]).tolist()
    articles = []
    for number, (article, stop) in enumerate(zip(corpus.articles, stops, strict=True)):
        found = [name for name, given in zip(corpus.labels, verdicts.article_labels[number], strict=True) if given]
        if _whole(article):
            article = _located(article, corpus.labels, verdicts, slice(stop - len(article.paragraphs), stop))
        articles.append(replace(article, unasked=article.unasked & set(found)))
    return replace(corpus, articles=tuple(articles))


def _whole(article: LabelledArticle) -> bool:
    return article.article_labels is not None and not all(article.known)


def _located(article: LabelledArticle, names: tuple[str, ...], verdicts: Verdicts, rows: slice) -> LabelledArticle:
    labels = [set(given) for given in article.labels]
    free = ~np.array(article.known) & ~verdicts.boilerplate[rows]
    carried = article.article_labels or frozenset()
    for column in [column for column, name in enumerate(names) if name in carried and free.any()]:
        name = names[column]
        given = free & verdicts.labels[rows, column]
        if not given.any() and not any(name in known for known in labels):
            given[np.where(free, verdicts.probabilities[rows, column], -1).argmax()] = True
        for number in np.flatnonzero(given):
            labels[number].add(name)
    chrome = zip(article.known, article.boilerplate, verdicts.boilerplate[rows].tolist(), strict=True)
    return replace(
        article,
        labels=tuple(map(frozenset, labels)),
        boilerplate=tuple(old if known else new for known, old, new in chrome),
        known=(True,) * len(labels),
    )
