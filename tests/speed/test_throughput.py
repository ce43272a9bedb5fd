"""Nobody waits for an archive: the gate is a ratio of runs in turn in one process, never seconds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Processor seconds of each, run by run."""
    texts = tmp_path_factory.mktemp("texts") / "texts.jsonl"
    with texts.open("w", encoding="utf-8") as stream:
        for path in sorted(SEEDS.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                parts = [part["text"] for part in json.loads(line)["paragraphs"]]
                stream.write(json.dumps({"text": "\n".join(parts)}) + "\n")
    command = [sys.executable, HERE / "rivals.py", texts, "8", "0", "tagger", "scikit-learn, memoised"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {name: row["seconds"] for name, row in json.loads(done.stdout).items()}


def test_two_and_a_half_times_the_rate_of_a_memoised_scikit_learn_pipeline(measured):
    print(measured)
    # The best run of each: what else the machine does can only slow a run down.
    assert min(measured["scikit-learn, memoised"]) >= 2.5 * min(measured["tagger"])
