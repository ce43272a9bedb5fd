"""Statistics: what the training corpus is like to the model, kept in the artifact so that drift can be told."""

from typing import Any

import numpy as np

from tagger.batch import chrome_shares
from tagger.drift import Tally
from tagger.model import Model
from tagger.training.corpus import Corpus
from tagger.verdict import Verdicts
from tagger.vocabulary import Floats


def corpus_statistics(corpus: Corpus, model: Model, verdicts: Verdicts, min_df: int) -> dict[str, Any]:
    """A `tagger.drift.Statistics` of the corpus as JSON-able values.

    Args:
        corpus: the labelled articles.
        model: trained on them.
        verdicts: about them, out of fold.
        min_df: paragraphs that a lemma of the vocabulary occurs in.
    """
    tally = Tally(model.labels)
    columns = (
        unknown_shares(corpus, model, min_df).tolist(),
        chrome_shares([article.article for article in corpus.articles], verdicts.boilerplate).tolist(),
        verdicts.article_labels.tolist(),
        np.asarray(verdicts.article_review.any(axis=1)).tolist(),
    )
    for unknown, chrome, given, review in zip(*columns, strict=True):
        labels = [label for label, flag in zip(model.labels, given, strict=True) if flag]
        tally.add(unknown, chrome, labels, review=review)
    return tally.statistics().to_dict()


def unknown_shares(corpus: Corpus, model: Model, min_df: int) -> Floats:
    """Share of each article's words that a vocabulary learnt without the article would not know, shape (n_articles,).

    The model's own vocabulary knows too many words of its corpus: it was learnt from them.
    """
    texts = [text for article in corpus.articles for text in article.paragraphs]
    ids, starts = model.chunks.lemma_ids(texts)
    size = len(model.vocabulary.lemmas)
    articles = corpus.groups
    paragraph = np.repeat(np.arange(len(texts)), np.diff(starts))
    known = np.flatnonzero(ids >= 0)
    seen = np.unique(paragraph[known] * size + ids[known])  # each lemma once a paragraph
    frequency = np.bincount(seen % size, minlength=size)
    keys, own = np.unique(articles[seen // size] * size + seen % size, return_counts=True)
    here = own[np.searchsorted(keys, articles[paragraph[known]] * size + ids[known])]
    elsewhere = frequency[ids[known]] - here >= min_df
    words = np.bincount(articles[paragraph], minlength=len(corpus))
    found = np.bincount(articles[paragraph[known[elsewhere]]], minlength=len(corpus))
    return np.asarray(1 - found / np.maximum(words, 1))
