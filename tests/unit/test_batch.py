"""Batches: how much of each article is page chrome."""

import numpy as np
import pytest

from tagger import Tagger
from tagger.article import Article
from tagger.batch import chrome_shares

TEXTS = ["Меню\nГубернатор открыл завод", "", "Одно слово", "Читайте также\nЕщё"]


def test_shares_count_characters():
    articles = [Article.from_text(text) for text in TEXTS]
    shares = chrome_shares(articles, np.array([True, False, False, True, True]))
    assert shares.tolist() == pytest.approx([4 / 27, 0, 0, 1])


def test_no_articles_have_no_shares():
    assert chrome_shares([], np.zeros(0, bool)).shape == (0,)
    assert chrome_shares([Article.from_text("")], np.zeros(0, bool)).tolist() == [0]


def test_predictions_tell_the_share_of_their_paragraphs(tiny_model, texts):
    for answer in Tagger(tiny_model).predict_many(texts):
        sizes = [part.stop - part.start for part in answer.paragraphs]
        chrome = [size for size, part in zip(sizes, answer.paragraphs, strict=True) if part.boilerplate]
        assert answer.chrome_share == pytest.approx(sum(chrome) / max(sum(sizes), 1))
