"""Statistics of the training corpus: what a manifest keeps of it, checked against counts made by hand."""

import pytest

from tagger.lemmas import lemma_of
from tagger.tokens import TOKEN
from tagger.training.corpus_statistics import corpus_statistics, unknown_shares
from tagger.verdict import decide


def by_hand(corpus, model, number, min_df):
    """Share of an article's words that do not occur in ``min_df`` paragraphs of other articles."""
    lemmas = [
        [{lemma_of(form) for form in TOKEN.findall(text)} for text in article.paragraphs] for article in corpus.articles
    ]
    words = [lemma_of(form) for text in corpus.articles[number].paragraphs for form in TOKEN.findall(text)]
    others = [found for place, article in enumerate(lemmas) if place != number for found in article]
    known = set(model.vocabulary.lemmas)
    unknown = [word for word in words if word not in known or sum(word in found for found in others) < min_df]
    return len(unknown) / len(words)


def test_unknown_words_are_those_that_other_articles_do_not_teach(tiny_corpus, tiny_model):
    shares = unknown_shares(tiny_corpus, tiny_model, 2)
    assert shares.shape == (24,)
    for number in (0, 5, 11, 23):
        assert shares[number] == pytest.approx(by_hand(tiny_corpus, tiny_model, number, 2))
    assert shares.min() < shares.max() <= 1


def test_statistics_are_those_of_the_verdicts(tiny_corpus, tiny_model, tiny_fit):
    verdicts = decide(tiny_fit.scores, tiny_model)
    found = corpus_statistics(tiny_corpus, tiny_model, verdicts, 2)
    assert found["articles"] == 24
    for label, column in zip(tiny_model.labels, verdicts.article_labels.T, strict=True):
        assert found["labels"][label] == pytest.approx(column.sum() / 24, abs=1e-4)
    assert found["to_review"] == pytest.approx(verdicts.article_review.any(axis=1).mean(), abs=1e-4)
    chrome = []
    for number, article in enumerate(tiny_corpus.articles):
        flags = verdicts.boilerplate[tiny_corpus.groups == number]
        sizes = [len(text) for text in article.paragraphs]
        chrome.append(sum(size for size, flag in zip(sizes, flags, strict=True) if flag) / sum(sizes))
    assert found["page_chrome"] == pytest.approx(sum(chrome) / 24, abs=1e-3)
