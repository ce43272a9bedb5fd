"""Nobody waits for one file: the gates are ratios of runs in turn, never seconds."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "tests" / "samples" / "agreement.txt"
COMMAND = Path(sys.executable).with_name("tagger")
SCRIPT = HERE / "sklearn_script.py"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Seconds and peak memory of each command, in turn, and the median ratio of ours to each."""
    model = tmp_path_factory.mktemp("rival") / "model.joblib"
    corpus = ROOT / "seeds" / "given_faithful.jsonl"
    subprocess.run([sys.executable, SCRIPT, "train", corpus, model], check=True)
    commands = {
        "tagger": [str(COMMAND), "predict", str(SAMPLE)],
        "script": [sys.executable, str(SCRIPT), str(model), str(SAMPLE)],
        "imports": [sys.executable, "-c", "import numpy, click"],
    }
    task = json.dumps({"runs": 7, "commands": commands})
    done = subprocess.run([sys.executable, HERE / "alternate.py", task], capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    for name, row in result.items():
        pairs = [ours / theirs for ours, theirs in zip(result["tagger"]["seconds"], row["seconds"], strict=True)]
        row["ratio"] = statistics.median(pairs)
        spread = f"{min(pairs):.2f}–{max(pairs):.2f}"
        seconds = statistics.median(row["seconds"])
        print(f"{name:8} {seconds:.2f} s, {row['peak'] / 1e6:.0f} MB, tagger takes {row['ratio']:.2f} of it ({spread})")
    return result


def test_one_file_takes_at_most_three_tenths_of_the_scikit_learn_script(measured):
    assert measured["script"]["ratio"] <= 0.30


def test_one_file_takes_at_most_three_times_what_the_imports_take(measured):
    assert measured["imports"]["ratio"] <= 3


def test_peak_memory(measured):
    assert measured["tagger"]["peak"] < 120e6
