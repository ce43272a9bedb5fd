"""The script one would write with scikit-learn, joblib and pymorphy3: the same job, without this project's predict path.

python sklearn_script.py train CORPUS.jsonl… MODEL.joblib   fits and pickles the pipelines
python sklearn_script.py MODEL.joblib FILE                  tags a file: article labels, then paragraphs
"""

import json
import re
import sys

import joblib
import pymorphy3
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MultiLabelBinarizer

WORD = re.compile(r"[^\W\d_]+|\d+")
memory = {}
morph = None


def lemmas(text):
    """Lemmas of a text, each form parsed once."""
    global morph
    if morph is None:
        morph = pymorphy3.MorphAnalyzer()
    result = []
    for word in WORD.findall(text.lower()):
        if word not in memory:
            memory[word] = morph.parse(word)[0].normal_form
        result.append(memory[word])
    return result


def in_context(paragraphs):
    """Each paragraph followed by its neighbours, which is how such a script gives it context."""
    padded = ["", *paragraphs, ""]
    return [" ".join(padded[place : place + 3]) for place in range(len(paragraphs))]


def fitted(corpora, seen=in_context):
    """The pipeline, and its labels in order; ``seen`` turns an article's paragraphs into what is looked at for each."""
    texts, labels = [], []
    for path in corpora:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                paragraphs = json.loads(line)["paragraphs"]
                texts += seen([paragraph["text"] for paragraph in paragraphs])
                labels += [paragraph["labels"] + ["boilerplate"] * paragraph["boilerplate"] for paragraph in paragraphs]
    binarizer = MultiLabelBinarizer()
    pipeline = make_pipeline(
        TfidfVectorizer(
            analyzer="word", tokenizer=lemmas, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True
        ),
        OneVsRestClassifier(LogisticRegression(C=4, solver="liblinear")),
    )
    pipeline.fit(texts, binarizer.fit_transform(labels))
    return pipeline, list(binarizer.classes_)


def train(corpora, target):
    joblib.dump(fitted(corpora), target)


def tag(model, path):
    pipeline, labels = joblib.load(model)
    with open(path, encoding="utf-8") as stream:
        paragraphs = [line.strip() for line in stream if line.strip()]
    probabilities = pipeline.predict_proba(in_context(paragraphs))
    for label, best in zip(labels, probabilities.max(axis=0), strict=True):
        print(f"{label} {best:.2f}")
    for paragraph, row in zip(paragraphs, probabilities, strict=True):
        given = [label for label, probability in zip(labels, row, strict=True) if probability >= 0.5]
        if given:
            print(", ".join(given), paragraph[:80])


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2:-1], sys.argv[-1])
    else:
        tag(*sys.argv[1:])
