"""Publishing: from labelled data to a new version in a store."""

import getpass
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import joblib
import numpy
import scipy
import sklearn

from tagger._version import __version__
from tagger.artifact import artifact_files
from tagger.codebook import EventType, read_codebook
from tagger.errors import TrainingDataError
from tagger.files import check_writable
from tagger.lemmas import dictionary_version
from tagger.store import Store
from tagger.training.cards import model_cards
from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus, read_corpus
from tagger.training.evaluation import Evaluation, evaluate_verdicts
from tagger.training.fitting import Progress, fit
from tagger.training.parity import check_parity
from tagger.verdict import decide

CODEBOOK = "event_types.toml"
PARITY_SAMPLE = 200
"""Articles on which the scorer is compared with scikit-learn."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The files of a new artifact and its out-of-fold figures."""

    files: dict[str, bytes]
    evaluation: Evaluation


def train(
    data: Iterable[Path], store: Path, codebook: Path | None, configuration: Configuration, progress: Progress
) -> tuple[str, Evaluation]:
    """Train on labelled data and publish the model in ``store``.

    Args:
        data: ``.jsonl`` files and folders of them.
        store: folder of the store; created if need be.
        codebook: the event types; None for `CODEBOOK` in the first folder of ``data``, else that of the seed corpus.
        configuration: the training's settings.
        progress: told each step.

    Returns:
        The new version's name and its out-of-fold figures.

    Raises:
        TrainingDataError: the data cannot be trained on; nothing was published.
        EnvironmentFault: the store cannot be written; found out before the training.
    """
    check_writable(store)
    paths = list(data)
    trained = train_files(paths, find_codebook(paths, codebook), configuration, progress)
    return Store(store).publish(trained.files), trained.evaluation


def train_files(paths: list[Path], codebook: Path, configuration: Configuration, progress: Progress) -> Trained:
    """Train and give the artifact's files; see `train`."""
    codebook_text = codebook.read_text(encoding="utf-8")
    event_types = read_codebook(codebook_text, str(codebook))
    corpus = read_corpus(paths, [event_type.id for event_type in event_types]).ordered()
    check_enough(corpus)
    fitted = fit(corpus, event_types, configuration, progress)
    progress("parity with scikit-learn")
    check_parity(fitted.model, [article.article for article in corpus.articles[:PARITY_SAMPLE]])
    evaluation = evaluate_verdicts(decide(fitted.scores, fitted.model), corpus)
    cards = model_cards(fitted.model, corpus, evaluation)
    provenance = _provenance(corpus, configuration, evaluation)
    files = artifact_files(fitted.model, codebook_text, dictionary_version(), cards, provenance)
    return Trained(files, evaluation)


def find_codebook(paths: list[Path], given: Path | None) -> Path:
    """The codebook to train by, as described in `train`."""
    if given is not None:
        return given
    beside = [path / CODEBOOK for path in paths if path.is_dir() and (path / CODEBOOK).is_file()]
    return beside[0] if beside else seeds_folder() / CODEBOOK


def read_event_types(codebook: Path | None) -> tuple[EventType, ...]:
    """The event types of a codebook, or of the seed corpus."""
    path = codebook or seeds_folder() / CODEBOOK
    return read_codebook(path.read_text(encoding="utf-8"), str(path))


def seeds_folder() -> Path:
    """The seed corpus that came with the package."""
    return Path(str(files("tagger.seeds")))


def check_enough(corpus: Corpus, least: int = 5) -> None:
    """Raises `TrainingDataError` unless every label has ``least`` articles with it and without it, and boilerplate too."""
    carrying = corpus.article_gold.sum(axis=0)
    for label, count in zip(corpus.labels, carrying, strict=True):
        if count < least or len(corpus) - count < least:
            raise TrainingDataError(
                f"label {label!r}: {count} of {len(corpus)} articles carry it; "
                f"at least {least} must carry it and {least} must not"
            )


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
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, timeout=10, check=False)
    except OSError:
        return ""
    return done.stdout.strip()
