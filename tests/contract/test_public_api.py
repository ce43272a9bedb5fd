"""The library as others use it: names, types, frozen values, threads, and the README's example."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import tagger
from tagger import Tagger

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "samples" / "agreement.txt"
TYPED = """
from collections.abc import Sequence
from pathlib import Path

from tagger import (
    Article, ArtifactError, EventType, Evidence, IntegrityError, ParagraphPrediction, Prediction, Tagger, TaggerError, load,
)

model: Tagger = load(Path("store"), allow_dictionary_change=True)
article: Article = Article.from_text("Текст", id="1")
result: Prediction = model.predict(article)
labels: tuple[str, ...] = result.labels
probability: float = result.probabilities["award"]
many: list[Prediction] = list(model.predict_many(text for text in ("а", "б")))
parts: Sequence[ParagraphPrediction] = result.paragraphs
reasons: list[Evidence] = parts[0].evidence("award")
start, stop, lemma, contribution = reasons[0]
text: str = article.text[start:stop] + lemma
weight: float = contribution + parts[0].boilerplate_probability
chrome: bool = parts[0].boilerplate
types: tuple[EventType, ...] = model.event_types
error: type[TaggerError] = ArtifactError if chrome else IntegrityError
version: str = model.version + result.model_version

# The types are really there: each of these lines is an error that mypy must find.
load(3)  # type: ignore[arg-type]
result.labels = ()  # type: ignore[misc]
model.predict(b"bytes")  # type: ignore[arg-type]
number: int = result.probabilities["award"]  # type: ignore[assignment]
result.tags  # type: ignore[attr-defined]
"""


def test_the_readmes_example_runs(tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert "load()" in example
    program = f"text = open({str(SAMPLE)!r}, encoding='utf-8').read()\n{example}\nprint(result.labels)\n"
    program += "print(0 <= result.probabilities['legislation'] <= 1, len(result.paragraphs))\n"
    program += "print(paragraph.evidence(tagger.labels[0])[0])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    labels, figures, reason = done.stdout.splitlines()
    assert "agreement_signing" in labels
    assert figures == "True 5"
    assert reason.startswith("Evidence(start=")


def test_the_package_is_typed_for_strict_users(tmp_path):
    (tmp_path / "user.py").write_text(TYPED, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", "user.py"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", tagger.__all__)
def test_every_public_name_resolves(name):
    value = getattr(tagger, name)
    assert value.__doc__ if name != "__version__" else re.fullmatch(r"\d+\.\d+\.\d+", value)


def test_public_names_are_listed_once_and_sorted():
    assert list(tagger.__all__) == sorted(set(tagger.__all__))
    namespace = {}
    exec("from tagger import *", namespace)
    assert set(tagger.__all__) <= set(namespace) | {"__version__"}


def test_an_unknown_name_is_an_ordinary_attribute_error():
    with pytest.raises(AttributeError, match="module 'tagger' has no attribute 'predict'"):
        _ = tagger.predict
    assert not hasattr(tagger, "Model_")


def test_every_public_error_is_of_the_one_tree():
    errors = [value for name in tagger.__all__ if isinstance(value := getattr(tagger, name), type)]
    errors = [value for value in errors if issubclass(value, Exception)]
    assert len(errors) >= 6
    assert all(issubclass(error, tagger.TaggerError) for error in errors)


def test_answers_are_frozen(tiny_model, texts):
    result = Tagger(tiny_model).predict(texts[0])
    for value in (
        result,
        result.article,
        result.paragraphs[0],
        tiny_model.event_types[0],
        tiny_model.weights,
        tiny_model,
    ):
        assert is_dataclass(value)
        for field in fields(value):
            with pytest.raises(FrozenInstanceError):
                setattr(value, field.name, None)
    with pytest.raises(AttributeError):
        result.paragraphs[0].evidence("award")[0].contribution = 0.0


def test_answers_are_equal_when_they_say_the_same(tiny_model, texts):
    model = Tagger(tiny_model)
    assert model.predict(texts[0]) == model.predict(texts[0])
    assert model.predict(texts[0]) != model.predict(texts[1])


def test_eight_threads_get_the_answers_of_one(shipped, tiny_model, texts):
    for model in (shipped, Tagger(tiny_model)):
        expected = [model.predict(text) for text in texts]
        fresh = Tagger(replace(model.model))  # without the words that the other remembers

        def work(number, fresh=fresh):
            order = texts[number % len(texts) :] + texts[: number % len(texts)]
            found = {text: fresh.predict(text) for text in order}
            evidence = [part.evidence(fresh.labels[0]) for text in texts for part in found[text].paragraphs]
            return [found[text] for text in texts], evidence

        reasons = [part.evidence(model.labels[0]) for result in expected for part in result.paragraphs]
        with ThreadPoolExecutor(8) as pool:
            for found, evidence in pool.map(work, range(16)):
                assert found == expected
                assert evidence == reasons


def test_nothing_is_logged_or_printed(tmp_path):
    program = "import logging\nfrom tagger import load\nload().predict('Завод открыли.')\n"
    program += "assert not logging.getLogger().handlers\n"
    program += "assert not [name for name in logging.root.manager.loggerDict if name.startswith('tagger')]"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def properties_of(node, path="#"):
    """Every place in a schema that describes a value: (path, schema)."""
    if isinstance(node, dict):
        for group in ("properties", "$defs"):
            for name, value in node.get(group, {}).items():
                if not path.endswith("/then"):
                    yield f"{path}/{group}/{name}", value
        for name, value in node.items():
            yield from properties_of(value, f"{path}/{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from properties_of(value, f"{path}/{number}")


@pytest.mark.parametrize("name", ["prediction", "evaluation"])
def test_schemas_are_valid_closed_and_described(schema, name):
    document = schema(name).schema
    jsonschema.Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    described = [(path, value) for path, value in properties_of(document) if "/if/" not in path]
    assert len(described) > 10
    for path, value in described:
        assert value.get("description"), path
        if value.get("type") == "object":
            assert value.get("additionalProperties") is False or isinstance(value["additionalProperties"], dict), path


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"labels": "award"},
        {"labels": ["Award"]},
        {"probabilities": {"award": 1.5}},
        {"warnings": None},
        {"error": "x"},
        {"paragraphs": [{"start": 0}]},
        {
            "paragraphs": [
                {
                    "start": -1,
                    "stop": 1,
                    "text": "",
                    "labels": [],
                    "boilerplate": False,
                    "probabilities": {"a": 0},
                    "review": [],
                }
            ]
        },
    ],
)
def test_the_schema_of_predictions_refuses_what_is_none(schema, change):
    good = {
        "id": "a",
        "model": "v1",
        "labels": ["award"],
        "probabilities": {"award": 0.5},
        "review": [],
        "warnings": [],
    }
    assert schema("prediction").is_valid(good)
    assert schema("prediction").is_valid({"id": "a", "error": "binary data"})
    assert not schema("prediction").is_valid(good | change)


def test_the_package_says_that_it_is_typed():
    assert (files("tagger") / "py.typed").is_file()


def test_joblib_still_works_for_others_after_texts_were_tagged_in_parallel(tmp_path):
    program = "from joblib import Parallel, delayed\nfrom tagger import load\n"
    program += "assert len(list(load().predict_many(['Завод открыли.'] * 3, jobs=2))) == 3\n"
    program += "assert Parallel(n_jobs=2)(delayed(abs)(-number) for number in range(3)) == [0, 1, 2]\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
