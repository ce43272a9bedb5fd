"""Decision: scores to probabilities, and probabilities to labels."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tagger.vocabulary import Floats


@dataclass(frozen=True, eq=False)
class Decision:
    """Calibration, thresholds and review bands of one level (paragraphs, articles or the boilerplate mark).

    Learnt from out-of-fold scores. Shapes (n_labels,) each.

    Attributes:
        slope, offset: Platt scaling, ``probability = 1 / (1 + exp(-(slope · score + offset)))`` [1]_.
        threshold: the probability from which a label is given.
        review_low, review_high: between these probabilities a person should look.

    .. [1] Platt (1999), Probabilistic outputs for support vector machines.
    """

    slope: Floats
    offset: Floats
    threshold: Floats
    review_low: Floats
    review_high: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Calibrated probabilities, same shape as ``scores`` (…, n_labels)."""
        return 1 / (1 + np.exp(-np.clip(self.slope * scores + self.offset, -500, 500)))

    def given(self, scores: Floats) -> npt.NDArray[np.bool_]:
        """True where the probability reaches the threshold, same shape as ``scores``."""
        return self.probabilities(scores) >= self.threshold

    def needs_review(self, probabilities: Floats) -> npt.NDArray[np.bool_]:
        """True where the probability lies in the review band."""
        return (probabilities >= self.review_low) & (probabilities < self.review_high)
