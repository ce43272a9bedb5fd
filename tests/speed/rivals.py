"""Throughput on one core, in turn: this project, fastText, and scikit-learn pipelines with and without memoised lemmas.

python rivals.py TEXTS.jsonl RUNS SLOW_ARTICLES [NAME…]

The first argument holds ``{"text"}`` a line. Prints {"name": {"seconds": […], "tokens": n, "bytes": n}, …}.
Every rival goes from raw text to the labels of all paragraphs, and of the article as their union; all are warm, and all have
learned from `seeds/`, as the tagger has. Only where neighbours are named does a pipeline see more than the paragraph itself.
``SLOW_ARTICLES`` of the stream are enough for pipelines that parse every word anew. Names choose rivals.
"""

import importlib
import json
import os
import sys
import tempfile
import time
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import sklearn_script  # noqa: E402 - after the threads are limited
from pymorphy3 import MorphAnalyzer  # noqa: E402
from sklearn_script import in_context, lemmas  # noqa: E402

from tagger import load  # noqa: E402

CORPORA = sorted(Path(str(files("tagger.seeds"))).glob("*.jsonl"))
BATCH = 2_000


def parsing(morph):
    """A tokenizer that parses every word whenever it is met."""

    def plain_lemmas(text):
        return [morph.parse(word)[0].normal_form for word in sklearn_script.WORD.findall(text.lower())]

    return plain_lemmas


def pure_python_analyzer():
    """The analyser that ``pip install pymorphy3`` gives: without its extra `fast`, the dictionary is read by Python code."""
    others = [name for name in sys.modules if name.split(".")[0] in ("pymorphy3", "dawg")]
    compiled = {name: sys.modules.pop(name) for name in others}
    sys.modules["dawg"] = None  # importing it fails
    try:
        return importlib.import_module("pymorphy3").MorphAnalyzer()
    finally:
        del sys.modules["dawg"]
        sys.modules.update(compiled)


@cache
def fitted(seen):
    """``seen`` turns an article's paragraphs into what is looked at for each."""
    return sklearn_script.fitted(CORPORA, seen)[0]


def pipeline(tokenizer, seen):
    """Trained with memoised lemmas whatever ``tokenizer`` is, for they are the same."""
    trained = deepcopy(fitted(seen))
    trained[0].set_params(tokenizer=tokenizer)

    def tag(texts):
        found = 0
        parts, articles = [], []
        for number, text in enumerate(texts):
            new = seen([line.strip() for line in text.split("\n") if line.strip()])
            parts += new
            articles += [number] * len(new)
            if len(parts) >= BATCH or number == len(texts) - 1:
                given = trained.predict_proba(parts) >= 0.5
                union = {
                    (article, label) for article, row in zip(articles, given, strict=True) for label in row.nonzero()[0]
                }
                found += int(given.sum()) + len(union)
                parts, articles = [], []
        return found

    return tag


def fasttext_rival():
    import fasttext
    import fasttext_script

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model.bin"
        fasttext_script.train(CORPORA, path)
        model = fasttext.load_model(path)

    def tag(texts):
        given = [fasttext_script.labels(model, text) for text in texts]
        return sum(sum(map(len, rows)) + len({label for row in rows for label in row}) for rows in given)

    return tag


def ours():
    tagger = load()

    def tag(texts):
        return sum(
            len(result.labels) + sum(map(len, result.paragraphs.labels)) for result in tagger.predict_many(texts)
        )

    return tag


def main(path, runs, slow, *names):
    with Path(path).open(encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    some = texts[: int(slow)]
    makers = {
        "tagger": (ours, texts),
        "fastText": (fasttext_rival, texts),
        "scikit-learn, memoised": (lambda: pipeline(lemmas, list), texts),
        "scikit-learn, memoised, neighbours": (lambda: pipeline(lemmas, in_context), texts),
        "scikit-learn, plain": (lambda: pipeline(parsing(MorphAnalyzer()), list), some),
        "scikit-learn, plain, neighbours": (lambda: pipeline(parsing(MorphAnalyzer()), in_context), some),
        "scikit-learn, plain, pymorphy3 alone": (lambda: pipeline(parsing(pure_python_analyzer()), list), some),
    }
    rivals = {name: (make(), given) for name, (make, given) in makers.items() if name in names or not names}
    result = {}
    for name, (_, given) in rivals.items():
        tokens = sum(len(text.split()) for text in given)
        result[name] = {"seconds": [], "tokens": tokens, "bytes": sum(len(text.encode()) for text in given)}
    for turn in range(int(runs) + 1):
        for name, (tag, given) in rivals.items():
            begin = time.process_time()
            tag(given)
            if turn:  # the first is the warm-up
                result[name]["seconds"].append(time.process_time() - begin)
    sys.stdout.write(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
