"""The configuration of a training; its defaults are what `training/EXPERIMENTS.md` found best."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Conflicts = Literal["refuse", "union", "drop"]
"""What to do with a text that is given twice with different labels."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that decides how a model is trained, besides the data.

    Attributes:
        min_df, pair_min_df: paragraphs that a lemma, and a pair of lemmas, must occur in to be a term.
        folds: parts of the cross-validation that gives out-of-fold scores.
        inverse_penalty: C of the first-stage logistic regressions (L2).
        boilerplate_inverse_penalty, joint_inverse_penalty: C of the second stage, of page chrome and of event types.
        previous, next, head, article: how far a block's features are scaled before fitting; a smaller scale means a
            stronger penalty on its weights. The paragraph's own words have 1.
        shape: the same for the shape features.
        min_articles: articles a label must be on, and must not be on, near-duplicates counted once.
        conflicts: see `Conflicts`.
        random_state: for liblinear's order of coordinates.
    """

    min_df: int = 2
    pair_min_df: int = 5
    folds: int = 5
    inverse_penalty: float = 4.0
    boilerplate_inverse_penalty: float = 10.0
    joint_inverse_penalty: float = 0.3
    previous: float = 0.6
    next: float = 0.6
    head: float = 0.6
    article: float = 1.5
    shape: float = 0.3
    min_articles: int = 5
    conflicts: Conflicts = "refuse"
    random_state: int = 0

    @property
    def block_scales(self) -> tuple[float, ...]:
        """Scales in the order of `tagger.linear.BLOCKS`."""
        return (1.0, self.previous, self.next, self.head, self.article)

    def as_dict(self) -> dict[str, Any]:
        """JSON-able values."""
        return asdict(self)
