"""The estimator: scikit-learn's model selection, and every kind of labels."""

import json
import pickle

import numpy as np
import pytest
import scipy.sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import GridSearchCV, KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from tagger import Article
from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.estimator import EventTagger

SHUFFLED = KFold(3, shuffle=True, random_state=1)


@pytest.fixture(scope="module")
def records(tiny_corpus_path):
    lines = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def texts(records):
    return ["\n".join(part["text"] for part in record["paragraphs"]) for record in records]


@pytest.fixture(scope="module")
def by_paragraph(records):
    return [
        [["boilerplate"] if part["boilerplate"] else part["labels"] for part in record["paragraphs"]]
        for record in records
    ]


@pytest.fixture(scope="module")
def by_article(by_paragraph):
    return [sorted({label for labels in parts for label in labels} - {"boilerplate"}) for parts in by_paragraph]


@pytest.fixture(scope="module")
def matrix(by_article):
    return np.array([[int(label in labels) for label in ("award", "opening")] for labels in by_article])


@pytest.fixture(scope="module")
def fitted(texts, by_paragraph):
    return EventTagger(folds=3).fit(texts, by_paragraph)


def test_it_takes_every_setting_of_training_with_the_same_default():
    settings = EventTagger().get_params()
    assert settings.pop("labels") is None
    expected = Configuration().as_dict()
    del expected["conflicts"]
    assert settings == expected


def test_it_learns_from_labels_of_paragraphs(fitted, texts, by_paragraph, by_article, matrix):
    assert fitted.classes_.tolist() == ["award", "opening"]
    assert fitted.score(texts, by_paragraph) == fitted.score(texts, by_article) == fitted.score(texts, matrix) > 0.9
    parts = fitted.tagger_.predict(texts[0]).paragraphs
    assert [part.boilerplate for part in parts] == [labels == ["boilerplate"] for labels in by_paragraph[0]]


def test_it_learns_from_labels_of_whole_articles(plain, plain_matrix):
    whole = [["award"] if row else [] for row in plain_matrix[:, 0]]
    estimator = EventTagger(folds=3).fit(plain[0], whole)
    assert estimator.score(plain[0], whole) > 0.9
    own = estimator.tagger_.model.weights.coef[estimator.tagger_.model.vocabulary.ids["премия"], 0]
    assert own[1] > 0


@pytest.mark.parametrize("kind", [np.array, scipy.sparse.csr_matrix])
def test_a_matrix_is_the_labels_of_articles(texts, by_article, matrix, kind):
    named = EventTagger(["award", "opening"], folds=3).fit(texts, kind(matrix))
    listed = EventTagger(folds=3).fit(texts, by_article)
    np.testing.assert_array_equal(named.predict_proba(texts), listed.predict_proba(texts))
    assert named.classes_.tolist() == ["award", "opening"]
    assert EventTagger(folds=3).fit(texts, kind(matrix)).classes_.tolist() == ["label_0", "label_1"]


def test_predictions_are_those_of_the_tagger(fitted, texts):
    chances, given = fitted.predict_proba(texts), fitted.predict(texts)
    assert chances.shape == given.shape == (24, 2)
    assert ((chances >= 0) & (chances <= 1)).all()
    for row, result in zip(given, fitted.tagger_.predict_many(texts), strict=True):
        assert tuple(fitted.classes_[row == 1]) == result.labels
    assert fitted.predict([]).shape == (0, 2)


def test_the_score_is_macro_f1(fitted, texts, matrix):
    wrong = matrix.copy()
    wrong[:6] = 1 - wrong[:6]
    expected = f1_score(wrong, fitted.predict(texts), average="macro")
    assert fitted.score(texts, wrong) == pytest.approx(expected)
    assert 0.3 < expected < 0.9


def test_fitting_again_and_in_another_order_gives_the_same_model(fitted, texts, by_paragraph):
    again = clone(fitted).fit(texts[::-1], by_paragraph[::-1])
    np.testing.assert_array_equal(again.predict_proba(texts), fitted.predict_proba(texts))


