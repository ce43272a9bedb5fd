"""Learning curves: how good a model becomes with more and more of the labelled articles."""

from dataclasses import dataclass, replace

import numpy as np

from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.evaluation import Evaluation, evaluate
from tagger.training.fitting import Progress, fit
from tagger.training.preparing import Prepared
from tagger.training.splitting import split

SHARES = (0.25, 0.5, 0.75, 1.0)
"""Of the articles that are trained on."""
HELD_OUT = 0.2
"""Share of the articles to judge by."""


@dataclass(frozen=True, slots=True)
class Point:
    """What training on some of the articles gives.

    Attributes:
        articles: how many were trained on.
        evaluation: the model's figures on the articles held out; None if so few articles cannot be trained on.
    """

    articles: int
    evaluation: Evaluation | None


def learning_curve(
    prepared: Prepared, configuration: Configuration, random_state: int, progress: Progress
) -> list[Point]:
    """Train on growing shares of the articles, each within the next, and judge by one part that none has seen.

    Args:
        prepared: the labelled articles.
        configuration: the training's settings.
        random_state: decides which articles are held out and which come first.
        progress: told each step of each training.

    Raises:
        TrainingDataError: not even all of them can be trained on.
    """
    corpus = prepared.corpus
    parts = split(corpus, {"train": 1 - HELD_OUT, "dev": HELD_OUT}, random_state)
    dev = replace(corpus, articles=tuple(corpus.articles[number] for number in parts["dev"]))
    order = np.random.default_rng(random_state).permutation(parts["train"])
    points = []
    for share in SHARES:
        chosen = tuple(corpus.articles[number] for number in order[: round(share * len(order))])
        some = replace(corpus, articles=chosen).ordered()
        try:
            evaluation = evaluate(fit(some, prepared.event_types, configuration, progress).model, dev)
        except TrainingDataError:
            if share == SHARES[-1]:
                raise
            evaluation = None
        points.append(Point(len(some), evaluation))
    return points
