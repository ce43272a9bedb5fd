"""Soak: a process that tags for long neither grows nor changes its mind."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

BACKGROUND = Path(__file__).parents[3] / "shared" / "background" / "news.jsonl.gz"
PROGRAM = """
import json, sys
from hashlib import sha256
from pathlib import Path
from tagger import load

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

def texts():
    with open(sys.argv[1], encoding="utf-8") as stream:
        yield from map(json.loads, stream)

tagger = load()
for turn in range(3):
    digest = sha256()
    for prediction in tagger.predict_many(texts()):
        digest.update(json.dumps(prediction.to_dict(), ensure_ascii=False).encode())
    print(resident(), digest.hexdigest())
"""


@pytest.mark.slow
@pytest.mark.skipif(not BACKGROUND.exists(), reason="needs ../shared/background")
def test_the_same_stream_three_times_takes_no_more_memory_and_gives_the_same_answers(tmp_path, record_property):
    stream = tmp_path / "texts.jsonl"
    with gzip.open(BACKGROUND, "rt", encoding="utf-8") as source, stream.open("w", encoding="utf-8") as target:
        count = sum(1 for line in source if target.write(json.dumps(json.loads(line)["text"]) + "\n"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(stream)], capture_output=True, text=True, timeout=1800, check=True
    )
    passes = [line.split() for line in done.stdout.splitlines()]
    assert len(passes) == 3
    assert len({digest for _, digest in passes}) == 1
    first, third = int(passes[0][0]), int(passes[2][0])
    record_property(
        "figures", f"{count:,} articles; {first / 1e6:.0f} MB after pass 1, {third / 1e6:.0f} MB after pass 3"
    )
    assert third <= 1.1 * first
