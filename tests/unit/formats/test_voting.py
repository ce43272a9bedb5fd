"""Votes of several annotators."""

from tagger.training.formats.labelling import BadRecord, Labelling, LeftOut
from tagger.training.formats.voting import settle


def said(annotator, labels, parts=None, task="t"):
    def given(names):
        return None if names is None else frozenset(names.split())

    split = None if parts is None else tuple(map(given, parts))
    return Labelling("f:1", "раз\nдва", given(labels), "id", parts=split, annotator=annotator, task=task)


def settled(*labellings):
    items = list(settle(labellings))
    (found,) = (item for item in items if isinstance(item, Labelling))
    return found, [item.message for item in items if isinstance(item, BadRecord)]


def test_more_than_half_decide():
    found, ties = settled(said("a", "x y"), said("b", "x"), said("c", "z"))
    assert (found.labels, ties) == (frozenset({"x"}), [])


def test_half_is_a_tie():
    found, ties = settled(said("a", "x y"), said("b", "x"))
    assert (found.labels, ties) == (None, ["2 annotators are split on y; let another one decide"])


def test_a_tie_in_a_paragraph_leaves_that_paragraph_unlabelled():
    found, ties = settled(said("a", None, ["x", "y"]), said("b", None, ["x", ""]))
    assert (found.parts, ties) == (
        (frozenset({"x"}), None),
        ["2 annotators are split on y in paragraph 1; let another one decide"],
    )


def test_the_last_word_of_an_annotator_counts():
    items = list(settle([said("a", "x"), said("a", "y")]))
    assert items[0] == LeftOut("annotations replaced by a later one of the same annotator")
    assert items[1].labels == frozenset({"y"})


def test_who_said_nothing_has_no_vote():
    found, ties = settled(said("a", None), said("b", "x"))
    assert (found.labels, ties) == (frozenset({"x"}), [])


def test_texts_without_task_are_never_put_together():
    assert len(list(settle([said("a", "x", task=""), said("a", "x", task="")]))) == 2
