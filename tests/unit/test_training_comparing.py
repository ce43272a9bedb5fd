"""Comparing two models: figures, paired intervals against a plain loop over resamplings, and what changed."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import f1_score

import tagger.training.comparing
from tagger.errors import TrainingDataError
from tagger.training.comparing import compare
from tagger.training.evaluation import evaluate, verdicts_on
from tagger.training.metrics import bootstrap_weights


@pytest.fixture(scope="module")
def strict(tiny_model):
    """The tiny model with thresholds so high that it misses much."""
    return replace(
        tiny_model,
        paragraph=replace(tiny_model.paragraph, threshold=np.array([0.999, 0.9])),
        article=replace(tiny_model.article, threshold=np.array([0.999, 0.9])),
    )


@pytest.fixture(scope="module")
def found(tiny_model, strict, tiny_corpus):
    return compare(tiny_model, strict, tiny_corpus)


def test_the_figures_are_those_of_either_evaluation(found, tiny_model, strict, tiny_corpus):
    a, b = evaluate(tiny_model, tiny_corpus), evaluate(strict, tiny_corpus)
    for level in ("paragraph", "article"):
        rows = getattr(found, level)
        assert tuple(row.a for row in rows) == getattr(a, level)
        assert tuple(row.b for row in rows) == getattr(b, level)
    assert (found.boilerplate.a, found.boilerplate.b) == (a.boilerplate, b.boilerplate)
    assert (found.n_articles, found.n_paragraphs) == (24, len(tiny_corpus.groups))


def test_intervals_come_from_the_same_resampled_articles(tiny_model, strict, tiny_corpus, monkeypatch):
    monkeypatch.setattr(tagger.training.comparing, "SAMPLES", 25)
    rows = compare(tiny_model, strict, tiny_corpus).paragraph
    given = [verdicts_on(tiny_corpus, model).labels for model in (tiny_model, strict)]
    gaps = []
    for weights in bootstrap_weights(24, 25, 0):
        chosen = np.concatenate([np.flatnonzero(tiny_corpus.groups == n) for n in np.repeat(np.arange(24), weights)])
        gold = tiny_corpus.gold[chosen]
        scores = [
            [
                *f1_score(gold, side[chosen], average=None, zero_division=0),
                f1_score(gold, side[chosen], average="micro"),
            ]
            for side in given
        ]
        gaps.append(np.subtract(scores[1], scores[0]))
    for row, values in zip([rows[0], rows[1], rows[3]], np.transpose(gaps), strict=True):
        assert row.f1_interval == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))


def test_a_model_compared_with_itself_has_no_difference(tiny_model, tiny_corpus):
    same = compare(tiny_model, tiny_model, tiny_corpus)
    assert same.changes == ()
    for row in (*same.paragraph, *same.article, same.boilerplate):
        assert (row.f1, row.f1_interval, row.clear) == (0, (0, 0), False)


def test_the_other_way_round_everything_is_reversed(found, tiny_model, strict, tiny_corpus):
    back = compare(strict, tiny_model, tiny_corpus)
    for row, other in zip(found.paragraph, back.paragraph, strict=True):
        assert other.f1 == -row.f1
        assert other.f1_interval == pytest.approx((-row.f1_interval[1], -row.f1_interval[0]))
    assert {(change.where, change.paragraph) for change in back.changes} == {
        (change.where, change.paragraph) for change in found.changes
    }
    assert sum(change.worse for change in back.changes) < sum(change.worse for change in found.changes)


def test_equal_calls_give_equal_answers(found, tiny_model, strict, tiny_corpus):
    assert compare(tiny_model, strict, tiny_corpus) == found


def test_a_change_says_what_became_of_a_paragraph(found, tiny_corpus):
    assert found.changes
    by_where = {article.where: article for article in tiny_corpus.articles}
    for change in found.changes:
        article = by_where[change.where]
        assert change.text == article.paragraphs[change.paragraph - 1]
        assert change.gold == article.labels[change.paragraph - 1]
        assert change.label in change.a ^ change.b
        assert change.worse == bool((change.a ^ change.b) & (change.b ^ change.gold))
        assert change.worse == (change.label in change.b ^ change.gold)


def test_what_became_wrong_comes_first_and_the_surest_of_it(tiny_model, strict, tiny_corpus):
    # That every other article has no label makes some changes good and others bad.
    mixed = replace(
        tiny_corpus,
        articles=tuple(
            replace(article, labels=(frozenset(),) * len(article.labels), article_labels=None)
            if number % 2
            else article
            for number, article in enumerate(tiny_corpus.articles)
        ),
    )
    changes = compare(tiny_model, strict, mixed).changes
    order = [(not change.worse, -change.certainty) for change in changes]
    assert order == sorted(order)
    assert {change.worse for change in changes} == {True, False}


def test_unlabelled_paragraphs_change_nothing(tiny_model, strict, tiny_corpus):
    unknown = tuple(
        replace(article, known=(False,) * len(article.paragraphs), article_labels=None)
        for article in tiny_corpus.articles
    )
    assert compare(tiny_model, strict, replace(tiny_corpus, articles=unknown)).changes == ()


def renamed(model, **names):
    kinds = tuple(replace(kind, id=names.get(kind.id, kind.id)) for kind in model.event_types)
    return replace(model, event_types=kinds)


def test_only_common_labels_are_compared_whatever_their_order(tiny_model, tiny_corpus):
    other = renamed(tiny_model, award="prize")
    both = replace(tiny_corpus, labels=("award", "opening", "prize"))
    found = compare(tiny_model, other, both)
    assert (found.only_a, found.only_b) == (("award",), ("prize",))
    assert [row.a.label for row in found.paragraph] == ["opening", "macro", "micro"]
    assert found.paragraph[0].f1 == 0
    assert found.paragraph[0].a.support == tiny_corpus.gold[:, 1].sum()


def test_models_without_a_common_label_cannot_be_compared(tiny_model, tiny_corpus):
    other = renamed(tiny_model, award="prize", opening="start")
    with pytest.raises(TrainingDataError, match=r"one model has award, opening, the other prize, start"):
        compare(tiny_model, other, tiny_corpus)