def test_articles_and_texts_are_the_same(fitted, texts):
    articles = [Article.from_text(text) for text in texts]
    np.testing.assert_array_equal(fitted.predict_proba(articles), fitted.predict_proba(texts))
    np.testing.assert_array_equal(fitted.predict_proba(texts[3:5]), fitted.predict_proba(texts)[3:5])


@pytest.fixture(scope="module")
def plain():
    """Sixty texts of two paragraphs, a third of them on awards: texts, and labels of paragraphs."""
    words = ["завод", "город", "школа", "река", "поле", "дорога", "театр", "музей", "парк", "порт", "мост", "рынок"]
    generator, texts, labels = np.random.default_rng(3), [], []
    for number in range(60):
        first, second = (" ".join(generator.choice(words, 6)) for _ in range(2))
        given = ["award"] if number % 3 == 0 else []
        texts.append(f"{first} {'вручили премию' if given else 'обсудили погоду'}\n{second}")
        labels.append([given, []])
    return texts, labels


@pytest.fixture(scope="module")
def plain_matrix(plain):
    return np.array([[int(["award"] in labels)] for labels in plain[1]])


def test_it_works_in_cross_val_predict(plain, plain_matrix):
    chances = cross_val_predict(EventTagger(folds=3), plain[0], plain_matrix, cv=SHUFFLED, method="predict_proba")
    assert chances.shape == plain_matrix.shape == (60, 1)
    assert average_precision_score(plain_matrix, chances) > 0.9


def test_labels_of_paragraphs_work_in_cross_val_predict_with_a_splitter(plain, plain_matrix):
    found = cross_val_predict(EventTagger(folds=3), *plain, cv=SHUFFLED)
    assert f1_score(plain_matrix, found) > 0.9


def test_it_works_in_a_grid_search_and_in_a_pipeline(plain, plain_matrix):
    """With words that must occur in fifty paragraphs there is nothing to learn."""
    pipeline = make_pipeline(FunctionTransformer(), EventTagger(folds=3))
    grid = {"eventtagger__min_df": [25, 2]}
    search = GridSearchCV(pipeline, grid, cv=SHUFFLED, error_score="raise").fit(plain[0], plain_matrix)
    assert search.best_params_ == {"eventtagger__min_df": 2}
    assert search.score(plain[0], plain_matrix) > 0.9


def test_unlabelled_paragraphs_are_left_out(texts, by_paragraph):
    some = [[None, *labels[1:]] if number % 4 == 0 else labels for number, labels in enumerate(by_paragraph)]
    estimator = EventTagger(folds=3).fit(texts, some)
    assert estimator.score(texts, by_paragraph) > 0.8


def test_before_it_is_fitted_it_says_so(texts):
    with pytest.raises(NotFittedError):
        EventTagger().predict(texts)


@pytest.mark.parametrize(
    ("texts", "y", "message"),
    [
        ([1.5, "text"], [[], []], r"X\[0\] is float"),
        (["one"], [[], []], "X has 1 texts and y the labels of 2"),
        (["one\ntwo", "three"], [[["a"]], []], r"X\[0\] has 2 paragraphs and y the labels of 1"),
        (["  ", "three"], [[], []], r"X\[0\] has no paragraph"),
        (["one", "two"], np.zeros((2, 3), int), "3 columns, but there are 1 labels"),
    ],
)
def test_what_does_not_belong_together_is_refused(texts, y, message):
    labels = ["a"] if isinstance(y, np.ndarray) else None
    with pytest.raises(ValueError, match=message):
        EventTagger(labels).fit(texts, y)


def test_too_little_to_learn_from_is_told(texts):
    with pytest.raises(TrainingDataError, match="award"):
        EventTagger(["award"]).fit(texts, [["award"]] * len(texts))


def test_a_fitted_one_may_be_pickled(fitted, texts):
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict_proba(texts), fitted.predict_proba(texts))
