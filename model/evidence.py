"""Evidence: which words made a score, exactly.

The score of a paragraph is piecewise linear in the TF-IDF values of all paragraphs of its article, so it is the sum over
all occurrences of terms of value × weight as seen from that paragraph, plus shape and intercepts. Nothing is approximated.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tagger.article import Article
from tagger.context import Context
from tagger.features import occurrences
from tagger.linear import LINEAR_VIEWS, MARGINS, POSITIVE_VIEWS, VIEWS, transposed_block_maps, transposed_view_maps
from tagger.model import Model
from tagger.prediction import Evidence
from tagger.scoring import Computation, score
from tagger.tokens import TOKEN
from tagger.verdict import Flags
from tagger.vocabulary import Floats, Ints


class Occurrences(NamedTuple):
    """Where the terms of an article stand and how much of their TF-IDF value each occurrence has; n_occurrences each."""

    paragraphs: Ints
    terms: Ints
    values: Floats
    starts: Ints
    stops: Ints
    names: npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class ArticleEvidence:
    """Reasons for the scores of an article, which is scored again when one is asked for, once for all of them.

    Attributes:
        article: the whole article.
        model: the model that scored it.
    """

    article: Article
    model: Model

    def reasons(self, paragraph: int, label: str, own: bool) -> list[Evidence]:
        """Reasons for the score of ``label`` at a body paragraph, strongest first; they sum to the score.

        Args:
            paragraph: number of a paragraph that is no boilerplate.
            label: one of the model's labels.
            own: only the words of the paragraph itself, which is quicker in a long article.
        """
        computed, weights = self._computed, self.model.weights
        column = self.model.labels.index(label)
        row = int(np.searchsorted(computed.scores.body, paragraph))
        from_first, constant = _weight_of_first_scores(computed, self.model, row, column)
        if own:
            return _strongest_first(self._words(from_first, self._occurrences.paragraphs == paragraph))
        at = self.article.spans[paragraph].start
        shape = np.sum(from_first * (computed.body_shapes @ weights.shape_coef[:, 1:]))
        intercept = weights.joint_intercept[column] + constant + np.sum(from_first @ weights.intercept[1:])
        reasons = self._words(from_first, np.ones(len(self._occurrences.terms), bool))
        reasons += [Evidence(at, at, "[shape]", float(shape)), Evidence(at, at, "[intercept]", float(intercept))]
        return _strongest_first(reasons)

    @cached_property
    def _computed(self) -> Computation:
        return score([self.article.paragraphs], self.model)

    @cached_property
    def _occurrences(self) -> Occurrences:
        text, vocabulary, rows = self.article.text, self.model.vocabulary, self._computed.rows
        tokens = (token.span() for part in self.article.spans for token in TOKEN.finditer(text, part.start, part.stop))
        starts, stops = np.array(list(tokens), np.int64).reshape(-1, 2).T
        paragraph, term, token = occurrences(self._computed.ids, self._computed.starts, vocabulary)
        keys = np.repeat(np.arange(len(rows)), rows.filled) * len(vocabulary) + rows.terms
        entry = np.searchsorted(keys, paragraph * len(vocabulary) + term)
        last = token + (term >= len(vocabulary.lemmas))
        names = np.array(list(map(vocabulary.name, term.tolist())), object)
        return Occurrences(paragraph, term, rows.values[entry] / rows.counts[entry], starts[token], stops[last], names)

    def _words(self, from_first: Floats, chosen: Flags) -> list[Evidence]:
        """A reason for every chosen occurrence of a term in the body."""
        found, coef = self._occurrences, self.model.weights.coef
        terms, paragraphs = found.terms[chosen], found.paragraphs[chosen]
        products = np.zeros((len(self.article.spans), *coef.shape[1:]))
        products[self._computed.scores.body, :, 1:] = _weight_of_products(self._computed.body_context, from_first)
        contribution = found.values[chosen] * np.einsum("obk,obk->o", coef[terms], products[paragraphs])
        columns = (part[chosen].tolist() for part in (found.starts, found.stops, found.names))
        return [Evidence(*reason) for reason in zip(*columns, contribution.tolist(), strict=True) if reason[3]]


def _strongest_first(reasons: list[Evidence]) -> list[Evidence]:
    return sorted(reasons, key=lambda reason: -abs(reason.contribution))


def _weight_of_first_scores(computed: Computation, model: Model, row: int, column: int) -> tuple[Floats, float]:
    """How much each first score weighs in the joint score at (row, column), shape (n_body, n_labels), and what is constant."""
    coef, first = model.weights.joint_coef[:, :, column], computed.first
    alone = np.zeros(len(first))
    alone[row] = 1
    seen = {name: view(alone) for name, view in transposed_view_maps(computed.body_context).items()}
    linear = np.stack([seen[name] for name in LINEAR_VIEWS])
    above = np.stack([seen[name] for name in POSITIVE_VIEWS])
    maximum = VIEWS.index("maximum")
    weight = linear.T @ coef[: len(LINEAR_VIEWS)] + (above.T @ coef[len(LINEAR_VIEWS) : maximum]) * (first > 0)
    # The maximum sees, label by label, only the paragraph that attains it; so does a capped score that reaches it.
    best = first.argmax(axis=0), np.arange(coef.shape[1])
    weight[best] += coef[maximum]
    constant = 0.0
    for margin, capped in zip(MARGINS, coef[maximum + 1 :], strict=True):
        below = first[row] + margin < first[best]
        weight[row] += capped * below
        weight[best] += capped * ~below
        constant += margin * float(np.sum(capped * below))
    return weight, constant


def _weight_of_products(context: Context, from_first: Floats) -> Floats:
    """How much each paragraph's products weigh in the score: shape (n_body, n_blocks, n_labels)."""
    return np.stack([place(from_first) for place in transposed_block_maps(context)], axis=1)
