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
    def make(corpus, provenance=None):
        model = replace(tiny_model, provenance=provenance or {})
        verdicts = verdicts_on(corpus, model)
        return evaluation_report(
            Tagger(model), corpus, verdicts, evaluate_verdicts(verdicts, corpus), nullcontext
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
    content = report(bare(tiny_corpus, known))
    assert "<td>–</td>" in content
    assert "nan" not in re.sub("<script.*", "", content, flags=re.DOTALL)
    assert ("0 labels of paragraphs are missed or wrong" in content) is not known


def test_data_that_the_model_was_trained_on_are_told(report, tiny_corpus):
    assert "trained on some of these very files" in report(tiny_corpus, {"data": dict(tiny_corpus.digests)})
    assert "trained on some of these very files" not in report(tiny_corpus, {"data": {"miniatures.jsonl": "0" * 64}})


def test_only_the_surest_mistakes_are_kept_of_very_many(report, tiny_corpus, monkeypatch):
    monkeypatch.setattr(evaluation, "MISTAKES", 3)
    content = report(bare(tiny_corpus, known=True))
    assert ", 3 are here" in content
    assert content.count('"runs":') == 3
