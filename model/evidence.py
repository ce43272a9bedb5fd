"""Evidence: which words made a score, exactly.

The score of a paragraph is piecewise linear in the TF-IDF values of all paragraphs of its article, so it is the sum over
all occurrences of terms of value × weight as seen from that paragraph, plus shape and intercepts. Nothing is approximated.
"""

import numpy as np

from tagger.article import Article
from tagger.context import Context
from tagger.features import occurrences
from tagger.linear import LINEAR_VIEWS, POSITIVE_VIEWS, block_maps, view_maps
from tagger.model import Model
from tagger.prediction import Evidence
from tagger.scoring import Computation, score
from tagger.tokens import TOKEN
from tagger.vocabulary import Floats


def evidence(article: Article, model: Model, paragraph: int, label: str) -> list[Evidence]:
    """Reasons for the score of ``label`` at a body paragraph, strongest first; they sum to the score.

    Args:
        article: the whole article.
        model: the model that scored it.
        paragraph: number of a paragraph that is no boilerplate.
        label: one of the model's labels.
    """
    computed = score([article], model)
    weights = model.weights
    column = model.labels.index(label)
    row = int(np.searchsorted(computed.scores.body, paragraph))
    from_first = _weight_of_first_scores(computed, model, row, column)
    at = article.spans[paragraph].start
    shape = np.sum(from_first * (computed.body_shapes @ weights.shape_coef[:, 1:]))
    intercept = weights.joint_intercept[column] + np.sum(from_first @ weights.intercept[1:])
    reasons = _words(article, model, computed, from_first)
    reasons += [Evidence(at, at, "[shape]", float(shape)), Evidence(at, at, "[intercept]", float(intercept))]
    return sorted(reasons, key=lambda reason: -abs(reason.contribution))


def _weight_of_first_scores(computed: Computation, model: Model, row: int, column: int) -> Floats:
    """How much each first score weighs in the joint score at (row, column): shape (n_body, n_labels)."""
    coef = model.weights.joint_coef[:, :, column]
    alone = np.eye(len(computed.first))
    seen = {name: view(alone)[row] for name, view in view_maps(computed.body_context).items()}
    linear = np.stack([seen[name] for name in LINEAR_VIEWS])
    above = np.stack([seen[name] for name in POSITIVE_VIEWS])
    cut = len(LINEAR_VIEWS)
    weight = linear.T @ coef[:cut] + (above.T @ coef[cut:-1]) * (computed.first > 0)
    # The maximum sees, label by label, only the paragraph that attains it.
    weight[computed.first.argmax(axis=0), np.arange(coef.shape[1])] += coef[-1]
    return weight


def _weight_of_products(context: Context, from_first: Floats) -> Floats:
    """How much each paragraph's products weigh in the score: shape (n_body, n_blocks, n_labels)."""
    alone = np.eye(len(from_first))
    return np.stack([place(alone).T @ from_first for place in block_maps(context)], axis=1)


def _words(article: Article, model: Model, computed: Computation, from_first: Floats) -> list[Evidence]:
    """A reason for every occurrence of a term in the body."""
    products = np.zeros((len(article.spans), *model.weights.coef.shape[1:]))
    products[computed.scores.body, :, 1:] = _weight_of_products(computed.body_context, from_first)
    spans = [token.span() for part in article.spans for token in TOKEN.finditer(article.text, part.start, part.stop)]
    paragraph, term, token = occurrences(computed.ids, computed.starts, model.vocabulary)
    rows = computed.rows
    keys = np.repeat(np.arange(len(rows)), rows.filled) * len(model.vocabulary) + rows.terms
    entry = np.searchsorted(keys, paragraph * len(model.vocabulary) + term)
    value = rows.values[entry] / rows.counts[entry]
    contribution = value * np.einsum("obk,obk->o", model.weights.coef[term], products[paragraph])
    lengths = np.where(term < len(model.vocabulary.lemmas), 1, 2)
    return [
        Evidence(spans[first][0], spans[first + length - 1][1], model.vocabulary.name(number), float(amount))
        for first, length, number, amount in zip(token, lengths, term, contribution, strict=True)
        if amount
    ]
