"""What `tagger data queue` saves: models trained on articles that it chose, and on as many random ones, side by side.

python tests/quality/queue_or_random.py [RANDOM_STATE]     half an hour; nice -n 10 and OMP_NUM_THREADS=1 do no harm

A fifth of seeds/ is held out, without reprints of the rest. Both ways begin with the same quarter of the rest, chosen at
random, and add articles in three rounds until they have a half; the queue chooses with the model of the round before.
Macro-F1 on the held-out articles, with 95 % intervals of a paired bootstrap over them. The queue sees no labels of the pool.
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from tagger.scoring import score
from tagger.training.configuration import Configuration
from tagger.training.fitting import fit
from tagger.training.metrics import Counts, bootstrap_weights, f1, interval
from tagger.training.preparing import prepare
from tagger.training.queueing import queue
from tagger.training.splitting import split
from tagger.verdict import decide

ROOT = Path(__file__).parents[2]
CONFIGURATION = Configuration(folds=3)
START, ROUNDS, SAMPLES = 0.25, 3, 1000


def part(corpus, numbers):
    return replace(corpus, articles=tuple(corpus.articles[number] for number in numbers))


def trained(prepared, numbers):
    return fit(part(prepared.corpus, numbers).ordered(), prepared.event_types, CONFIGURATION, lambda _: None).model


def samples(model, test):
    """Macro-F1 of paragraphs and of articles: of the sample itself, then of its resamplings; shape (2, 1 + SAMPLES)."""
    verdicts = decide(score([article.article.paragraphs for article in test.articles], model).scores, model)
    weights = np.vstack([np.ones(len(test), int), bootstrap_weights(len(test), SAMPLES, 0)])
    paragraphs = Counts.by_article(verdicts.labels, test.gold, test.groups, len(test))
    articles = Counts.by_article(verdicts.article_labels, test.article_gold, np.arange(len(test)), len(test))
    return np.array([f1(*counts.sums(weights)).mean(axis=1) for counts in (paragraphs, articles)])


def shown(values):
    low, high = interval(values[1:])
    return f"{values[0]:+.3f} ({low:+.3f} to {high:+.3f})"


def row(name, corpus, numbers, found, other=None):
    size = f"{len(numbers)} articles, {len(part(corpus, numbers).groups)} paragraphs"
    cells = [shown(values) for values in found]
    if other is not None:
        cells += [shown(values) for values in found - other]
    print("|", " | ".join([name, size, *cells]), "|", flush=True)


def main(random_state):
    prepared = prepare([ROOT / "seeds"], None, CONFIGURATION)
    corpus = prepared.corpus
    parts = split(corpus, {"pool": 0.8, "test": 0.2}, random_state)
    test, pool = part(corpus, parts["test"]), np.random.default_rng(random_state).permutation(parts["pool"])
    sizes = np.round(len(pool) * np.linspace(START, 0.5, ROUNDS + 1)).astype(int)
    start = pool[: sizes[0]]
    model = trained(prepared, start)
    print(
        "| | trained on | paragraph macro-F1 | article macro-F1 | minus random, paragraphs | articles |\n"
        + "|---" * 6
        + "|"
    )
    row("start", corpus, start, samples(model, test))
    chosen = start
    for size in sizes[1:]:
        left = np.setdiff1d(pool, chosen)
        unlabelled, labelled = ([corpus.articles[number].article for number in some] for some in (left, chosen))
        found = queue(unlabelled, labelled, model, int(size) - len(chosen), random_state)
        chosen = np.concatenate([chosen, left[[choice.number for choice in found]]])
        model = trained(prepared, chosen)
        random = samples(trained(prepared, pool[:size]), test)
        row("random", corpus, pool[:size], random)
        by_queue = samples(model, test)
        row("queue", corpus, chosen, by_queue, random)
    whole = samples(trained(prepared, pool), test)
    row("whole", corpus, pool, whole)
    print("\nqueue at half minus whole:", " paragraphs, ".join(map(shown, by_queue - whole)), "articles")
    print("random at half minus whole:", " paragraphs, ".join(map(shown, random - whole)), "articles")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ["0"]))
