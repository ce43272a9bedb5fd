"""Support: what is enough to learn a label from, by counting."""

import numpy as np
import pytest

from tagger.errors import TrainingDataError
from tagger.training.corpus import Corpus
from tagger.training.records import LabelledArticle
from tagger.training.support import BOILERPLATE, check_folds, faults, supports, too_few, unmarked

LABELS = ("award", "opening")


def corpus(*labels, chrome=True):
    """An article for each list of labels: a paragraph with them, one without, and page chrome if wanted."""
    articles = []
    for number, names in enumerate(labels):
        given = (frozenset(names), frozenset(), frozenset())
        texts = (f"Текст {number}", "Ещё", "Меню")
        articles.append(LabelledArticle(str(number), "", texts, given, (False, False, chrome), ""))
    return Corpus(tuple(articles), LABELS, {})


def found(made, groups=None):
    return supports(made, np.arange(len(made)) if groups is None else np.array(groups))


def test_support_counts_articles_paragraphs_and_different_texts():
    made = corpus(["award"], ["award"], ["opening"], [], ["award", "opening"])
    award, opening, chrome = found(made, [0, 0, 2, 3, 3])
    assert (award.label, award.articles, award.paragraphs, award.distinct) == ("award", 3, 3, (2, 2))
    assert (opening.label, opening.articles, opening.distinct) == ("opening", 2, (2, 2))
    assert (chrome.label, chrome.articles, chrome.paragraphs, chrome.distinct) == (BOILERPLATE, 5, 5, (3, 0))


def test_enough_of_everything_is_no_fault():
    support = found(corpus(*[["award"]] * 5, *[["opening"]] * 5))
    assert faults(support, 5) == []
    assert too_few(support, 5) == []


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([["award"]] * 8, "label 'opening': no article carries it"),
        ([["award", "opening"]] * 6 + [["opening"]] * 6, "label 'opening': 12 articles carry it and 0 do not"),
        ([["award"]] * 3 + [["opening"]] * 4, "no label has 5 articles, the most frequent one has 4"),
        ([[]] * 12, "none of the 2 labels is on any article"),
    ],
)
def test_what_cannot_be_trained_on_is_told(labels, message):
    problems = faults(found(corpus(*labels)), 5)
    assert any(message in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("marked", "refused", "told"), [(0, False, True), (1, True, False), (4, True, False), (5, False, False)]
)
def test_page_chrome_is_marked_in_enough_articles_or_in_none(marked, refused, told):
    labels = [["award"]] * 6 + [["opening"]] * 6
    with_it, without = corpus(*labels[:marked]), corpus(*labels[marked:], chrome=False)
    support = found(Corpus(with_it.articles + without.articles, LABELS, {}))
    message = f"boilerplate: {marked} articles have page chrome marked; at least 5 must, or none"
    assert [problem.startswith(message) for problem in faults(support, 5)] == [True] * refused
    assert [note.startswith("no page chrome is marked") for note in unmarked(support)] == [True] * told


def test_a_label_on_few_articles_can_be_left_out():
    support = found(corpus(*[["award"]] * 4, *[["opening"]] * 6))
    assert [few.label for few in too_few(support, 5)] == ["award"]
    assert too_few(support, 4) == []


def test_near_duplicates_count_once():
    support = found(corpus(*[["award"]] * 6, *[["opening"]] * 6), [0, 0, 0, 3, 4, 5, *range(6, 12)])
    assert [few.label for few in too_few(support, 5)] == ["award"]


@pytest.mark.parametrize(("present", "word"), [([1, 1, 0, 0, 0, 0], "with"), ([0, 0, 1, 1, 1, 1], "without")])
def test_a_label_that_one_fold_holds_alone_is_refused(present, word):
    gold = np.array(present, bool)[:, None]
    with pytest.raises(TrainingDataError, match=f"label 'award': all paragraphs {word} it"):
        check_folds(("award",), gold, np.ones_like(gold), np.array([0, 0, 1, 1, 2, 2]))


def test_a_label_in_two_folds_and_missing_in_two_is_fine():
    gold = np.array([[1], [0], [1], [0]], bool)
    check_folds(("award",), gold, np.ones_like(gold), np.array([0, 0, 1, 1]))


def test_what_is_not_known_of_a_label_does_not_count_for_a_fold():
    gold, known = np.array([[1], [0], [1], [0]], bool), np.array([[1], [1], [0], [1]], bool)
    with pytest.raises(TrainingDataError, match="label 'award': all paragraphs with it"):
        check_folds(("award",), gold, known, np.array([0, 0, 1, 1]))
