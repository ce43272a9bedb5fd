"""Records: what is labelled, what is unlabelled, and what follows from one for the other."""

import json

import pytest

from tagger.training.corpus import Corpus
from tagger.training.records import BadLineError, parse_record

LABELS = ("award", "opening")
AWARD, NONE = frozenset({"award"}), frozenset()


def parsed(record):
    return parse_record(json.dumps(record).encode(), LABELS, "f:1")


def test_labels_of_a_whole_article_say_nothing_of_its_paragraphs():
    article = parsed({"id": "a", "text": "Заголовок\r\n\n  Премия вручена. \n", "labels": ["award"]})
    assert article.paragraphs == ("Заголовок", "Премия вручена.")
    assert article.known == (False, False)
    assert article.article_labels == AWARD


def test_the_only_paragraph_has_the_labels_of_the_article():
    for record in ({"text": "Премия"}, {"paragraphs": [{"text": "Премия"}]}):
        article = parsed(record | {"labels": ["award"]})
        assert (article.known, article.labels, article.article_labels) == ((True,), (AWARD,), AWARD)


def test_a_paragraph_without_labels_is_unlabelled_and_an_empty_list_is_not():
    article = parsed({"paragraphs": [{"text": "а"}, {"text": "б", "labels": []}, {"text": "в", "boilerplate": True}]})
    assert article.known == (False, True, True)
    assert article.article_labels is None


def test_labels_of_the_article_may_stand_beside_some_of_its_paragraphs():
    parts = [{"text": "а", "labels": ["award"]}, {"text": "б"}]
    article = parsed({"paragraphs": parts, "labels": ["award", "opening"]})
    assert (article.known, article.labels) == ((True, False), (AWARD, NONE))
    assert article.article_labels == frozenset(LABELS)


def test_labels_of_all_paragraphs_are_those_of_the_article():
    article = parsed({"paragraphs": [{"text": "а", "labels": ["award"]}, {"text": "б", "labels": []}]})
    assert (article.known, article.article_labels) == ((True, True), AWARD)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"text": "а"}, "unlabelled"),
        ({"paragraphs": [{"text": "а"}, {"text": "б"}]}, "unlabelled"),
        ({"text": " ", "labels": []}, "field 'text' must be a non-empty text"),
        ({"text": 5, "labels": []}, "field 'text' must be a non-empty text"),
        ({"text": "а", "labels": [], "paragraphs": []}, "without a field 'paragraphs' beside it"),
        ({"text": "\ud800", "labels": []}, "text: holds a lone surrogate"),
        ({"text": "а", "labels": ["awards"]}, "labels: unknown label 'awards'; did you mean 'award'?"),
        ({"paragraphs": [{"text": "а", "labels": ["award"]}, {"text": "б"}], "labels": []}, "not among the article's"),
    ],
)
def test_what_is_refused(record, message):
    with pytest.raises(BadLineError, match=message):
        parsed(record)


def test_the_corpus_tells_what_is_known():
    whole = parsed({"text": "а\nб", "labels": ["award"]})
    some = parsed({"paragraphs": [{"text": "а", "labels": ["opening"]}, {"text": "б"}]})
    corpus = Corpus((whole, some), LABELS, {})
    assert corpus.known.tolist() == [False, False, True, False]
    assert corpus.article_known.tolist() == [[True, True], [False, False]]
    assert corpus.article_gold.tolist() == [[True, False], [False, True]]


@pytest.mark.parametrize("field", ["id", "source"])
def test_an_id_and_a_source_hold_no_lone_surrogates(field):
    with pytest.raises(BadLineError, match=f"^{field}: holds a lone surrogate$"):
        parsed({"text": "а", "labels": [], field: "a\ud800"})


def test_an_article_without_id_is_named_by_its_file_in_utf8_whatever_its_name():
    article = parse_record(b'{"text": "a", "labels": []}', LABELS, "\udcff.jsonl:1")
    assert (article.id, article.where) == (r"\xff.jsonl:1", "\udcff.jsonl:1")
