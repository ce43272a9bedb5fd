"""Row T9 of the fault contract: an article's near-duplicates are in its own fold."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from tagger.codebook import read_codebook
from tagger.tokens import TOKEN
from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus
from tagger.training.duplicates import groups

FOLDS = 3
SAME_NEWS = " ".join(f"слово{'абвгдежзик'[number % 10]}{'лмнопрст'[number // 10]}" for number in range(80))


def reprint(article, number):
    """The article with the same long report in it and another last word."""
    parts = (f"{SAME_NEWS} {article.paragraphs[-2]}", *article.paragraphs[1:])
    return replace(article, paragraphs=parts, boilerplate=(False, *article.boilerplate[1:]), id=f"r{number}")


@pytest.fixture(scope="module")
def reprinted(tiny_corpus) -> Corpus:
    """The miniatures, six of them as reprints of one report, ordered as for training."""
    articles = tuple(reprint(a, n) if n % 4 == 0 else a for n, a in enumerate(tiny_corpus.articles))
    return replace(tiny_corpus, articles=articles).ordered()


def shingles(article):
    texts = [text for text, chrome in zip(article.paragraphs, article.boilerplate, strict=True) if not chrome]
    words = [word.lower() for text in texts for word in TOKEN.findall(text)]
    return {tuple(words[start : start + 5]) for start in range(len(words) - 4)}


def test_t09_no_pair_of_near_duplicates_is_in_two_folds(reprinted):
    sets, fold_of = [shingles(article) for article in reprinted.articles], groups(reprinted) % FOLDS
    alike = [
        (one, other)
        for one, other in combinations(range(len(sets)), 2)
        if sets[one] and len(sets[one] & sets[other]) >= 0.5 * len(sets[one] | sets[other])
    ]
    assert len(alike) == 15
    assert [pair for pair in alike if fold_of[pair[0]] != fold_of[pair[1]]] == []
    assert len(set(fold_of.tolist())) == FOLDS


def test_t09_how_a_reprint_is_marked_has_no_influence_on_an_articles_score(
    reprinted, tiny_corpus_path, first_chrome_scores
):
    """Seen through the whole fitting: were a reprint in another fold, the article would be judged by its answer."""
    event_types = read_codebook((tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8"))
    first, *others = [number for number, article in enumerate(reprinted.articles) if article.id.startswith("r")]
    articles = tuple(
        replace(article, boilerplate=(False, *(not flag for flag in article.boilerplate[1:])))
        if number in others
        else article
        for number, article in enumerate(reprinted.articles)
    )
    before, after = (
        first_chrome_scores(corpus, event_types, Configuration(folds=FOLDS))
        for corpus in (reprinted, replace(reprinted, articles=articles))
    )
    own, other_fold = reprinted.groups == first, reprinted.groups % FOLDS != first % FOLDS
    np.testing.assert_array_equal(after[own], before[own])
    stranger = other_fold & ~np.isin(reprinted.groups, others)
    assert (np.abs(after - before)[stranger] > 1e-2).mean() > 0.9
