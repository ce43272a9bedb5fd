"""`tagger train --search`: how long, how far, and what was found."""

import re
from collections.abc import Collection, Sequence
from typing import Any

import click

from tagger.cli.printing import show
from tagger.cli.tables import aligned

SHOWN = 15
"""Trials in the table; with that of the given configuration, if it is none of them."""
_UNITS = {"s": 1, "m": 60, "h": 3600}


def duration(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """A time such as ``90s``, ``10m`` or ``1.5h`` in seconds; the callback of an option."""
    if value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]+)?)([smh])", value)
    if not found or not float(found[1]):
        raise click.BadParameter(f"{value!r} is no time; write 90s, 10m or 1h", ctx, param)
    return float(found[1]) * _UNITS[found[2]]


def search(prepared: Any, configuration: Any, fixed: Collection[str], seconds: float) -> Any:
    """The best configuration found in time; the table of all that was tried goes to standard error."""
    from tagger.cli.progress import progress_bar
    from tagger.training.searching import GRID
    from tagger.training.searching import search as try_out

    with progress_bar("searching", length=int(seconds), told=_shown) as bar:
        trials = try_out(prepared, configuration, fixed, seconds, lambda trial: bar.update(round(trial.seconds), trial))
    show(trials_table(trials, [name for name in GRID if name not in fixed], configuration), err=True)
    return trials[0].configuration


def trials_table(trials: Sequence[Any], settings: Sequence[str], given: Any) -> str:
    """What the best trials were and gave, the best one first, and what those of the ``given`` configuration did."""
    rows = [["", *settings, "paragraph F1", "article F1", "mean", "seconds"]]
    for number, trial in enumerate(trials):
        marks = ["taken"] * (number == 0) + ["given"] * (trial.configuration == given)
        if number < SHOWN or marks:
            values = (f"{getattr(trial.configuration, name):g}" for name in settings)
            figures = ["cannot be trained with", "", ""] if trial.fault else _figures(trial)
            rows.append([" ".join(marks), *values, *figures, f"{trial.seconds:.1f}"])
    left = [f"… and {len(trials) - len(rows) + 1} more"] * (len(trials) >= len(rows))
    return "\n".join(
        [f"{len(trials)} configurations tried, out-of-fold macro-F1 on the same folds:", *aligned(rows), *left]
    )


def _figures(trial: Any) -> list[str]:
    return [f"{figure:.3f}" for figure in (trial.paragraph, trial.article, trial.value)]


def _shown(trial: Any) -> str:
    return "" if trial is None or trial.fault else f"mean F1 {trial.value:.3f}"
