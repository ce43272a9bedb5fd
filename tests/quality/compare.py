"""This model and its rivals side by side: same training data (seeds/), same test texts, one command, one table.

python tests/quality/compare.py [TEST.jsonl…]     by default the development sets and the articles held out

Rivals: scikit-learn TF-IDF (1–2-grams) and logistic regression on each paragraph alone, on words and on lemmas; fastText
supervised, one-vs-all; spaCy's multi-label text categorizer; a rule of keywords. Their thresholds are 0.5; an article carries
what one of its paragraphs carries. Needs the extra `bench`.
"""

import random
import re
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from measuring import SETS
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from tagger.lemmas import lemma_of
from tagger.loading import load
from tagger.scoring import score
from tagger.tokens import TOKEN
from tagger.training.corpus import read_corpus
from tagger.training.metrics import f1
from tagger.verdict import decide

ROOT = Path(__file__).parents[2]
RULE = {
    "agreement_signing": r"(подпис|заключ)\w*[^.]{0,80}(соглашен|меморандум|договор|контракт|протокол)|"
    r"(соглашен|меморандум|договор|контракт)\w*[^.]{0,60}(подпис|заключ)|"
    r"(соглашение|документ|меморандум) (предусматривает|рассчитан)",
    "strategy_session": r"(стратегическ|проектн|практическ|форсайт|страт|дизайн)\w*[ -]*сесси|мозгово\w+ штурм|воркшоп",
    "business_mission": r"(делов|бизнес|торгов|реверсн|торгово-экономическ)\w*[ -]*(бизнес-)?мисси|"
    r"делегаци\w+ (предпринимател|бизнес|област|регион)|делов\w+ делегац|B2B",
    "legislation": r"законопроект|поправк\w+ (в|к)|"
    r"(закон|постановлен|указ)\w*[^.]{0,60}(принят|приня|подпис|вступ|внес|утверд)|"
    r"(принял|подписал|внес|утвердил)\w*[^.]{0,60}(закон|постановлен|указ)|в (первом|втором|третьем) чтении",
}


known = cache(lemma_of)


def texts(corpus):
    return [text for article in corpus.articles for text in article.paragraphs]


def lemmas(text):
    return [known(form) for form in TOKEN.findall(text)]


def this_model(train):
    model = load().model

    def tag(test):
        verdicts = decide(score([article.article.paragraphs for article in test.articles], model).scores, model)
        return verdicts.labels, verdicts.article_labels

    return tag


def linear(train, **options):
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, **options)
    classifier = OneVsRestClassifier(LogisticRegression(C=4, solver="liblinear"))
    classifier.fit(vectorizer.fit_transform(texts(train)), train.gold)
    return lambda test: union(classifier.predict(vectorizer.transform(texts(test))).astype(bool), test)


def lemmatized(train):
    return linear(train, tokenizer=lemmas, token_pattern=None)


def fasttext(train):
    import fasttext

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for text, row in zip(texts(train), train.gold, strict=True):
            given = [label for label, yes in zip(train.labels, row, strict=True) if yes] or ["none"]
            file.write(" ".join([*(f"__label__{label}" for label in given), *TOKEN.findall(text.lower())]) + "\n")
        file.flush()
        options = {"wordNgrams": 2, "dim": 50, "epoch": 25, "lr": 0.5, "loss": "ova", "thread": 1, "verbose": 0}
        model = fasttext.train_supervised(file.name, **options)

    def tag(test):
        flat = [" ".join(TOKEN.findall(text.lower())) for text in texts(test)]
        found = [set(labels) for labels in model.predict(flat, k=-1, threshold=0.5)[0]]
        return union(np.array([[f"__label__{label}" in labels for label in test.labels] for labels in found]), test)

    return tag


def spacy_textcat(train):
    """Bag of words with bigrams, five epochs; spaCy has no trained Russian pipeline on the package index."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(0)
    pipeline = spacy.blank("ru")
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": False,
        "ngram_size": 2,
        "no_output_layer": False,
    }
    textcat = pipeline.add_pipe("textcat_multilabel", config={"model": model})
    for label in train.labels:
        textcat.add_label(label)
    gold = [{"cats": dict(zip(train.labels, map(float, row), strict=True))} for row in train.gold]
    examples = [Example.from_dict(pipeline.make_doc(text), cats) for text, cats in zip(texts(train), gold, strict=True)]
    pipeline.initialize(lambda: examples)
    for epoch in range(5):
        random.Random(epoch).shuffle(examples)
        for batch in minibatch(examples, 64):
            pipeline.update(batch)

    def tag(test):
        found = [[document.cats[label] >= 0.5 for label in test.labels] for document in pipeline.pipe(texts(test))]
        return union(np.array(found), test)

    return tag


def rule(train):
    def tag(test):
        found = [[bool(re.search(RULE[label], text, re.I)) for label in test.labels] for text in texts(test)]
        return union(np.array(found), test)

    return tag


def union(given, test):
    articles = np.zeros((len(test), len(test.labels)), bool)
    np.logical_or.at(articles, test.groups, given)
    return given, articles


CONTESTANTS = {
    "this model": this_model,
    "TF-IDF + logistic regression, words": linear,
    "TF-IDF + logistic regression, lemmas": lemmatized,
    "fastText supervised": fasttext,
    "spaCy textcat_multilabel": spacy_textcat,
    "keyword rule": rule,
}


def macro(given, gold):
    occurs = gold.any(axis=0)
    return f1((given & gold).sum(0), given.sum(0), gold.sum(0))[occurs].mean()


def main(paths):
    labels = load().labels
    train = read_corpus([ROOT / "seeds"], labels)
    tests = [read_corpus([path], labels) for path in paths]
    print("| |", " | ".join(path.stem for path in paths), "|")
    print("|---" * (1 + len(paths)) + "|")
    for name, contestant in CONTESTANTS.items():
        cells, tag = [], contestant(train)
        for test in tests:
            paragraphs, articles = tag(test)
            cells.append(f"{macro(paragraphs, test.gold):.2f} / {macro(articles, test.article_gold):.2f}")
        print(f"| {name} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]] or list(SETS.values()))
