"""Evidence: reasons sum to the score, and each is what its word is worth when weights are changed."""

import gc
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from tagger import Tagger
from tagger.article import Article
from tagger.evidence import ArticleEvidence
from tagger.lemmas import lemma_of
from tagger.linear import JOINT_VIEWS, MARGINS
from tagger.tokens import TOKEN

LINEAR = ("own", "previous", "next", "second previous", "second next", "head", "mean")
"""Views that are linear in the scores they see."""


@pytest.fixture(params=["tiny_model", "wild_model"])
def model(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def smooth(wild_model):
    """Without page chrome and with linear views alone, so that scores are linear in the weights of words and shape."""
    joint = wild_model.weights.joint_coef.copy()
    joint[[view not in LINEAR for view in JOINT_VIEWS]] = 0
    return changed(all_body(wild_model), joint_coef=joint)


def all_body(model):
    """The model, without page chrome."""
    return replace(model, boilerplate=replace(model.boilerplate, threshold=np.full(1, 2.0)))


def changed(model, **arrays):
    return replace(model, weights=replace(model.weights, **arrays))


def nothing_but(model, coef, joint):
    """The model with these weights of words and views alone, and without page chrome."""
    weights = model.weights
    return changed(
        model,
        coef=coef,
        joint_coef=joint,
        shape_coef=np.zeros_like(weights.shape_coef),
        intercept=np.array([-9.0] + [0.0] * len(model.labels)),
        joint_intercept=np.zeros_like(weights.joint_intercept),
    )


def body(tagger, texts):
    """All body paragraphs of the texts, with their articles' texts."""
    return [(text, part) for text in texts for part in tagger.predict(text).paragraphs if not part.boilerplate]


def total(reasons):
    return sum(reason.contribution for reason in reasons)


def term_sums(reasons):
    sums = {}
    for reason in reasons:
        sums[reason.lemma] = sums.get(reason.lemma, 0) + reason.contribution
    return sums


def test_contributions_sum_to_the_score_for_every_body_paragraph_and_label(model, texts):
    parts = body(Tagger(model), texts)
    assert len(parts) > 8
    for _, part in parts:
        for label in model.labels:
            assert total(part.evidence(label)) == pytest.approx(part.scores[label], abs=1e-9)


def test_contributions_of_the_shipped_model_sum_to_its_scores(shipped, texts):
    parts = body(shipped, texts)
    assert parts
    for _, part in parts:
        for label in shipped.labels:
            assert total(part.evidence(label)) == pytest.approx(part.scores[label], abs=1e-9)


def test_contributions_sum_to_the_score_in_a_long_article(model, texts):
    article = Article.from_paragraphs([line for text in texts for line in text.split("\n")] * 3)
    for part in Tagger(model).predict(article).paragraphs:
        if not part.boilerplate:
            assert total(part.evidence(model.labels[0])) == pytest.approx(part.scores[model.labels[0]], abs=1e-9)


def test_a_term_without_weight_lowers_the_score_by_its_contributions(smooth, texts):
    text, label = texts[-1], smooth.labels[0]
    paragraphs, here = Tagger(smooth).predict(text).paragraphs, 2
    sums = term_sums(paragraphs[here].evidence(label))
    checked = 0
    for term in range(len(smooth.vocabulary)):
        coef = smooth.weights.coef.copy()
        coef[term, :, 1:] = 0
        without = Tagger(changed(smooth, coef=coef)).predict(text).paragraphs[here].scores[label]
        worth = paragraphs[here].scores[label] - without
        assert sums.get(smooth.vocabulary.name(term), 0) == pytest.approx(worth, abs=1e-9)
        checked += abs(worth) > 1e-6
    assert checked > 5


def test_a_contribution_is_the_slope_of_the_score_in_the_words_weights(wild_model, texts):
    """Scores are piecewise linear in the weights, so that a small step shows the slope exactly, whatever the views."""
    text, label, step = texts[-1], wild_model.labels[1], 1e-5
    model = all_body(wild_model)
    paragraphs = Tagger(model).predict(text).paragraphs
    for here in (0, 3):
        sums = term_sums(paragraphs[here].evidence(label))
        for term in range(len(model.vocabulary)):
            coef = model.weights.coef.copy()
            coef[term, :, 1:] *= 1 - step
            after = Tagger(changed(model, coef=coef)).predict(text).paragraphs[here].scores[label]
            slope = (paragraphs[here].scores[label] - after) / step
            assert slope == pytest.approx(sums.get(model.vocabulary.name(term), 0), abs=1e-6)


def test_a_term_that_weighs_twice_as_much_contributes_twice_as_much(smooth, texts):
    label = smooth.labels[1]
    for text, part in body(Tagger(smooth), texts):
        words = [reason for reason in part.evidence(label) if reason.start < reason.stop]
        if not words:
            continue
        coef = smooth.weights.coef.copy()
        term = next(term for term in range(len(smooth.vocabulary)) if smooth.vocabulary.name(term) == words[0].lemma)
        coef[term, :, 1:] *= 2
        again = next(
            other for other in Tagger(changed(smooth, coef=coef)).predict(text).paragraphs if other.start == part.start
        )
        before, after = term_sums(part.evidence(label)), term_sums(again.evidence(label))
        expected = before | {words[0].lemma: 2 * before[words[0].lemma]}
        assert after == pytest.approx(expected, abs=1e-9)


def test_shape_without_weight_contributes_nothing_and_changes_nothing_else(smooth, texts):
    shape_coef = smooth.weights.shape_coef.copy()
    shape_coef[:, 1:] = 0
    flat = {(text, part.start): part for text, part in body(Tagger(changed(smooth, shape_coef=shape_coef)), texts)}
    for text, part in body(Tagger(smooth), texts):
        before = term_sums(part.evidence(smooth.labels[0]))
        after = term_sums(flat[text, part.start].evidence(smooth.labels[0]))
        assert after.pop("[shape]") == 0
        worth = part.scores[smooth.labels[0]] - flat[text, part.start].scores[smooth.labels[0]]
        assert before.pop("[shape]") == pytest.approx(worth, abs=1e-9)
        assert after == pytest.approx(before, abs=1e-9)


def test_the_intercept_is_the_score_where_words_and_shape_weigh_nothing(wild_model, texts):
    weights = wild_model.weights
    coef, shape_coef = weights.coef.copy(), weights.shape_coef.copy()
    coef[:, :, 1:], shape_coef[:, 1:] = 0, 0
    for _, part in body(Tagger(changed(wild_model, coef=coef, shape_coef=shape_coef)), texts):
        for label in wild_model.labels:
            reasons = term_sums(part.evidence(label))
            assert reasons == pytest.approx({"[shape]": 0, "[intercept]": part.scores[label]}, abs=1e-9)


def test_the_view_of_the_maximum_credits_the_best_paragraph_only(tiny_model):
    """With nothing but the maximum and a paragraph's own words, only the strongest paragraph explains all the others."""
    weights = tiny_model.weights
    coef, joint = np.zeros_like(weights.coef), np.zeros_like(weights.joint_coef)
    strong = tiny_model.vocabulary.ids["премия"], tiny_model.vocabulary.ids["завод"]
    coef[strong[0], 0, 1], coef[strong[1], 0, 1] = 5, 1
    joint[JOINT_VIEWS.index("maximum"), 0, 0] = 1
    alone = nothing_but(tiny_model, coef, joint)
    text = "Завод работает.\nПремия вручена.\nЗавод и премия."
    first, second, third = Tagger(alone).predict(text).paragraphs
    for part in (first, second, third):
        words = [reason for reason in part.evidence(tiny_model.labels[0]) if reason.start < reason.stop]
        assert [(reason.lemma, second.start <= reason.start < second.stop) for reason in words] == [("премия", True)]
        assert total(words) == pytest.approx(part.scores[tiny_model.labels[0]])


def test_a_capped_view_credits_the_paragraph_itself_until_it_comes_near_the_best(tiny_model):
    """A paragraph far behind the best is explained by its own words and the margin, one that is near it by the best's words."""
    weights = tiny_model.weights
    coef, joint = np.zeros_like(weights.coef), np.zeros_like(weights.joint_coef)
    coef[tiny_model.vocabulary.ids["премия"], 0, 1] = 3.5
    coef[tiny_model.vocabulary.ids["завод"], 0, 1] = 1
    joint[JOINT_VIEWS.index(f"own + {MARGINS[0]:g}, capped"), 0, 0] = 1
    alone = nothing_but(tiny_model, coef, joint)
    far, best, near = Tagger(alone).predict("Завод.\nПремия.\nЗавод, премия.").paragraphs
    label = tiny_model.labels[0]
    assert far.scores[label] == pytest.approx(1 + MARGINS[0])
    assert near.scores[label] == best.scores[label] == pytest.approx(3.5)
    assert term_sums(far.evidence(label)) == pytest.approx({"завод": 1, "[shape]": 0, "[intercept]": MARGINS[0]})
    for part in (best, near):
        assert term_sums(part.evidence(label)) == pytest.approx({"премия": 3.5, "[shape]": 0, "[intercept]": 0})
        assert {reason.start for reason in part.evidence(label) if reason.lemma == "премия"} == {best.start}


def test_words_stand_where_evidence_says(model, texts):
    lemmas = pairs = 0
    for text, part in body(Tagger(model), texts):
        for reason in part.evidence(model.labels[0]):
            if reason.start == reason.stop:
                continue
            found = [lemma_of(form) for form in TOKEN.findall(text[reason.start : reason.stop])]
            assert " ".join(found) == reason.lemma
            assert text[reason.start].isalnum()
            assert text[reason.stop - 1].isalnum()
            lemmas += len(found) == 1
            pairs += len(found) == 2
    assert lemmas > 20
    assert pairs > 3


def test_reasons_without_words_stand_at_the_paragraphs_begin(model, texts):
    for _, part in body(Tagger(model), texts):
        reasons = [reason for reason in part.evidence(model.labels[1]) if reason.start == reason.stop]
        assert sorted(reason.lemma for reason in reasons) == ["[intercept]", "[shape]"]
        assert {reason.start for reason in reasons} == {part.start}


def test_the_strongest_reasons_come_first(model, texts):
    for _, part in body(Tagger(model), texts):
        sizes = [abs(reason.contribution) for reason in part.evidence(model.labels[0])]
        assert sizes == sorted(sizes, reverse=True)


def test_words_of_boilerplate_are_no_reasons(model, texts):
    seen = 0
    for text in texts:
        paragraphs = Tagger(model).predict(text).paragraphs
        chrome = [part for part in paragraphs if part.boilerplate]
        seen += len(chrome)
        assert all(part.evidence(label) == [] for part in chrome for label in model.labels)
        for part in paragraphs:
            for reason in part.evidence(model.labels[0]):
                assert not any(other.start <= reason.start < other.stop for other in chrome)
    assert seen


def test_words_around_a_paragraph_are_among_its_reasons(tiny_model):
    paragraphs = Tagger(tiny_model).predict("Премия вручена мастерам\nОни давно работают.").paragraphs
    reasons = paragraphs[1].evidence(tiny_model.labels[0])
    assert any(reason.lemma == "премия" and reason.start == 0 and reason.contribution > 0 for reason in reasons)


def test_every_occurrence_of_a_word_is_a_reason_of_its_own(smooth):
    text = "Завод, завод и ещё раз завод."
    (part,) = Tagger(smooth).predict(text).paragraphs
    reasons = [reason for reason in part.evidence(smooth.labels[0]) if reason.lemma == "завод"]
    assert sorted(reason.start for reason in reasons) == [0, 7, 23]
    assert len({round(reason.contribution, 12) for reason in reasons}) == 1


class CountingChunks:
    """Chunks that count how often paragraphs are looked up."""

    def __init__(self, chunks):
        self.chunks, self.count = chunks, 0

    def lemma_ids(self, paragraphs):
        self.count += 1
        return self.chunks.lemma_ids(paragraphs)


def kept(text):
    return [found for found in gc.get_objects() if isinstance(found, ArticleEvidence) and found.article.text == text]


def test_all_reasons_of_an_article_take_one_scoring_and_go_with_the_prediction(tiny_model, texts):
    model, text = replace(tiny_model), "\n".join(texts)
    model.__dict__["chunks"] = chunks = CountingChunks(model.chunks)
    prediction = Tagger(model).predict(text)
    assert chunks.count == 1
    reasons = [part.evidence(label) for part in prediction.paragraphs for label in model.labels]
    assert len(list(filter(None, reasons))) > len(texts)
    assert chunks.count == 2
    assert len(kept(text)) == 1
    del prediction
    assert kept(text) == []


def test_own_words_are_those_reasons_that_stand_in_the_paragraph(model, texts):
    for _, part in body(Tagger(model), texts):
        for label in model.labels:
            inside = [
                reason for reason in part.evidence(label) if part.start <= reason.start < reason.stop <= part.stop
            ]
            assert part.evidence(label, own=True) == inside


def test_evidence_of_a_long_article_takes_memory_in_proportion_to_it(tiny_model, texts):
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    result = Tagger(all_body(tiny_model)).predict("\n".join(lines * (4000 // len(lines))))
    tracemalloc.start()
    assert result.paragraphs[2000].evidence(tiny_model.labels[0], own=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000  # a matrix of paragraphs by paragraphs has twice as many bytes
