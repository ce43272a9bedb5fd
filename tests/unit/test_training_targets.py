"""Targets: what is taught of labels that are known for paragraphs, for whole articles only, or not at all."""

from dataclasses import replace

import numpy as np
import pytest

from tagger.training.corpus import Corpus
from tagger.training.records import LabelledArticle
from tagger.training.targets import learn_targets

LABELS = ("award", "opening")


def labelled(number, *labels):
    """Paragraphs with labels."""
    texts = tuple(f"Текст {number} {place}" for place in range(len(labels)))
    return LabelledArticle(str(number), "", texts, tuple(map(frozenset, labels)), (False,) * len(labels), str(number))


def whole(number, labels, size=2):
    """An article labelled as a whole."""
    blank = labelled(number, *[[]] * size)
    return replace(blank, known=(False,) * size, article_labels=frozenset(labels))


def targets(*articles, least=1):
    corpus = Corpus(articles, LABELS, {})
    return learn_targets(corpus, corpus, np.arange(len(articles)), least)


def cells(flags):
    return np.array(flags, int).tolist()


def test_labels_of_paragraphs_are_learnt_and_judged_as_they_are():
    found = targets(labelled(1, ["award"], []), labelled(2, [], ["award", "opening"]))
    assert cells(found.gold) == [[1, 0], [0, 0], [0, 0], [1, 1]]
    assert found.known.all()
    assert found.judged.all()


def test_a_whole_article_teaches_what_none_of_its_paragraphs_carries():
    found = targets(labelled(1, ["award"], ["opening"]), whole(2, ["award"]))
    assert cells(found.gold)[2:] == [[0, 0], [0, 0]]
    assert cells(found.known)[2:] == [[0, 1], [0, 1]]
    assert cells(found.judged)[2:] == [[0, 0], [0, 0]]


@pytest.mark.parametrize(("least", "spread"), [(1, False), (2, True)])
def test_a_label_that_too_few_labelled_paragraphs_teach_is_taken_to_be_on_all(least, spread):
    taught = [labelled(number, [], ["opening"]) for number in (1, 2)]
    found = targets(*taught, labelled(3, ["award"], []), whole(4, ["award"]), least=least)
    assert cells(found.gold[-2:, 0]) == cells(found.known[-2:, 0]) == [int(spread)] * 2
    assert cells(found.known[-2:, 1]) == [1, 1]
    assert cells(found.judged[:, 0])[-2:] == [int(spread)] * 2


def test_what_was_not_looked_for_is_not_learnt():
    found = targets(replace(labelled(1, ["award"], []), unasked=frozenset({"opening"})), labelled(2, [], ["opening"]))
    assert cells(found.known) == [[1, 0], [1, 0], [1, 1], [1, 1]]


def test_a_part_of_an_article_lacks_what_the_whole_lacks():
    parent = whole(1, ["award"], size=3)
    part = replace(parent, paragraphs=parent.paragraphs[1:], labels=parent.labels[1:], known=parent.known[1:])
    part = replace(part, boilerplate=parent.boilerplate[1:], article_labels=None)
    taught = labelled(2, ["award"], ["opening"])
    found = learn_targets(
        Corpus((parent, taught), LABELS, {}), Corpus((parent, taught, part), LABELS, {}), np.array([0, 1, 0]), 1
    )
    assert cells(found.known)[-2:] == [[0, 1], [0, 1]]


def test_those_of_some_paragraphs_are_the_rows():
    found = targets(labelled(1, ["award"], []), whole(2, ["opening"]))
    some = found.of(np.array([3, 0]))
    for name in ("gold", "known", "judged"):
        np.testing.assert_array_equal(getattr(some, name), getattr(found, name)[[3, 0]])
