"""How many planted label errors `tagger data audit` finds: in the first 5, 10 and 15 % of the paragraphs as it ranks them.

python tests/quality/planted_errors.py [RANDOM_STATE…]     two minutes each; the rivals of cleanlab only where it is installed

5 % of the body paragraphs of seeds/ get wrong labels, as annotators err: a third miss a label, a third have one swapped for
another, a third have one too many, half of these the label of their article's other paragraphs.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from tagger.training.auditing import doubts, label_probabilities
from tagger.training.configuration import Configuration
from tagger.training.fitting import fit
from tagger.training.metrics import average_precision
from tagger.training.preparing import prepare

ROOT = Path(__file__).parents[2]
SHARE = 0.05


def planted(corpus, share, random_state):
    """The corpus with errors, and what is wrong with each paragraph ('' for nothing)."""
    generator, everything = np.random.default_rng(random_state), set(corpus.labels)
    labels = [given for article in corpus.articles for given in article.labels]
    of_article = [frozenset().union(*article.labels) for article in corpus.articles]
    groups, body = corpus.groups, np.flatnonzero(~corpus.boilerplate)
    with_label = generator.permutation([row for row in body if labels[row]])
    without = [row for row in body if not labels[row]]
    near = generator.permutation([row for row in without if of_article[groups[row]]])
    third = round(share * len(body) / 3)
    chosen = {"missing": with_label[:third], "swapped": with_label[third : 2 * third], "near": near[: third // 2]}
    others = generator.permutation(np.setdiff1d(without, chosen["near"]))
    chosen["spurious"] = others[: third - third // 2]
    kinds = np.full(len(labels), "", object)
    for kind, rows in chosen.items():
        kinds[rows] = kind
        for row in rows:
            given, among = labels[row], of_article[groups[row]] if kind == "near" else everything
            gone = {generator.choice(sorted(given))} if given else set()
            new = set() if kind == "missing" else {generator.choice(sorted(among - given))}
            labels[row] = frozenset(map(str, (given - gone) | new))
    cuts = np.searchsorted(groups, np.arange(len(corpus) + 1))
    articles = (
        replace(article, labels=tuple(labels[start:stop]), article_labels=None)
        for article, start, stop in zip(corpus.articles, cuts[:-1], cuts[1:], strict=True)
    )
    return replace(corpus, articles=tuple(articles)), kinds


def rankings(probabilities, threshold, gold):
    """Name → how doubtful each paragraph is."""
    confidence = np.where(gold, probabilities, 1 - probabilities)
    found = {
        "audit": doubts(probabilities, threshold, gold).max(axis=1),
        "self-confidence, least": -confidence.min(axis=1),
        "self-confidence, mean": -confidence.mean(axis=1),
        "log-likelihood": -np.log(np.maximum(confidence, 1e-6)).sum(axis=1),
    }
    try:
        from cleanlab.multilabel_classification import get_label_quality_scores
    except ImportError:
        return found
    given = [np.flatnonzero(row).tolist() for row in gold]
    for method in ("self_confidence", "normalized_margin", "confidence_weighted_entropy"):
        for way in ("exponential_moving_average", "softmin"):
            options = {"method": method, "aggregator_kwargs": {"method": way}}
            found[f"cleanlab {method} {way}"] = -get_label_quality_scores(given, probabilities, **options)
    return found


def main(random_states):
    prepared = prepare([ROOT / "seeds"], None, Configuration())
    print(
        "| random_state | ranking | 5 % | 10 % | 15 % | average precision | by kind within 10 % |\n" + "|---" * 7 + "|"
    )
    for random_state in random_states:
        corpus, kinds = planted(prepared.corpus, SHARE, random_state)
        fitted = fit(corpus, prepared.event_types, Configuration(), lambda _: None)
        probabilities = label_probabilities(fitted.scores, fitted.model, corpus.gold)
        body, wrong = ~corpus.boilerplate, kinds != ""
        for name, doubt in rankings(probabilities, fitted.model.paragraph.threshold, corpus.gold).items():
            order = np.flatnonzero(body)[np.argsort(-doubt[body], kind="stable")]
            shares = [f"{wrong[order[: int(part * len(order))]].sum() / wrong.sum():.3f}" for part in (0.05, 0.1, 0.15)]
            first = kinds[order[: len(order) // 10]]
            by_kind = ", ".join(
                f"{kind} {np.mean(np.isin(np.flatnonzero(kinds == kind), order[: len(first)])):.2f}"
                for kind in ("missing", "swapped", "near", "spurious")
            )
            precision = f"{average_precision(doubt[body], wrong[body]):.3f}"
            print("|", " | ".join([str(random_state), name, *shares, precision, by_kind]), "|", flush=True)


if __name__ == "__main__":
    main(list(map(int, sys.argv[1:])) or [0, 1, 2])
