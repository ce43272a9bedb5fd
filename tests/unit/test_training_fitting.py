"""Fitting: a corpus to a model that knows what it was taught, scored out of fold."""

from dataclasses import fields, replace

import numpy as np
import pytest

from tagger import Tagger
from tagger.boilerplate import BOILERPLATE_VIEWS
from tagger.codebook import read_codebook
from tagger.context import Context
from tagger.errors import TrainingDataError
from tagger.lemmas import lemma_of
from tagger.linear import BLOCKS, JOINT_VIEWS, block_maps
from tagger.scoring import score
from tagger.shape import NAMES, shapes
from tagger.tokens import TOKEN
from tagger.training.calibrating import learn_decision
from tagger.training.configuration import Configuration
from tagger.training.fitting import DECIMALS, fit
from tagger.training.subarticles import with_sub_articles

CONFIGURATION = Configuration(folds=3, pair_min_df=2)


@pytest.fixture(scope="module")
def event_types(tiny_corpus_path):
    return read_codebook((tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8"))


def arrays(model):
    parts = (model.weights, model.boilerplate, model.paragraph, model.article)
    return {
        f"{type(part).__name__}.{field.name}": getattr(part, field.name) for part in parts for field in fields(part)
    }


def test_the_model_knows_what_it_was_taught(tiny_corpus, tiny_model):
    results = [Tagger(tiny_model).predict(article.article) for article in tiny_corpus.articles]
    boilerplate = [part.boilerplate for result in results for part in result.paragraphs]
    given = [[label in result.labels for label in tiny_corpus.labels] for result in results]
    assert (np.array(boilerplate) == tiny_corpus.boilerplate).mean() > 0.95
    assert (np.array(given) == tiny_corpus.article_gold).mean() > 0.9


def test_the_vocabulary_holds_what_occurs_in_enough_paragraphs(tiny_corpus, tiny_model):
    df = {}
    for article in tiny_corpus.articles:
        for text in article.paragraphs:
            for lemma in {lemma_of(form) for form in TOKEN.findall(text)}:
                df[lemma] = df.get(lemma, 0) + 1
    expected = sorted(lemma for lemma, count in df.items() if count >= CONFIGURATION.min_df)
    assert list(tiny_model.vocabulary.lemmas) == expected


def test_weights_have_the_layout_of_prediction(tiny_model):
    weights, n_labels = tiny_model.weights, len(tiny_model.labels)
    assert weights.coef.shape == (len(tiny_model.vocabulary), len(BLOCKS), 1 + n_labels)
    assert weights.shape_coef.shape == (len(NAMES), 1 + n_labels)
    assert weights.intercept.shape == (1 + n_labels,)
    assert weights.boilerplate_coef.shape == (len(BOILERPLATE_VIEWS),)
    assert weights.joint_coef.shape == (len(JOINT_VIEWS), n_labels, n_labels)
    assert weights.joint_intercept.shape == (n_labels,)


def test_weights_are_rounded(tiny_model):
    for name, values in arrays(tiny_model).items():
        np.testing.assert_allclose(values, np.round(values, DECIMALS), atol=1e-6, err_msg=name)


def test_words_of_an_event_speak_for_it(tiny_model):
    own = tiny_model.weights.coef[:, BLOCKS.index("own")]
    ids = tiny_model.vocabulary.ids
    assert own[ids["премия"], 1] > 0 > own[ids["премия"], 2]
    assert own[ids["запустить"], 2] > 0 > own[ids["запустить"], 1]


def test_word_weights_of_boilerplate_are_the_optimum_at_the_scores_of_prediction(tiny_model, tiny_corpus):
    """w = C · scale² · Σ (y − p) x, where p is what prediction says of everything that was trained on."""
    everything, _ = with_sub_articles(tiny_corpus)
    computed = score([article.article.paragraphs for article in everything.articles], tiny_model)
    penalty, weights, context = CONFIGURATION.inverse_penalty, tiny_model.weights, Context(everything.groups)

    texts = [text for article in everything.articles for text in article.paragraphs]
    shape = shapes(texts, context.places, context.sizes[context.group])
    first = weights.first_boilerplate_scores(weights.products(computed.rows), shape, context)
    residuals = everything.boilerplate - 1 / (1 + np.exp(-first))
    expected = penalty * CONFIGURATION.shape**2 * shape.T @ residuals
    np.testing.assert_allclose(weights.shape_coef[:, 0], expected, atol=0.01)
    assert weights.intercept[0] == pytest.approx(penalty * residuals.sum(), abs=0.05)

    n_terms = len(tiny_model.vocabulary)
    words = computed.rows.times(np.eye(n_terms))
    for block, place in enumerate(block_maps(context)):
        expected = penalty * CONFIGURATION.block_scales[block] ** 2 * place(words).T @ residuals
        np.testing.assert_allclose(weights.coef[:, block, 0], expected, atol=0.02)


def test_labels_of_an_article_have_no_influence_on_its_own_first_scores(tiny_corpus, event_types, first_chrome_scores):
    """Nor on those of its fold, through whatever was cut from it."""
    changed = tuple(
        replace(article, boilerplate=tuple(not flag for flag in article.boilerplate)) if number in (1, 4) else article
        for number, article in enumerate(tiny_corpus.articles)
    )
    before, after = (
        first_chrome_scores(corpus, event_types, CONFIGURATION)
        for corpus in (tiny_corpus, replace(tiny_corpus, articles=changed))
    )
    same_fold = tiny_corpus.groups % 3 == 1
    np.testing.assert_allclose(after[same_fold], before[same_fold], atol=1e-3)
    assert (np.abs(after - before)[~same_fold] > 1e-2).mean() > 0.9


def test_the_body_is_what_out_of_fold_scores_call_body(tiny_fit):
    given = tiny_fit.model.boilerplate.given(tiny_fit.scores.boilerplate[:, None])[:, 0]
    assert tiny_fit.scores.body.tolist() == [row for row, chrome in enumerate(given) if not chrome]
    assert tiny_fit.scores.joint.shape == (len(tiny_fit.scores.body), 2)


def test_training_again_gives_the_same_bits(tiny_fit, tiny_corpus, event_types):
    again = fit(tiny_corpus, event_types, CONFIGURATION, lambda _: None)
    before, after = arrays(tiny_fit.model), arrays(again.model)
    for name, values in before.items():
        np.testing.assert_array_equal(after[name], values, err_msg=name)
    np.testing.assert_array_equal(again.scores.joint, tiny_fit.scores.joint)


def test_a_label_whose_articles_all_fall_into_one_fold_is_refused(tiny_corpus, event_types):
    """The other folds would have nothing to learn it from."""
    given = {"award": [0, 3, 6, 9, 12], "opening": [1, 2, 4, 5, 7]}
    articles = []
    for number, article in enumerate(tiny_corpus.articles):
        labels = frozenset(label for label, numbers in given.items() if number in numbers)
        parts = tuple(frozenset() if chrome else labels for chrome in article.boilerplate)
        articles.append(replace(article, labels=parts))
    with pytest.raises(TrainingDataError, match="award"):
        fit(replace(tiny_corpus, articles=tuple(articles)), event_types, CONFIGURATION, lambda _: None)


def test_each_step_is_told_as_it_begins(tiny_corpus, event_types):
    steps = []
    fit(tiny_corpus, event_types, replace(CONFIGURATION, folds=2), steps.append)
    assert len(steps) == len(set(steps)) >= 3
    assert all(step and step == step.strip() for step in steps)


def test_articles_are_calibrated_on_the_scores_that_prediction_gives_them(tiny_corpus, event_types):
    """Those of paragraphs with a known word, even where one without scores best."""
    longer = tuple(
        replace(
            article,
            paragraphs=(*article.paragraphs, "щ" * (number + 3)),
            labels=(*article.labels, frozenset[str]()),
            boilerplate=(*article.boilerplate, False),
            known=(*article.known, True),
        )
        for number, article in enumerate(tiny_corpus.articles)
    )
    corpus = replace(tiny_corpus, articles=longer)
    found = fit(corpus, event_types, CONFIGURATION, lambda _: None)
    scores, n_labels = found.scores, len(corpus.labels)
    known, everything = (np.full((len(corpus), n_labels), -np.inf) for _ in range(2))
    for row, values in zip(scores.body, scores.joint, strict=True):
        article = corpus.groups[row]
        everything[article] = np.maximum(everything[article], values)
        if scores.known[row]:
            known[article] = np.maximum(known[article], values)
    scored = np.isfinite(known).all(axis=1)
    assert (known < everything)[scored].any()
    expected = learn_decision(known[scored], corpus.article_gold[scored], corpus.article_known[scored])
    for name in ("slope", "offset", "threshold"):
        assert getattr(found.model.article, name).tolist() == getattr(expected, name).tolist()
