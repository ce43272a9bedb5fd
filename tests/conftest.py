"""What the tests share: the installed command, the shipped model, a tiny model that is quick to train."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tagger import Tagger, load
from tagger.model import Model
from tagger.training.configuration import Configuration
from tagger.training.corpus import read_corpus
from tagger.training.fitting import fit
from tagger.codebook import read_codebook

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
SAMPLES = HERE / "samples"
COMMAND = Path(sys.executable).with_name("tagger")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the installed ``tagger`` in a process of its own."""

    def call(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        command = [str(COMMAND), *map(str, arguments)]
        settings = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 300} | options
        return subprocess.run(command, check=False, **settings)  # type: ignore[call-overload,no-any-return]

    return call


@pytest.fixture(scope="session")
def shipped() -> Tagger:
    """The model that comes with the package."""
    return load()


@pytest.fixture(scope="session")
def tiny_corpus_path() -> Path:
    """Two dozen labelled miniatures of two event types."""
    return SAMPLES / "tiny"


@pytest.fixture(scope="session")
def tiny_model(tiny_corpus_path: Path) -> Model:
    """A model trained on them in a second."""
    event_types = read_codebook((tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8"))
    corpus = read_corpus([tiny_corpus_path], [event_type.id for event_type in event_types]).ordered()
    return fit(corpus, event_types, Configuration(folds=3), lambda step: None).model
