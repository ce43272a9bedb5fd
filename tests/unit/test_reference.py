"""Every probability against a slow scorer that shares no code with the fast one past the tokens: scikit-learn's counts and
TF-IDF, then loops over articles, paragraphs, blocks and views."""

import math
from itertools import pairwise

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from tagger import Tagger
from tagger.boilerplate import BOILERPLATE_VIEWS, SURE
from tagger.lemmas import lemma_of
from tagger.linear import BLOCKS, JOINT_VIEWS
from tagger.shape import NAMES, shapes
from tagger.tokens import TOKEN


def analyze(text):
    lemmas = [lemma_of(form) for form in TOKEN.findall(text)]
    return lemmas + [" ".join(pair) for pair in pairwise(lemmas)]


def logistic(decision, scores):
    return [1 / (1 + math.exp(-(a * x + b))) for a, x, b in zip(decision.slope, scores, decision.offset, strict=True)]


def weighed(part, sizes):
    """The paragraphs that a block or view reads, with their shares: from ``part``'s place among ``sizes`` paragraphs."""

    def at(place):
        return [(place, 1.0)] if 0 <= place < sizes else []

    return {
        "own": at(part),
        "previous": at(part - 1),
        "next": at(part + 1),
        "second previous": at(part - 2),
        "second next": at(part + 2),
        "head": [(place, 0.5) for place in range(min(2, sizes))],
        "article": [(place, 1 / sizes) for place in range(sizes)],
        "mean": [(place, 1 / sizes) for place in range(sizes)],
    }


def first_scores(words, shape, model, outputs):
    weights, scores = model.weights, []
    for part in range(len(words)):
        row = weights.intercept[outputs] + shape[part] @ weights.shape_coef[:, outputs]
        reads = weighed(part, len(words))
        for block, name in enumerate(BLOCKS):
            for place, share in reads[name]:
                row = row + share * (words[place] @ weights.coef[:, block, outputs])
        scores.append(row)
    return scores


def joint_scores(first, model):
    weights, scores = model.weights, []
    for part in range(len(first)):
        row, reads = weights.joint_intercept.copy(), weighed(part, len(first))
        for view, name in enumerate(JOINT_VIEWS):
            where, _, positive = name.partition(", ")
            shown = np.maximum(first, 0) if positive else first
            if name == "maximum":
                seen = np.max(first, axis=0)
            elif name.endswith(", capped"):
                seen = np.minimum(first[part] + float(where.removeprefix("own + ")), np.max(first, axis=0))
            else:
                seen = sum((share * shown[place] for place, share in reads[where]), np.zeros(len(model.labels)))
            row = row + seen @ weights.joint_coef[view]
        scores.append(row)
    return scores


def chrome_scores(words, shape, model):
    """Scores for page chrome after the look at all paragraphs of the article."""
    first, size = [row[0] for row in first_scores(words, shape, model, [0])], len(words)
    bounded = [min(max(score, -SURE), SURE) for score in first]
    body = [1 / (1 + math.exp(score)) for score in first]
    scores = []
    for part in range(size):
        seen = {"always": 1.0, "maximum": max(first)}
        for view, read in weighed(part, size).items():
            seen[view] = sum(share * first[place] for place, share in read)
            seen[f"{view}, positive"] = sum(share * max(first[place], 0) for place, share in read)
        for view, side in {"least before": bounded[:part], "least after": bounded[part + 1 :]}.items():
            seen[view] = min([SURE, *side])
            seen[f"{view}, positive"] = max(seen[view], 0)
        for near, place in {"": part, ", previous": part - 1, ", next": part + 1}.items():
            for name, value in zip(NAMES, shape[place] if 0 <= place < size else [0.0] * len(NAMES), strict=True):
                seen[f"{name}{near}"] = value
        rest = sum((body[other] * words[other] for other in range(size) if other != part), np.zeros_like(words[part]))
        length = math.sqrt(rest @ rest)
        seen["cohesion"] = words[part] @ rest / length if length else 0.0
        weights = zip(BOILERPLATE_VIEWS, model.weights.boilerplate_coef, strict=True)
        scores.append(sum(seen[view] * weight for view, weight in weights))
    return scores


def reference(paragraphs, model):
    """Probabilities of each paragraph by label, None for boilerplate; its boilerplate probability; the article's."""
    vocabulary = {model.vocabulary.name(term): term for term in range(len(model.vocabulary))}
    counts = CountVectorizer(analyzer=analyze, vocabulary=vocabulary).transform(paragraphs)
    transformer = TfidfTransformer(sublinear_tf=True).fit(counts)
    transformer.idf_ = model.vocabulary.idf
    words, size = transformer.transform(counts).toarray(), len(paragraphs)
    shape = shapes(paragraphs, np.arange(size), np.full(size, size))
    chrome = [logistic(model.boilerplate, [score])[0] for score in chrome_scores(words, shape, model)]
    body = [part for part in range(size) if chrome[part] < model.boilerplate.threshold[0]]
    events = list(range(1, 1 + len(model.labels)))
    joint = joint_scores(first_scores(words[body], shape[body], model, events), model) if body else []
    given = dict(zip(body, joint, strict=True))
    usable = [given[part] for part in body if counts[part].nnz]
    article = logistic(model.article, np.max(usable, axis=0)) if usable else [0.0] * len(events)
    return [logistic(model.paragraph, given[part]) if part in given else None for part in range(size)], chrome, article


@pytest.fixture(scope="module")
def articles(texts):
    """Articles of paragraphs drawn at random from the samples, of 1 to 12 paragraphs."""
    pool = [line for text in texts for line in text.split("\n") if line.strip()]
    generator = np.random.default_rng(5)
    return ["\n".join(generator.choice(pool, generator.integers(1, 13))) for _ in range(40)]


@pytest.mark.parametrize("name", ["shipped", "wild"])
def test_probabilities_are_those_of_the_reference(name, shipped, wild_model, articles):
    tagger = shipped if name == "shipped" else Tagger(wild_model)
    body = 0
    for result in tagger.predict_many(articles):
        paragraphs, chrome, article = reference(result.article.paragraphs, tagger.model)
        assert list(result.probabilities.values()) == pytest.approx(article, abs=1e-9)
        for found, wanted, chrome_probability in zip(result.paragraphs, paragraphs, chrome, strict=True):
            assert found.boilerplate_probability == pytest.approx(chrome_probability, abs=1e-9)
            assert found.boilerplate == (wanted is None)
            if wanted is not None:
                body += 1
                assert list(found.probabilities.values()) == pytest.approx(wanted, abs=1e-9)
    assert body > 40
