"""The evaluation report without a browser: odd data still give a page, and the reader is warned of flattering figures."""

import re
from contextlib import nullcontext
from dataclasses import replace

import pytest

from tagger import Tagger
from tagger.cli.reports import evaluation
from tagger.cli.reports.evaluation import evaluation_report
from tagger.training.evaluation import evaluate_verdicts, verdicts_on


@pytest.fixture
def report(tiny_model):
    def make(corpus, provenance=None, language="en"):
        model = replace(tiny_model, provenance=provenance or {})
        verdicts = verdicts_on(corpus, model)
        return evaluation_report(
            Tagger(model), corpus, verdicts, evaluate_verdicts(verdicts, corpus), nullcontext, language
        ).decode()

    return make


def bare(corpus, known):
    """The corpus without a label; its paragraphs ``known`` to have none, or not."""
    return replace(
        corpus,
        articles=tuple(
            replace(
                article,
                labels=(frozenset(),) * len(article.labels),
                known=(known,) * len(article.labels),
                article_labels=None,
            )
            for article in corpus.articles
        ),
    )


@pytest.mark.parametrize("known", [True, False])
def test_without_a_label_there_is_still_a_page(report, tiny_corpus, known):
    content = body(report(bare(tiny_corpus, known)))
    assert "<td>–</td>" in content
    assert "nan" not in content
    assert ("missed or wrong: 0;" in content) is not known


def test_data_that_the_model_was_trained_on_are_told(report, tiny_corpus):
    told = "trained on some of these very files"
    assert told in body(report(tiny_corpus, {"data": dict(tiny_corpus.digests)}))
    assert told not in body(report(tiny_corpus, {"data": {"miniatures.jsonl": "0" * 64}}))


@pytest.mark.parametrize(
    ("trained", "russian", "english"),
    [
        ({"trained": "2026-11-27T14:55:23+00:00"}, "Обучена 27.11.2026;", "Trained 2026-11-27;"),
        ({"trained": "<i>"}, "Обучена &lt;i&gt;;", "Trained &lt;i&gt;;"),
        ({}, "Обучена неизвестно когда;", "Trained at an unknown time;"),
    ],
)
def test_it_tells_when_the_model_was_trained(report, tiny_corpus, trained, russian, english):
    assert russian in body(report(tiny_corpus, trained, "ru"))
    assert english in body(report(tiny_corpus, trained, "en"))


def test_a_russian_page_is_russian_throughout(report, tiny_corpus):
    content = body(report(tiny_corpus, language="ru"))
    assert '<html lang="ru">' in content
    seen = re.sub("<code>.*?</code>|<style>.*?</style>|<[^>]*>", " ", content, flags=re.DOTALL)
    assert set(re.findall("[A-Za-z]{2,}", seen)) <= {"jsonl", "miniatures", "JavaScript"}
    said = " ".join(re.findall('aria-label="(.*?)"', content))
    assert not re.search("[A-Za-z]{2}", said)
    assert not re.search(r"\d\.\d", seen + said)


def test_an_english_page_is_english_throughout(report, tiny_corpus):
    assert not re.search("[а-яё]", body(report(tiny_corpus, language="en")), re.IGNORECASE)


def test_only_the_surest_mistakes_are_kept_of_very_many(report, tiny_corpus, monkeypatch):
    monkeypatch.setattr(evaluation, "MISTAKES", 3)
    content = report(bare(tiny_corpus, known=True))
    assert ", 3 are here" in body(content)
    assert content.count('"runs":') == 3


def body(content):
    """The page without its scripts and their data."""
    return re.sub("<script.*?</script>", "", content, flags=re.DOTALL)
