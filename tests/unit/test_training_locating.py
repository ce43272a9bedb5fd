"""Locating: what was left open is settled by verdicts, and what a person said stays."""

from dataclasses import replace

import numpy as np
import pytest

from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus
from tagger.training.fitting import fit
from tagger.training.locating import is_open, located, presumed
from tagger.training.records import LabelledArticle
from tagger.verdict import Verdicts

LABELS = ("award", "opening")
OPEN = (False, False, False)


def article(labels=((), (), ()), known=OPEN, whole=("award",), **fields):
    texts = ("Раз", "Два", "Три")
    given = tuple(map(frozenset, labels))
    made = LabelledArticle("a", "", texts, given, (False,) * 3, "a", known, None if whole is None else frozenset(whole))
    return replace(made, **fields)


def verdicts(probabilities, boilerplate=(False,) * 3, threshold=0.5):
    """Of one article, by the probabilities of its paragraphs for the first label; the other one has none."""
    chances = np.zeros((3, 2))
    chances[:, 0] = probabilities
    nothing = np.zeros((1, 2))
    given = chances >= threshold
    return Verdicts(
        np.array(boilerplate), np.zeros(3), chances, chances, given, given, nothing, given.any(axis=0)[None], given[:1]
    )


def settle(made, found):
    return located(Corpus((made,), LABELS, {}), found).articles[0]


def names(made):
    return [sorted(labels) for labels in made.labels]


def test_the_label_goes_where_the_verdicts_give_it():
    made = settle(article(), verdicts([0.9, 0.1, 0.8]))
    assert names(made) == [["award"], [], ["award"]]
    assert all(made.known)


def test_else_it_goes_to_the_most_probable_paragraph_that_is_no_page_chrome():
    made = settle(article(), verdicts([0.2, 0.3, 0.4], boilerplate=(False, False, True)))
    assert names(made) == [[], ["award"], []]
    assert made.boilerplate == (False, False, True)


def test_a_label_that_the_article_does_not_carry_goes_nowhere():
    assert names(settle(article(whole=["opening"]), verdicts([0.9, 0.1, 0.1])))[0] == ["opening"]
    assert names(settle(article(whole=[]), verdicts([0.9, 0.9, 0.9]))) == [[], [], []]


def test_what_a_person_said_of_a_paragraph_stays():
    made = settle(article([["award"], [], []], (True, True, False)), verdicts([0.1, 0.9, 0.2]))
    assert names(made) == [["award"], [], []]


def test_an_article_of_page_chrome_alone_carries_nothing():
    made = settle(article(), verdicts([0.9] * 3, boilerplate=(True,) * 3))
    assert names(made) == [[], [], []]


@pytest.mark.parametrize(("probability", "left"), [(0.9, {"award"}), (0.1, set())])
def test_what_was_not_looked_for_stays_open_only_where_it_is_found(probability, left):
    made = article(known=(True,) * 3, whole=None, unasked=frozenset(LABELS))
    assert settle(made, verdicts([probability, 0.1, 0.1])).unasked == left
    assert presumed(Corpus((made,), LABELS, {})).articles[0].unasked == frozenset()


def test_what_is_open_and_what_is_not():
    assert is_open(article())
    assert is_open(article(known=(True,) * 3, whole=None, unasked=frozenset({"award"})))
    assert not is_open(article(known=(True,) * 3, whole=None))
    assert not is_open(article([["award"], [], []], (True, False, False), whole=None))


def test_whole_articles_teach_what_their_words_say(tiny_corpus, tiny_corpus_path):
    """Half of the miniatures without labels of paragraphs; their words still get weights of the right sign."""
    from tagger.codebook import read_codebook

    event_types = read_codebook((tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8"))
    halved = tuple(
        replace(made, known=(False,) * size, labels=(frozenset(),) * size, boilerplate=(False,) * size)
        if number % 2 and (size := len(made.paragraphs))
        else made
        for number, made in enumerate(tiny_corpus.articles)
    )
    steps = []
    corpus = replace(tiny_corpus, articles=halved)
    found = fit(corpus, event_types, Configuration(folds=3, min_articles=2), steps.append)
    assert steps[0] == "open labels"
    ids, own = found.model.vocabulary.ids, found.model.weights.coef[:, 0]
    assert own[ids["премия"], 1] > 0 > own[ids["премия"], 2]
    known = replace(tiny_corpus, articles=halved[::2]).ordered()
    alone = fit(known, event_types, Configuration(folds=3, min_articles=2), lambda _: None)
    assert len(found.model.vocabulary) > len(alone.model.vocabulary)
