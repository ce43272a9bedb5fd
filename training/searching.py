"""Searching: settings that suit a corpus better than the defaults, tried one after the other until the time is up."""

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.evaluation import evaluate_verdicts
from tagger.training.fitting import fit
from tagger.training.preparing import Prepared
from tagger.verdict import decide

GRID: dict[str, tuple[float, ...]] = {
    "inverse_penalty": (1.0, 4.0, 16.0),
    "joint_inverse_penalty": (0.003, 0.03, 0.3),
    "min_df": (1, 2, 3),
    "pair_min_df": (2, 5),
    "article": (0.75, 1.5),
}
"""Setting → values tried; those that mattered at all in `training/EXPERIMENTS.md`."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One configuration and what it gives out of fold, always on the same folds.

    Attributes:
        configuration: the settings.
        paragraph, article: macro-F1.
        seconds: what it took.
        fault: why it cannot be trained with; empty if it can.
    """

    configuration: Configuration
    paragraph: float
    article: float
    seconds: float
    fault: str = ""

    @property
    def value(self) -> float:
        """What is compared: the mean of both levels."""
        return (self.paragraph + self.article) / 2


def search(
    prepared: Prepared,
    configuration: Configuration,
    fixed: Collection[str],
    seconds: float,
    progress: Callable[[Trial], None],
) -> list[Trial]:
    """Random search [1]_: the given configuration, then others of `GRID` in random order.

    A trial is begun only if one like the longest so far would end in time, so that the limit holds; the first one always is.
    The trials depend on ``random_state`` alone, the clock only says how many there are.

    Args:
        prepared: the labelled articles.
        configuration: settings to start from.
        fixed: settings of `GRID` that are not varied.
        seconds: how long it may take.
        progress: told each trial as it ends.

    Returns:
        The trials, the best one first; of equals the one tried first.

    Raises:
        TrainingDataError: the data cannot be trained on.

    .. [1] Bergstra, Bengio (2012), Random search for hyper-parameter optimization.
    """
    begin = time.monotonic()
    trials: list[Trial] = []
    for candidate in candidates(configuration, fixed):
        longest = max((trial.seconds for trial in trials), default=0.0)
        if trials and time.monotonic() - begin + longest > seconds:
            break
        trial = _trial(prepared, candidate)
        if trial.fault and not trials:
            raise TrainingDataError(trial.fault)
        trials.append(trial)
        progress(trials[-1])
    return sorted(trials, key=lambda trial: -trial.value)


def candidates(configuration: Configuration, fixed: Collection[str]) -> Iterator[Configuration]:
    """The configuration, then all others of `GRID` in an order that its ``random_state`` decides."""
    yield configuration
    names = [name for name in GRID if name not in fixed]
    values = list(product(*(GRID[name] for name in names)))
    for number in np.random.default_rng(configuration.random_state).permutation(len(values)):
        candidate = replace(configuration, **dict(zip(names, values[number], strict=True)))
        if candidate != configuration:
            yield candidate


def _trial(prepared: Prepared, configuration: Configuration) -> Trial:
    begin = time.monotonic()
    try:
        fitted = fit(prepared.corpus, prepared.event_types, configuration, lambda _: None)
    except TrainingDataError as error:
        return Trial(configuration, 0.0, 0.0, time.monotonic() - begin, str(error))
    evaluation = evaluate_verdicts(decide(fitted.scores, fitted.model), prepared.corpus)
    paragraph, article = (evaluation.row(level, "macro").f1 for level in ("paragraph", "article"))
    return Trial(configuration, paragraph, article, time.monotonic() - begin)
