"""Sub-articles: leads, headless texts and excerpts cut from whole articles; people paste such texts too."""

from dataclasses import replace

import numpy as np

from tagger.training.corpus import Corpus
from tagger.training.records import LabelledArticle
from tagger.vocabulary import Ints

SHORTEST = 5
"""Paragraphs an article must have to be cut."""


def with_sub_articles(corpus: Corpus) -> tuple[Corpus, Ints]:
    """The corpus, then three cuts of every article that is long enough.

    Returns:
        corpus: the whole articles first, in their order.
        parents: shape (n_articles,), the number of the whole article that each is or comes from.
    """
    cuts = [
        (
            replace(
                article,
                article_labels=None,  # what the whole reports, a part need not
                **{name: getattr(article, name)[part] for name in ("paragraphs", "labels", "boilerplate", "known")},
            ),
            number,
        )
        for number, article in enumerate(corpus.articles)
        if len(article.paragraphs) >= SHORTEST
        for part in _parts(article)
    ]
    articles = (*corpus.articles, *(article for article, _ in cuts))
    parents = np.array([*range(len(corpus)), *(number for _, number in cuts)], np.int64)
    return replace(corpus, articles=articles), parents


def _parts(article: LabelledArticle) -> tuple[slice, slice, slice]:
    """Lead, headless text and excerpt; their lengths depend on the text alone."""
    generator = np.random.default_rng(int(article.digest[:16], 16))
    size = int(generator.integers(2, 6))
    start = int(generator.integers(0, len(article.paragraphs) - size + 1))
    return slice(0, int(generator.integers(2, 5))), slice(1, None), slice(start, start + size)
