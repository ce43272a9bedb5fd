"""Publishing: from labelled data to a new version in a store."""

import getpass
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib
import numpy
import scipy
import sklearn

from tagger._version import __version__
from tagger.artifact import artifact_files
from tagger.files import check_writable
from tagger.lemmas import dictionary_version
from tagger.store import Store
from tagger.training.cards import model_cards
from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus
from tagger.training.corpus_statistics import corpus_statistics
from tagger.training.evaluation import Evaluation, evaluate_verdicts
from tagger.training.fitting import Progress, fit
from tagger.training.parity import check_parity
from tagger.training.preparing import Prepared
from tagger.verdict import decide

PARITY_SAMPLE = 200
"""Articles on which the scorer is compared with scikit-learn."""
SELFTEST_SAMPLE = 5
"""Articles whose beginnings the artifact's self-test holds."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The files of a new artifact and its out-of-fold figures."""

    files: dict[str, bytes]
    evaluation: Evaluation


def train(prepared: Prepared, store: Path, configuration: Configuration, progress: Progress) -> tuple[str, Evaluation]:
    """Train on labelled data and publish the model in ``store``.

    Args:
        prepared: the data; see `tagger.training.preparing.prepare`.
        store: folder of the store; created if need be.
        configuration: the training's settings.
        progress: told each step.

    Returns:
        The new version's name and its out-of-fold figures.

    Raises:
        TrainingDataError: the data cannot be trained on; nothing was published.
        EnvironmentFault: the store cannot be written; found out before the training.
    """
    check_writable(store)
    trained = train_files(prepared, configuration, progress)
    return Store(store).publish(trained.files), trained.evaluation


def train_files(prepared: Prepared, configuration: Configuration, progress: Progress) -> Trained:
    """Train and give the artifact's files; see `train`."""
    corpus = prepared.corpus
    fitted = fit(corpus, prepared.event_types, configuration, progress)
    progress("parity with scikit-learn")
    check_parity(fitted.model, [article.article for article in corpus.articles[:PARITY_SAMPLE]])
    verdicts = decide(fitted.scores, fitted.model)
    evaluation = evaluate_verdicts(verdicts, corpus)
    cards = model_cards(fitted.model, corpus, evaluation)
    provenance = _provenance(corpus, configuration, evaluation)
    provenance["corpus_statistics"] = corpus_statistics(corpus, fitted.model, verdicts, configuration.min_df)
    texts = [article.article for article in corpus.articles[:SELFTEST_SAMPLE]]
    files = artifact_files(fitted.model, prepared.codebook, dictionary_version(), cards, provenance, texts)
    return Trained(files, evaluation)


def _provenance(corpus: Corpus, configuration: Configuration, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "trained": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": _user(),
        "revision": _git_revision(),
        "versions": {
            "event-tagger": __version__,
            "python": platform.python_version(),
            "numpy": numpy.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "joblib": joblib.__version__,
            "pymorphy3": version("pymorphy3"),
        },
        "configuration": configuration.as_dict(),
        "data": corpus.digests,
        "articles": len(corpus),
        "out_of_fold": evaluation.to_dict(),
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _git_revision() -> str:
    """The commit of the folder that the command runs in, ``-dirty`` if something there is not committed; empty if none."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
