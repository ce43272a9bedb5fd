"""One table: this project and its rivals, measured in turn in the same run; medians, and the spread of the ratios.

python tests/speed/benchmark.py [TEXTS.jsonl[.gz]] [--runs N] [--articles N]

TEXTS holds ``{"text"}`` a line; without it the seed corpus, three times over. Needs the extras `bench` and `dask`.
A ratio above 1 says how many times faster the tagger is. Run it on a quiet machine.
"""

import argparse
import gzip
import json
import shlex
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from distributed import LocalCluster

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "tests" / "samples" / "agreement.txt"
TAGGER = str(Path(sys.executable).with_name("tagger"))
CORPORA = sorted((ROOT / "seeds").glob("*.jsonl"))
SLOW_ARTICLES = 60
THROUGHPUT_ARTICLES = 2_000


def read(path):
    """The texts, one JSON object each."""
    if path is None:
        return seeds() * 3
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line)["text"] for line in stream]


def seeds():
    """The texts of the seed corpus."""
    records = [json.loads(line) for file in CORPORA for line in file.open(encoding="utf-8")]
    return ["\n".join(part["text"] for part in record["paragraphs"]) for record in records]


def script(name, *arguments):
    """What a script of this folder prints, as JSON."""
    command = [sys.executable, HERE / name, *map(str, arguments)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def write(path, texts):
    """The texts as JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    return path


def alternate(commands, runs):
    return script("alternate.py", json.dumps({"runs": runs, "commands": commands}))


def row(what, ours, theirs, figure):
    """A line of the table: the figure, and how many times faster we are, pair by pair."""
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    print(f"| {what} | {figure} | {spread} |", flush=True)


def cold(runs, folder):
    """One file in a new process."""
    models = {"sklearn_script.py": folder / "model.joblib", "fasttext_script.py": folder / "model.bin"}
    commands = {"tagger predict": [TAGGER, "predict", str(SAMPLE)]}
    for name, model in models.items():
        subprocess.run([sys.executable, HERE / name, "train", *CORPORA, model], check=True)
        commands[name] = [sys.executable, str(HERE / name), str(model), str(SAMPLE)]
    commands["import numpy, click"] = [sys.executable, "-c", "import numpy, click"]
    found = alternate(commands, runs)
    for name, measured in found.items():
        figure = f"{statistics.median(measured['seconds']):.2f} s, {measured['peak'] / 1e6:.0f} MB"
        row(f"cold start: {name}", found["tagger predict"]["seconds"], measured["seconds"], figure)


def throughput(runs, texts):
    """One core, warm, raw text to the labels of both levels."""
    found = script("rivals.py", texts, runs, SLOW_ARTICLES)
    ours = [seconds / found["tagger"]["tokens"] for seconds in found["tagger"]["seconds"]]
    for name, measured in found.items():
        theirs = [seconds / measured["tokens"] for seconds in measured["seconds"]]
        median = statistics.median(measured["seconds"])
        rates = f"{measured['tokens'] / median / 1e6:.3f} M tokens/s, {measured['bytes'] / median / 1e6:.2f} MB/s"
        row(f"one core: {name}", ours, theirs, rates)


def growth(runs, texts, count):
    sizes = [size for size in (100, 1_000, 9_000) if size <= count]
    found = script("growth.py", texts, runs, *sizes)
    for size, seconds in found.items():
        figure = f"{statistics.median(seconds):.2f} s a million tokens"
        row(f"growth: {size} articles", seconds, found[str(sizes[0])], figure)


def workers(runs, texts, folder):
    """The whole command on one process and on two: through joblib, and on the workers of a Dask scheduler."""
    command = [TAGGER, "predict", str(texts)]
    report("--jobs", alternate({jobs: [*command, "-f", "jsonl", "--jobs", jobs] for jobs in ("1", "2")}, runs))
    settings = {"threads_per_worker": 1, "dashboard_address": ":0"}
    with LocalCluster(n_workers=1, **settings) as one, LocalCluster(n_workers=2, **settings) as two:
        commands = {}
        for name, cluster in {"1": one, "2": two}.items():
            out = str(folder / f"out{name}")
            call = shlex.join([*command, "--scheduler", cluster.scheduler_address, "--output", out])
            commands[name] = ["sh", "-c", f"rm -rf {out} && {call}"]
        report("Dask workers:", alternate(commands, runs))


def report(what, found):
    for count, measured in found.items():
        figure = (
            f"{statistics.median(measured['seconds']):.1f} s, {measured['peak'] / 1e6:.0f} MB in the largest process"
        )
        row(f"{what} {count}", measured["seconds"], found["1"]["seconds"], figure)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, default=9_010)
    options = parser.parse_args()
    texts = read(options.texts)[: options.articles]
    print("| what | median | times faster (spread) |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = write(folder / "texts.jsonl", texts)
        cold(options.runs, folder)
        throughput(options.runs, write(folder / "some.jsonl", texts[:THROUGHPUT_ARTICLES]))
        growth(options.runs, corpus, len(texts))
        # With the seeds, so that one process works for well over ten seconds.
        workers(options.runs, write(folder / "more.jsonl", texts + seeds()), folder)


if __name__ == "__main__":
    main()
