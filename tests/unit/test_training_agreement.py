"""Agreement of two labellings: alpha by its definition, over the coincidences of all pairs."""

from itertools import permutations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from tagger.errors import TrainingDataError
from tagger.training.agreement import agreement, krippendorff_alpha
from tagger.training.corpus import Corpus, LabelledArticle

LABELS = ("award", "opening")


def alpha_by_coincidences(first, second):
    """Krippendorff (2011), step by step for nominal data and two observers."""
    coincidence = np.zeros((2, 2))
    for pair in zip(first, second, strict=True):
        for a, b in permutations(pair, 2):
            coincidence[int(a), int(b)] += 1
    n, marginal = coincidence.sum(), coincidence.sum(axis=1)
    observed = coincidence[0, 1] + coincidence[1, 0]
    expected = 2 * marginal[0] * marginal[1] / (n - 1)
    return 1 - observed / expected


@pytest.mark.parametrize("random_state", range(6))
def test_alpha_is_that_of_the_coincidence_matrix(random_state):
    random = np.random.default_rng(random_state)
    first = random.random(40) < 0.4
    second = first ^ (random.random(40) < 0.2)
    assert krippendorff_alpha(first, second) == pytest.approx(alpha_by_coincidences(first, second))


def test_alpha_of_the_example_in_krippendorffs_paper():
    """Two observers, ten units, binary: α = 0.095 (Krippendorff 2011, section A)."""
    meg = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], bool)
    owen = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0], bool)
    assert krippendorff_alpha(meg, owen) == pytest.approx(0.095, abs=5e-4)


def test_full_agreement_is_one_and_nothing_to_disagree_about_too():
    some = np.array([True, False, False])
    assert krippendorff_alpha(some, some) == 1
    assert krippendorff_alpha(np.zeros(3, bool), np.zeros(3, bool)) == 1


def corpus(*articles):
    made = []
    for name, parts in articles:
        texts = tuple(f"{name} {number}" for number in range(len(parts)))
        labels = tuple(frozenset(part) - {"chrome"} for part in parts)
        made.append(LabelledArticle(name, "", texts, labels, tuple("chrome" in part for part in parts), ""))
    return Corpus(tuple(made), LABELS, {})


ONE = corpus(("а", [["award"], [], ["chrome"]]), ("б", [["opening"], ["opening"]]), ("в", [[], []]))
TWO = corpus(("б", [["opening"], ["award"]]), ("а", [["award"], ["chrome"], ["chrome"]]), ("г", [["award"]]))


def test_articles_in_common_are_matched_by_text_whatever_their_order():
    count, levels = agreement(ONE, TWO)
    assert count == 2
    paragraph = {row.label: (row.first, row.second) for row in levels["paragraph"]}
    assert paragraph == {"award": (1, 2), "opening": (2, 1), "macro": (3, 3), "boilerplate": (1, 2)}
    article = {row.label: (row.first, row.second) for row in levels["article"]}
    assert article == {"award": (1, 2), "opening": (1, 1), "macro": (2, 3)}


def test_figures_are_those_of_the_paired_units():
    _, levels = agreement(ONE, TWO)
    gold = {"award": ([1, 0, 0, 0, 0], [1, 0, 0, 0, 1]), "opening": ([0, 0, 0, 1, 1], [0, 0, 0, 1, 0])}
    rows = {row.label: row for row in levels["paragraph"]}
    for label, (first, second) in gold.items():
        assert rows[label].f1 == pytest.approx(f1_score(first, second))
        assert rows[label].alpha == pytest.approx(alpha_by_coincidences(first, second))
    assert rows["macro"].f1 == pytest.approx(np.mean([rows[label].f1 for label in LABELS]))
    assert rows["macro"].alpha == pytest.approx(np.mean([rows[label].alpha for label in LABELS]))
    assert rows["boilerplate"].f1 == pytest.approx(f1_score([0, 0, 1, 0, 0], [0, 1, 1, 0, 0]))


def test_f1_is_the_same_both_ways():
    one, two = agreement(ONE, TWO)[1], agreement(TWO, ONE)[1]
    for level in ("paragraph", "article"):
        assert {row.label: row.f1 for row in one[level]} == pytest.approx({row.label: row.f1 for row in two[level]})


def test_nothing_in_common_is_refused():
    with pytest.raises(TrainingDataError, match="no article in common"):
        agreement(ONE, corpus(("д", [[]])))
