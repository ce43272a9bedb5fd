"""What the tests share: the installed command, the shipped model, a tiny model that is quick to train."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import settings

from tagger import Tagger, load
from tagger.artifact import CARDS, artifact_files
from tagger.codebook import read_codebook
from tagger.lemmas import dictionary_version
from tagger.model import Model
from tagger.training.configuration import Configuration
from tagger.training.corpus import Corpus, read_corpus
from tagger.training.fitting import Fit, fit
from tagger.training.regression import fit_words

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
SAMPLES = HERE / "samples"
COMMAND = Path(sys.executable).with_name("tagger")

Run = Callable[..., subprocess.CompletedProcess[str]]

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("suite")


# Messages are English and answers Russian, whatever the locale of the machine.
os.environ.pop("TAGGER_LANG", None)
os.environ.pop("LC_ALL", None)
os.environ["LC_MESSAGES"] = "C"
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background ignores Ctrl-C for them and all their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)


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
def tiny_corpus(tiny_corpus_path: Path) -> Corpus:
    """The miniatures, read."""
    event_types = read_codebook((tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8"))
    return read_corpus([tiny_corpus_path], [event_type.id for event_type in event_types]).ordered()


@pytest.fixture(scope="session")
def tiny_fit(tiny_corpus: Corpus, tiny_corpus_path: Path) -> Fit:
    """What fitting them gives, in a second."""
    event_types = read_codebook((tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8"))
    configuration = Configuration(folds=3, pair_min_df=2)  # hardly a pair occurs five times in 24 articles
    return fit(tiny_corpus, event_types, configuration, lambda _: None)


@pytest.fixture
def first_chrome_scores(monkeypatch: pytest.MonkeyPatch) -> Callable[..., np.ndarray]:
    """What fitting scores a corpus' paragraphs for page chrome, out of fold, before the second stage.

    That stage learns from the first scores of all folds, whose models have seen this one: only the first is strictly apart.
    """

    def scores(corpus: Corpus, *arguments: Any) -> np.ndarray:
        seen = []

        def watched(*given: Any) -> Any:
            words, first = fit_words(*given)
            seen.append(first)
            return words, first

        with monkeypatch.context() as patch:
            patch.setattr("tagger.training.boilerplate.fit_words", watched)
            fit(corpus, *arguments, lambda _: None)
        (found,) = seen
        return found[: len(corpus.groups), 0]

    return scores


@pytest.fixture(scope="session")
def tiny_model(tiny_fit: Fit) -> Model:
    """A model trained on them."""
    return tiny_fit.model


@pytest.fixture(scope="session")
def wild_model(tiny_model: Model) -> Model:
    """The tiny model with every weight drawn at random, so that nothing is zero and no mistake cancels out."""
    generator, weights = np.random.default_rng(7), tiny_model.weights
    arrays = {field.name: getattr(weights, field.name) for field in fields(weights)}
    drawn = {
        name: generator.normal(size=array.shape) for name, array in arrays.items() if isinstance(array, np.ndarray)
    }
    return replace(tiny_model, weights=replace(weights, **drawn))


@pytest.fixture(scope="session")
def tiny_files(tiny_model: Model, tiny_corpus: Corpus, tiny_corpus_path: Path) -> dict[str, bytes]:
    """The files of its artifact."""
    codebook = (tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8")
    cards = dict.fromkeys(CARDS, "# Паспорт\n")
    articles = [article.article for article in tiny_corpus.articles[:3]]
    return artifact_files(tiny_model, codebook, dictionary_version(), cards, {"articles": 24}, articles)


@pytest.fixture(scope="session")
def trained(run: Run, tiny_corpus_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one version, trained on the miniatures by the command; not to be written to."""
    store = tmp_path_factory.mktemp("trained") / "store"
    done = run("train", tiny_corpus_path, "--output", store)
    assert done.returncode == 0, done.stderr
    return store


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a piece of news of each kind, and with a picture that is named like one."""
    folder = tmp_path_factory.mktemp("news")
    award = "Учёным вручили премию\nПремию и награду учёным вручил губернатор.\nЧитайте также\n"
    opening = "В Кирове открыли завод\r\n\r\nНовую линию запустили сегодня, завод открыт.\r\n"
    weather = "Погода в выходные\nОжидается дождь и ветер.\n"
    for name, text in (("награда.txt", award), ("открытие.txt", opening), ("погода.txt", weather)):
        (folder / name).write_bytes(text.encode())
    (folder / "картинка.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return folder


@pytest.fixture(scope="session")
def schema() -> Callable[[str], jsonschema.Draft202012Validator]:
    """The validator for a schema of the installed package: ``schema("prediction")``."""

    def validator(name: str) -> jsonschema.Draft202012Validator:
        text = (files("tagger") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
        return jsonschema.Draft202012Validator(json.loads(text))

    return validator


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """News of all kinds: with events, without, with page chrome, with odd spelling."""
    return (SAMPLES / "mixed.txt").read_text(encoding="utf-8").split("\n===\n")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium (Debian: ``apt install chromium chromium-driver``), driven by Selenium; no test without it."""
    webdriver = pytest.importorskip("selenium.webdriver")
    chromium, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("no Chromium with its driver here")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,1000"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield opened
    opened.quit()
