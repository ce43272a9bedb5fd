"""Evaluation, compared with scikit-learn on random verdicts."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, precision_recall_fscore_support

import tagger.training.evaluation
from tagger import Tagger
from tagger.training.corpus import Corpus, LabelledArticle
from tagger.training.evaluation import evaluate, evaluate_verdicts
from tagger.training.metrics import bootstrap_weights
from tagger.verdict import Verdicts

LABELS = ("award", "opening", "never")
SIZES = (3, 1, 4, 2, 5, 3, 2, 4)
GROUPS = np.repeat(np.arange(len(SIZES)), SIZES)
REVIEW = np.random.default_rng(4).random((len(GROUPS), len(LABELS))) < 0.15


def corpus(gold, boilerplate):
    """A corpus with these labels; what its texts say does not matter."""
    articles, start = [], 0
    for number, size in enumerate(SIZES):
        rows = range(start, start + size)
        labels = tuple(frozenset(label for label, has in zip(LABELS, gold[row], strict=True) if has) for row in rows)
        chrome = tuple(bool(boilerplate[row]) for row in rows)
        articles.append(LabelledArticle(str(number), "", tuple(f"а{row}" for row in rows), labels, chrome, ""))
        start += size
    return Corpus(tuple(articles), LABELS, {})


def verdicts(given, probabilities, articles, article_probabilities, boilerplate, boilerplate_probabilities):
    review, nobody = REVIEW.copy(), np.zeros_like(articles)
    return Verdicts(
        boilerplate,
        boilerplate_probabilities,
        probabilities,
        probabilities,
        given,
        review,
        article_probabilities,
        articles,
        nobody,
    )


@pytest.fixture
def case(request):
    """Random gold and random verdicts; the last label never occurs, but is given at times."""
    random, n, m = np.random.default_rng(11), len(GROUPS), len(SIZES)
    gold = (random.random((n, 3)) < 0.4) & [True, True, False]
    chrome = (random.random(n) < 0.4) & ~gold.any(axis=1)
    made = corpus(gold, chrome)
    given, whole = random.random((n, 3)) < 0.4, random.random((m, 3)) < 0.5
    figures = verdicts(
        given, random.random((n, 3)), whole, random.random((m, 3)), random.random(n) < 0.4, random.random(n)
    )
    return made, figures


def levels(made, figures):
    yield "paragraph", made.gold, figures.labels, figures.probabilities
    yield "article", made.article_gold, figures.article_labels, figures.article_probabilities


def test_figures_of_each_label_are_scikit_learns(case):
    made, figures = case
    result = evaluate_verdicts(figures, made)
    for level, gold, given, probabilities in levels(made, figures):
        precision, recall, f1, support = precision_recall_fscore_support(gold, given, average=None, zero_division=0)
        for column, label in enumerate(LABELS):
            row = result.row(level, label)
            assert (row.label, row.support) == (label, support[column])
            assert (row.precision, row.recall, row.f1) == pytest.approx((precision[column], recall[column], f1[column]))
            if support[column]:
                expected = average_precision_score(gold[:, column], probabilities[:, column])
                assert row.average_precision == pytest.approx(expected)
            else:
                assert math.isnan(row.average_precision)


def test_averages_are_scikit_learns_over_the_labels_that_occur(case):
    made, figures = case
    result = evaluate_verdicts(figures, made)
    for level, gold, given, probabilities in levels(made, figures):
        macro = precision_recall_fscore_support(gold, given, average="macro", labels=[0, 1], zero_division=0)[:3]
        micro = precision_recall_fscore_support(gold, given, average="micro", zero_division=0)[:3]
        for label, expected in (("macro", macro), ("micro", micro)):
            row = result.row(level, label)
            assert (row.precision, row.recall, row.f1) == pytest.approx(expected)
            assert row.support == gold.sum()
        mean = np.mean([average_precision_score(gold[:, label], probabilities[:, label]) for label in (0, 1)])
        errors = [result.row(level, label).calibration_error for label in LABELS]
        assert errors[2] > 0
        for label in ("macro", "micro"):
            assert result.row(level, label).average_precision == pytest.approx(mean)
            assert result.row(level, label).calibration_error == pytest.approx((errors[0] + errors[1]) / 2)


def test_boilerplate_has_figures_of_its_own(case):
    made, figures = case
    row = evaluate_verdicts(figures, made).boilerplate
    assert row.label == "boilerplate"
    assert row.support == made.boilerplate.sum()
    assert row.f1 == pytest.approx(f1_score(made.boilerplate, figures.boilerplate))
    expected = average_precision_score(made.boilerplate, figures.boilerplate_probabilities)
    assert row.average_precision == pytest.approx(expected)


def test_intervals_come_from_drawing_whole_articles(case, monkeypatch):
    made, figures = case
    monkeypatch.setattr(tagger.training.evaluation, "SAMPLES", 40)
    result = evaluate_verdicts(figures, made)
    drawn = []
    for weights in bootstrap_weights(len(SIZES), 40, 0):
        rows = [row for article, times in enumerate(weights) for row in np.flatnonzero(article == GROUPS).repeat(times)]
        gold = made.gold[rows]
        values = f1_score(gold, figures.labels[rows], average=None, zero_division=0)
        drawn.append([value if present else None for value, present in zip(values, gold.any(axis=0), strict=True)])
    for column, label in enumerate(LABELS[:2]):
        known = [values[column] for values in drawn if values[column] is not None]
        assert result.row("paragraph", label).f1_interval == pytest.approx(np.quantile(known, [0.025, 0.975]))
    means = [np.mean([value for value in values if value is not None]) for values in drawn]
    assert result.row("paragraph", "macro").f1_interval == pytest.approx(np.quantile(means, [0.025, 0.975]))


def perfect(gold, chrome):
    made = corpus(gold, chrome)
    whole = made.article_gold
    return made, verdicts(gold, gold.astype(float), whole, whole.astype(float), chrome, chrome.astype(float))


def test_perfect_verdicts_have_perfect_figures():
    gold = np.zeros((len(GROUPS), 3), bool)
    gold[::2], gold[1::2, 1] = [True, False, False], True
    made, figures = perfect(gold, np.zeros(len(GROUPS), bool))
    result = evaluate_verdicts(figures, made)
    for level in ("paragraph", "article"):
        for label in ("award", "opening", "macro", "micro"):
            row = result.row(level, label)
            assert (row.precision, row.recall, row.f1, row.average_precision, row.calibration_error) == (1, 1, 1, 1, 0)


def test_the_interval_of_perfect_verdicts_on_a_rare_label_is_narrow():
    gold = np.zeros((len(GROUPS), 3), bool)
    gold[0, 0] = True
    made, figures = perfect(gold, np.zeros(len(GROUPS), bool))
    result = evaluate_verdicts(figures, made)
    for label in ("award", "macro", "micro"):
        assert result.row("paragraph", label).f1_interval == (1, 1)


def test_nothing_to_find_and_nothing_found_are_zeros_and_not_numbers():
    nothing = np.zeros((len(GROUPS), 3), bool)
    made, figures = perfect(nothing, nothing[:, 0])
    result = evaluate_verdicts(figures, made)
    macro = result.row("article", "macro")
    assert (macro.support, macro.precision, macro.recall, macro.f1) == (0, 0, 0, 0)
    assert all(row.f1_interval == (0, 0) for row in (*result.article, *result.paragraph))
    for average in (macro, result.row("article", "micro")):
        assert math.isnan(average.average_precision)
        assert math.isnan(average.calibration_error)


def test_review_is_measured_by_what_is_right_outside_of_it(case):
    made, figures = case
    result = evaluate_verdicts(figures, made)
    certain = [row for row in range(len(GROUPS)) if not any(REVIEW[row])]
    right = [row for row in certain if list(figures.labels[row]) == list(made.gold[row])]
    assert 5 < len(certain) < len(GROUPS)
    assert result.reviewed == pytest.approx(1 - len(certain) / len(GROUPS))
    assert result.right_outside_review == pytest.approx(len(right) / len(certain))


def test_counts_are_those_of_the_corpus(case):
    made, figures = case
    result = evaluate_verdicts(figures, made)
    assert (result.n_articles, result.n_paragraphs) == (len(SIZES), len(GROUPS))


def test_an_unknown_row_is_no_row(case):
    made, figures = case
    with pytest.raises(StopIteration):
        evaluate_verdicts(figures, made).row("paragraph", "law")


def test_the_record_is_json_as_the_schema_says(case, schema):
    made, figures = case
    record = evaluate_verdicts(figures, made).to_dict()
    schema("evaluation").validate(json.loads(json.dumps(record, allow_nan=False)))
    assert [row["label"] for row in record["paragraph"]] == [*LABELS, "macro", "micro"]
    assert record["article"][2]["average_precision"] is None
    expected = round(f1_score(made.gold[:, 0], figures.labels[:, 0]), 4)
    assert record["paragraph"][0]["f1"] == expected


def test_a_model_is_measured_by_its_own_predictions(tiny_model, tiny_corpus):
    results = [Tagger(tiny_model).predict(article.article) for article in tiny_corpus.articles]
    given = [[label in part.labels for label in tiny_corpus.labels] for result in results for part in result.paragraphs]
    found = evaluate(tiny_model, tiny_corpus)
    expected = f1_score(tiny_corpus.gold, np.array(given), average="macro")
    assert found.row("paragraph", "macro").f1 == pytest.approx(expected)
    whole = [[label in result.labels for label in tiny_corpus.labels] for result in results]
    expected = f1_score(tiny_corpus.article_gold, np.array(whole), average="macro")
    assert found.row("article", "macro").f1 == pytest.approx(expected)


def test_what_is_not_known_is_not_judged(case):
    """Unknown paragraphs might as well not be there, nor might an event type in articles not labelled for it."""
    made, figures = case
    blind = np.arange(len(made)) % 3 == 0
    articles = tuple(
        replace(
            article,
            known=(False,) * len(article.paragraphs) if hidden else article.known,
            article_labels=frozenset() if hidden else article.article_labels,
            unasked=frozenset({"opening"}) if number == 1 else frozenset(),
        )
        for number, (article, hidden) in enumerate(zip(made.articles, blind, strict=True))
    )
    result = evaluate_verdicts(figures, replace(made, articles=articles))
    seen = ~blind[GROUPS]
    for column, label in enumerate(LABELS[:2]):
        rows = seen & ((GROUPS != 1) | (label != "opening"))
        gold, given = made.gold[rows, column], figures.labels[rows, column]
        row = result.row("paragraph", label)
        assert row.f1 == pytest.approx(f1_score(gold, given, zero_division=0))
        chances = figures.probabilities[rows, column]
        assert row.average_precision == pytest.approx(average_precision_score(gold, chances))
    assert result.n_paragraphs == seen.sum()
    assert result.boilerplate.support == made.boilerplate[seen].sum()
