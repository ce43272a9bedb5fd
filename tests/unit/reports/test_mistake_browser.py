"""The data of the browser of mistakes: texts whole, reasons that sum to the score, unknown labels told apart from none."""

from dataclasses import replace

import pytest

from tagger import Tagger
from tagger.cli.reports.mistake_browser import browser_data
from tagger.training.evaluation import verdicts_on
from tagger.training.mistakes import mistakes


@pytest.fixture(scope="module")
def unlabelled(tiny_corpus):
    """The miniatures, said to report nothing; of each article the last paragraph was not looked at."""
    articles = tuple(
        replace(
            article,
            labels=(frozenset(),) * len(article.labels),
            known=(True,) * (len(article.labels) - 1) + (False,),
            article_labels=None,
        )
        for article in tiny_corpus.articles
    )
    return replace(tiny_corpus, articles=articles)


@pytest.fixture(scope="module")
def data(tiny_model, unlabelled):
    found = mistakes(verdicts_on(unlabelled, tiny_model), unlabelled)
    return browser_data(Tagger(tiny_model), unlabelled, found, "ru")


def test_every_mistake_has_its_article(data, unlabelled):
    assert len(data["mistakes"]) > 10
    assert data["titles"] == {"award": "Награждение", "opening": "Открытие"}
    for mistake in data["mistakes"]:
        article = data["articles"][mistake["article"]]
        source = unlabelled.articles[mistake["article"]]
        assert (article["id"], article["where"]) == (source.id, source.where)
        text = article["paragraphs"][mistake["paragraph"]]["text"]
        assert text == source.paragraphs[mistake["paragraph"]]
        assert "".join(piece for piece, _ in mistake["runs"]) == text


def test_reasons_sum_to_the_score(data, tiny_model, unlabelled):
    tagger = Tagger(tiny_model)
    for mistake in data["mistakes"][:5]:
        *rest, (last, total) = mistake["sums"].items()
        assert last == "total"
        assert sum(weight for _, weight in [*mistake["terms"], *rest]) == pytest.approx(total, abs=0.01)
        answer = tagger.predict(unlabelled.articles[mistake["article"]].article)
        assert total == pytest.approx(answer.paragraphs[mistake["paragraph"]].scores[mistake["label"]], abs=1e-3)


def test_unknown_labels_are_not_no_labels(data):
    for article in data["articles"].values():
        *known, last = article["paragraphs"]
        assert last["gold"] is None
        assert all(part["gold"] == [] for part in known)


def test_page_chrome_has_no_reasons(tiny_model, tiny_corpus):
    everything = replace(
        tiny_corpus,
        articles=tuple(
            replace(article, labels=(frozenset({"award"}),) * len(article.labels)) for article in tiny_corpus.articles
        ),
    )
    found = mistakes(verdicts_on(everything, tiny_model), everything)
    data = browser_data(Tagger(tiny_model), everything, found, "ru")
    chrome = [m for m in data["mistakes"] if data["articles"][m["article"]]["paragraphs"][m["paragraph"]]["chrome"]]
    assert chrome
    assert all("sums" not in mistake and mistake["missed"] for mistake in chrome)


def test_event_types_have_their_names_in_the_language_of_the_page(tiny_model, unlabelled):
    assert browser_data(Tagger(tiny_model), unlabelled, [], "en")["titles"] == {"award": "Award", "opening": "Opening"}
