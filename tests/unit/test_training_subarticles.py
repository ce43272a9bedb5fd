"""Sub-articles: cuts of whole articles that keep their labels and know where they come from."""

import numpy as np

from tagger.training.corpus import Corpus, LabelledArticle
from tagger.training.subarticles import SHORTEST, with_sub_articles


def corpus(*sizes):
    articles = []
    for number, size in enumerate(sizes):
        texts = tuple(f"Абзац {number} {place}" for place in range(size))
        labels = tuple(frozenset({"award"} if place % 2 else ()) for place in range(size))
        chrome = tuple(place % 4 == 0 for place in range(size))
        articles.append(LabelledArticle(str(number), "", texts, labels, chrome, ""))
    return Corpus(tuple(articles), ("award", "opening"), {"a.jsonl": "00"})


def test_whole_articles_come_first_and_three_cuts_of_each_long_one_follow():
    whole = corpus(3, SHORTEST, SHORTEST - 1, 12)
    everything, parents = with_sub_articles(whole)
    assert everything.articles[:4] == whole.articles
    assert parents.tolist() == [0, 1, 2, 3, 1, 1, 1, 3, 3, 3]
    assert (everything.labels, everything.digests) == (whole.labels, whole.digests)


def test_short_articles_are_not_cut():
    whole = corpus(1, 2, SHORTEST - 1)
    everything, parents = with_sub_articles(whole)
    assert everything.articles == whole.articles
    assert parents.tolist() == [0, 1, 2]


def test_a_cut_is_a_run_of_paragraphs_with_their_labels():
    whole = corpus(*range(SHORTEST, 30))
    everything, parents = with_sub_articles(whole)
    for cut, parent in list(zip(everything.articles, parents, strict=True))[len(whole) :]:
        source = whole.articles[parent]
        start, size = source.paragraphs.index(cut.paragraphs[0]), len(cut.paragraphs)
        assert 2 <= size < len(source.paragraphs) or size == SHORTEST == len(source.paragraphs)
        assert cut.paragraphs == source.paragraphs[start : start + size]
        assert cut.labels == source.labels[start : start + size]
        assert cut.boilerplate == source.boilerplate[start : start + size]


def test_the_cuts_are_a_lead_a_headless_text_and_an_excerpt():
    whole = corpus(*range(SHORTEST, 30))
    everything, _ = with_sub_articles(whole)
    for number, source in enumerate(whole.articles):
        lead, headless, excerpt = everything.articles[len(whole) + 3 * number : len(whole) + 3 * number + 3]
        assert lead.paragraphs[0] == source.paragraphs[0]
        assert 2 <= len(lead.paragraphs) <= 4
        assert headless.paragraphs == source.paragraphs[1:]
        assert 2 <= len(excerpt.paragraphs) <= 5


def test_cuts_depend_on_the_text_alone():
    one, _ = with_sub_articles(corpus(9, 9, 9))
    moved = corpus(9, 9, 9)
    moved = Corpus(moved.articles[::-1], moved.labels, moved.digests)
    two, parents = with_sub_articles(moved)
    before = {article.paragraphs for article in one.articles}
    assert before == {article.paragraphs for article in two.articles}
    assert parents.tolist() == [0, 1, 2, 0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_excerpts_begin_in_different_places():
    whole = corpus(*[20] * 40)
    everything, _ = with_sub_articles(whole)
    starts = {
        whole.articles[number].paragraphs.index(everything.articles[len(whole) + 3 * number + 2].paragraphs[0])
        for number in range(40)
    }
    assert len(starts) > 8
    assert np.ptp(list(starts)) > 10
