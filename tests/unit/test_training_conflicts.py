"""Texts given more than once: kept once, and never silently with the wrong labels."""

from dataclasses import replace

import pytest

from tagger.errors import TrainingDataError
from tagger.training.conflicts import agree, repeated, settle
from tagger.training.corpus import Corpus
from tagger.training.records import LabelledArticle

LABELS = ("award", "opening")


def article(where, *labels, text="Текст"):
    """An article with these labels on its paragraphs; «chrome» marks boilerplate."""
    texts = tuple(f"{text} {number}" for number in range(len(labels)))
    given = tuple(frozenset(names) - {"chrome"} for names in labels)
    return LabelledArticle(where, "", texts, given, tuple("chrome" in names for names in labels), where)


def corpus(*articles):
    return Corpus(articles, LABELS, {})


SAME = (article("a:1", ["award"], []), article("a:2", ["award"], []), article("a:3", [], [], text="Другой"))
OTHER = (article("a:1", ["award"], []), article("b:7", ["opening"], ["chrome"]), article("a:3", [], [], text="Другой"))


def test_texts_given_twice_are_found_in_the_order_read():
    assert [[copy.where for copy in copies] for copies in repeated(corpus(*SAME))] == [["a:1", "a:2"]]
    assert repeated(corpus(SAME[0], SAME[2])) == []


def test_copies_agree_on_labels_and_on_boilerplate():
    assert agree(SAME[:2])
    assert not agree((SAME[0], article("c", ["award"], ["award"])))
    assert not agree((SAME[0], article("c", ["award"], ["chrome"])))


@pytest.mark.parametrize("policy", ["refuse", "union", "drop"])
def test_copies_that_agree_are_kept_once_whatever_the_policy(policy):
    settled, notes = settle(corpus(*SAME), policy)
    assert [kept.where for kept in settled.articles] == ["a:1", "a:3"]
    assert len(notes) == 1
    assert "1 duplicate" in notes[0]


def test_nothing_repeated_is_nothing_to_tell():
    settled, notes = settle(corpus(SAME[0], SAME[2]), "refuse")
    assert len(settled) == 2
    assert notes == []


def test_conflicting_copies_are_refused_with_their_places():
    with pytest.raises(TrainingDataError) as caught:
        settle(corpus(*OTHER), "refuse")
    assert "a:1 = b:7: paragraphs[0] is award / opening" in str(caught.value)


def test_conflicting_copies_are_united():
    settled, notes = settle(corpus(*OTHER), "union")
    kept = settled.articles[0]
    assert kept.labels == (frozenset({"award", "opening"}), frozenset())
    assert kept.boilerplate == (False, False)
    assert any("united" in note for note in notes)


def test_conflicting_copies_are_dropped():
    settled, notes = settle(corpus(*OTHER), "drop")
    assert [kept.where for kept in settled.articles] == ["a:3"]
    assert any("dropped" in note for note in notes)


def test_a_text_with_line_ends_and_the_same_text_cut_there_are_two_texts_or_one_that_can_be_united():
    whole = LabelledArticle("a", "", ("раз\nдва",), (frozenset({"award"}),), (False,), "a")
    cut = LabelledArticle("b", "", ("раз", "два"), (frozenset(), frozenset()), (False, False), "b")
    settled, _ = settle(corpus(whole, cut), "union")
    assert len(settled) == 2


def whole(where, labels, like):
    """A copy of an article that is labelled as a whole."""
    size = len(like.paragraphs)
    nothing = (frozenset(),) * size
    return replace(
        like, where=where, labels=nothing, boilerplate=(False,) * size, known=(False,) * size, article_labels=labels
    )


def test_a_copy_labelled_as_a_whole_agrees_if_its_labels_are_the_same_and_the_labelled_paragraphs_stay():
    first = SAME[0]
    copy = whole("b", frozenset({"award"}), first)
    assert agree((copy, first))
    settled, _ = settle(corpus(copy, first), "refuse")
    assert len(settled) == 1
    assert settled.articles[0].labels == first.labels
    assert settled.known.all()
    assert not agree((whole("b", frozenset({"opening"}), first), first))
    with pytest.raises(TrainingDataError, match="b = a:1: the article is opening / award"):
        settle(corpus(whole("b", frozenset({"opening"}), first), first), "refuse")


def test_copies_do_not_disagree_on_what_one_was_not_labelled_for():
    other = replace(article("b", ["opening"], []), unasked=frozenset({"award"}))
    assert not agree((SAME[0], other))
    silent = replace(article("b", [], []), unasked=frozenset({"award"}))
    assert agree((SAME[0], silent))
    settled, _ = settle(corpus(silent, SAME[0]), "refuse")
    assert settled.articles[0].labels == SAME[0].labels
    assert settled.articles[0].unasked == frozenset()
