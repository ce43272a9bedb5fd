"""Throughput on one core, in turn: this project, fastText, and scikit-learn pipelines with and without memoised lemmas.

python rivals.py TEXTS.jsonl RUNS SLOW_ARTICLES [NAME…]

The first argument holds ``{"text"}`` a line. Prints {"name": {"seconds": […], "tokens": n, "bytes": n}, …}.
Every rival goes from raw text to the labels of all paragraphs, and of the article as their union; all are warm, and all have
learned from `seeds/`, as the tagger has. Only where neighbours are named does a pipeline see more than the paragraph itself.
``SLOW_ARTICLES`` of the stream are enough for pipelines that parse every word anew. Names choose rivals.
"""

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
from sklearn_script import in_context, lemmas  # noqa: E402

from tagger import load  # noqa: E402

CORPORA = sorted(Path(str(files("tagger.seeds"))).glob("*.jsonl"))
BATCH = 2_000


def plain_lemmas(text):
    """Every word is parsed whenever it is met."""
    return [sklearn_script.morph.parse(word)[0].normal_form for word in sklearn_script.WORD.findall(text.lower())]


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
    makers = {
        "tagger": (ours, texts),
        "fastText": (fasttext_rival, texts),
        "scikit-learn, memoised": (lambda: pipeline(lemmas, list), texts),
        "scikit-learn, memoised, neighbours": (lambda: pipeline(lemmas, in_context), texts),
        "scikit-learn, plain": (lambda: pipeline(plain_lemmas, list), texts[: int(slow)]),
        "scikit-learn, plain, neighbours": (lambda: pipeline(plain_lemmas, in_context), texts[: int(slow)]),
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
