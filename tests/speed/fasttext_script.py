"""The script one would write with fastText: supervised, one-vs-all, word bigrams, 50 dimensions.

python fasttext_script.py train CORPUS.jsonl… MODEL.bin   trains
python fasttext_script.py MODEL.bin FILE                  tags a file, paragraph by paragraph
"""

import json
import sys
import tempfile

import fasttext


def lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def train(corpora, target):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as corpus:
        for path in corpora:
            with open(path, encoding="utf-8") as records:
                for part in (part for record in records for part in json.loads(record)["paragraphs"]):
                    labels = part["labels"] + ["boilerplate"] * part["boilerplate"] or ["none"]
                    corpus.write(" ".join(f"__label__{label}" for label in labels))
                    corpus.write(" " + part["text"].replace("\n", " ") + "\n")
        corpus.flush()
        model = fasttext.train_supervised(corpus.name, loss="ova", wordNgrams=2, dim=50, epoch=25, thread=1, verbose=0)
    model.save_model(str(target))


def labels(model, text):
    """The labels of each paragraph."""
    return [[label for _, label in model.f.predict(line + "\n", -1, 0.5, "strict")] for line in lines(text)]


def tag(model, path):
    fasttext.FastText.eprint = lambda *_: None
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    for line, given in zip(lines(text), labels(fasttext.load_model(model), text), strict=True):
        print(", ".join(given), line[:80])


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2:-1], sys.argv[-1])
    else:
        tag(*sys.argv[1:])
