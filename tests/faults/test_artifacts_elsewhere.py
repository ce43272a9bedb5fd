"""Artifact faults A18 to A21: other libraries and other dictionaries than when the model was trained."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pymorphy3_dicts_ru
import pytest

from tagger import load
from tagger.artifact import MANIFEST, sealed
from tagger.verification import manifest_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GOLDEN = HERE / "golden" / "v3-format3"
SAMPLE = HERE.parent / "samples" / "agreement.txt"
DICTIONARY = Path(pymorphy3_dicts_ru.get_path())
UNUSED = {"gramtab-opencorpora-ext.json"}
"""Files of the dictionary that pymorphy3 never opens as it is used here."""
SCORES = """
import json, sys
from tagger import load
tagger = load(sys.argv[1], allow_dictionary_change=True)
texts = open(sys.argv[2], encoding="utf-8").read().split("\\n===\\n")
print(json.dumps([[list(part.scores.values()) for part in tagger.predict(text).paragraphs] for text in texts]))
"""


def test_a18_scikit_learn_is_not_needed_to_predict_and_its_version_is_recorded(tmp_path):
    for name in ("sklearn", "scipy", "joblib"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('not here')", encoding="utf-8")
    command = [sys.executable, "-c", SCORES, GOLDEN, SAMPLE]
    without = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert without.stdout == subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert manifest_of(GOLDEN)["provenance"]["versions"]["scikit-learn"]


@pytest.mark.slow
def test_a19_numpy_1_26_gives_the_same_scores(tmp_path, texts):
    """In an environment of its own; skipped where no package index can be reached or none has that numpy."""
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "tests"))
    pip = [sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "-w", tmp_path, source]
    if subprocess.run(pip, check=False).returncode:
        pytest.skip("the wheel cannot be built here")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    (wheel,) = tmp_path.glob("*.whl")
    needed = [
        "numpy==1.26.*",
        "pymorphy3[fast]",
        "setuptools",
        f"pymorphy3-dicts-ru=={version_of('pymorphy3-dicts-ru')}",
    ]
    for wanted in (needed, ["--no-deps", str(wheel)]):
        if subprocess.run([python, "-m", "pip", "-q", "install", *wanted], check=False).returncode:
            pytest.skip(f"pip cannot install {wanted}")
    (tmp_path / "texts").write_text("\n===\n".join(texts), encoding="utf-8")
    arguments = ["-c", SCORES, str(GOLDEN), str(tmp_path / "texts")]
    results = []
    for interpreter in (python, sys.executable):
        done = subprocess.run([interpreter, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        results.append(flattened(json.loads(done.stdout)))
    flat_old, flat_new = results
    assert len(flat_new) > 20
    assert max(abs(a - b) for a, b in zip(flat_old, flat_new, strict=True)) <= 1e-9


def version_of(distribution):
    from importlib.metadata import version

    return version(distribution)


def flattened(scores):
    return [score for article in scores for paragraph in article for score in paragraph]


@pytest.fixture
def other_dictionary(tmp_path):
    """The golden artifact as if trained with a dictionary of another revision."""
    folder = Path(shutil.copytree(GOLDEN, tmp_path / "v1"))
    manifest = manifest_of(folder) | {"dictionary": "1"}
    del manifest["sha256"]
    (folder / MANIFEST).write_bytes(sealed(manifest))
    return folder


def test_a20_another_revision_is_refused_unless_allowed(run, other_dictionary):
    data = HERE.parent / "samples" / "tiny"
    for command in (["predict", "-m", other_dictionary, SAMPLE], ["evaluate", "-m", other_dictionary, data]):
        done = run(*command)
        assert (done.returncode, done.stdout) == (6, ""), done.stderr
        assert "trained with dictionary revision '1', installed is" in done.stderr
        assert "--allow-dictionary-change" in done.stderr
        assert run(*command, "--allow-dictionary-change").returncode == 0


def test_a20_the_variable_of_pymorphy3s_predecessor_changes_nothing(run, tmp_path):
    command = ["predict", "-f", "jsonl", "-m", GOLDEN, "--allow-dictionary-change", SAMPLE]
    plain = run(*command)
    assert plain.returncode == 0, plain.stderr
    for value in (tmp_path, "/nowhere", ""):
        done = run(*command, env=os.environ | {"PYMORPHY2_DICT_PATH": str(value)})
        assert (done.returncode, done.stdout) == (0, plain.stdout), done.stderr


def test_a20_the_dictionary_recorded_is_the_one_that_is_asked(tmp_path):
    """Else the check of the revision would be of another dictionary than the lemmas come from."""
    from tagger.lemmas import analyzer, dictionary_version

    assert str(analyzer().dictionary.meta["source_revision"]) == dictionary_version()


def damaged(tmp_path, name, length):
    """A folder with a copy of the dictionary's package whose file ``name`` has ``length`` bytes, or is missing."""
    package = tmp_path / "damaged" / "pymorphy3_dicts_ru"
    (package / "data").mkdir(parents=True)
    for source in DICTIONARY.parent.glob("*.py"):
        shutil.copy(source, package)
    for source in DICTIONARY.iterdir():
        if source.name != name:
            (package / "data" / source.name).symlink_to(source)
        elif length is not None:
            (package / "data" / name).write_bytes(source.read_bytes()[:length])
    return package.parent


@pytest.mark.parametrize("cut", [None, 0, 0.5, -1], ids=["missing", "empty", "half", "one byte less"])
@pytest.mark.parametrize("name", sorted({path.name for path in DICTIONARY.iterdir()} - UNUSED))
def test_a21_a_damaged_dictionary_is_one_fault_with_the_command_to_repair_it(run, tmp_path, name, cut):
    size = (DICTIONARY / name).stat().st_size
    length = {None: None, 0: 0, 0.5: size // 2, -1: size - 1}[cut]
    env = os.environ | {"PYTHONPATH": str(damaged(tmp_path, name, length))}
    done = run("predict", "-f", "jsonl", "-m", GOLDEN, "--allow-dictionary-change", SAMPLE, env=env)
    assert (done.returncode, done.stdout) == (6, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert "pip install --force-reinstall 'pymorphy3[fast]' pymorphy3-dicts-ru" in done.stderr


def test_a21_no_dictionary_at_all_is_the_same_fault(run, tmp_path):
    (tmp_path / "pymorphy3_dicts_ru.py").write_text("raise ImportError('not here')", encoding="utf-8")
    done = run("predict", "-m", GOLDEN, SAMPLE, env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (6, "", 1), done.stderr
    assert "pip install --force-reinstall" in done.stderr


def test_a20_the_golden_model_still_answers_with_this_dictionary():
    tagger = load(GOLDEN, allow_dictionary_change=True)
    assert tagger.predict("Учителю вручили премию\nНаграду и орден вручил министр.").labels == ("award",)


def test_a20_it_may_be_allowed_wherever_the_refusal_says_so(run, other_dictionary, tmp_path):
    news = tmp_path / "news.jsonl"
    news.write_text('{"text": "Завод открыли вчера в городе у реки."}\n', encoding="utf-8")
    export = ["data", "export", news, "--to", "doccano", "-o", tmp_path / "tasks.jsonl"]
    for command in (export, ["data", "queue", news]):
        done = run(*command, "-m", other_dictionary)
        assert (done.returncode, "--allow-dictionary-change" in done.stderr) == (6, True)
        done = run(*command, "-m", other_dictionary, "--allow-dictionary-change")
        assert done.returncode == 0, done.stderr
