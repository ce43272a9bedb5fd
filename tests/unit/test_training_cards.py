"""Model cards: the figures of the evaluation, in both languages, and no date."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from tagger.artifact import CARDS, MANIFEST
from tagger.decision import Decision
from tagger.loading import artifact_folder
from tagger.training.cards import model_cards
from tagger.training.corpus import Corpus
from tagger.training.evaluation import Evaluation, Row, evaluate
from tagger.training.records import LabelledArticle


def row(label, support, f1):
    return Row(label, support, f1 + 0.01, f1 - 0.01, f1, (f1 - 0.1, f1 + 0.1), f1 + 0.02, 0.031)


@pytest.fixture
def cards(tiny_model, tiny_corpus):
    figures = replace(
        evaluate(tiny_model, tiny_corpus),
        n_articles=24,
        n_paragraphs=1234,
        paragraph=(row("award", 11, 0.61), row("opening", 12, 0.62), row("macro", 23, 0.63), row("micro", 23, 0.64)),
        article=(row("award", 13, 0.71), row("opening", 14, 0.72), row("macro", 27, 0.73), row("micro", 27, 0.74)),
        boilerplate=row("boilerplate", 45, 0.876),
    )
    values = np.array([[1.0, 1.0], [0, 0], [0.31, 0.32], [0.11, 0.12], [0.91, 0.92]])
    paragraph, article = Decision(*values), Decision(*(values + np.array([[0], [0], [0.1], [0], [0]])))
    english, russian = model_cards(
        replace(tiny_model, paragraph=paragraph, article=article), tiny_corpus, figures
    ).items()
    assert (english[0], russian[0]) == CARDS
    return {"en": english[1], "ru": russian[1]}


def test_event_types_are_named_in_the_cards_language(cards):
    assert "- **Award** (`award`)\n- **Opening** (`opening`)" in cards["en"]
    assert "- **Награждение** (`award`)\n- **Открытие** (`opening`)" in cards["ru"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "| Award | 11 | 0.62 | 0.60 | 0.61 (0.51–0.71) | 0.63 | 0.03 |"),
        ("en", "| Opening | 14 | 0.73 | 0.71 | 0.72 (0.62–0.82) | 0.74 | 0.03 |"),
        ("en", "| macro | 27 | 0.74 | 0.72 | 0.73 (0.63–0.83) | 0.75 | 0.03 |"),
        ("ru", "| Награждение | 11 | 0,62 | 0,60 | 0,61 (0,51–0,71) | 0,63 | 0,03 |"),
        ("ru", "| Открытие | 14 | 0,73 | 0,71 | 0,72 (0,62–0,82) | 0,74 | 0,03 |"),
        ("en", "| Award | 0.31 | 0.11–0.91 | 0.41 |"),
        ("ru", "| Открытие | 0,32 | 0,12–0,92 | 0,42 |"),
    ],
)
def test_every_figure_stands_in_its_cell(cards, language, line):
    assert line in cards[language].splitlines()


def test_the_size_of_the_corpus_and_of_the_model_is_told(cards, tiny_model):
    assert f"24 articles, 1234 paragraphs; {len(tiny_model.vocabulary)} terms" in cards["en"]
    assert f"24 статей, 1234 абзацев; {len(tiny_model.vocabulary)} признаков" in cards["ru"]
    assert "F1 0.88" in cards["en"]
    assert "F1 0,88" in cards["ru"]


def test_tables_are_well_formed(cards):
    for card in cards.values():
        blocks = re.findall(r"(?:^\|.*\|\n)+", card, re.MULTILINE)
        assert len(blocks) == 3
        for block in blocks:
            assert len({line.count("|") for line in block.splitlines()}) == 1


def test_no_placeholder_and_no_date_is_left(cards):
    for card in cards.values():
        assert not re.search(r"[{}]|20\d\d-\d\d|nan", card)


def test_figures_that_do_not_exist_are_told_as_such(tiny_model, tiny_corpus):
    nothing = Row("award", 0, 0.0, 0.0, 0.0, (0.0, 0.0), float("nan"), 0.0)
    whole = evaluate(tiny_model, tiny_corpus)
    figures = replace(whole, paragraph=(nothing,), article=(nothing,), boilerplate=nothing)
    for card in model_cards(tiny_model, tiny_corpus, figures).values():
        assert re.search(r"\| 0 \| 0[.,]00 \| 0[.,]00 \| 0[.,]00 \(0[.,]00–0[.,]00\) \| (nan|–|—) \|", card)


def failures(card):
    """The section on where a model fails."""
    return re.search(r"^## (?:Where it fails|Где ошибается)\n(.*?)\n\n## ", card, re.MULTILINE | re.DOTALL)[1]


def test_where_a_model_fails_is_told_by_its_figures(tiny_model, tiny_corpus):
    def with_figures(label, support, precision, recall, f1):
        return Row(label, support, precision, recall, f1, (0.1, 0.9), 0.5, 0.1)

    rows = (with_figures("award", 9, 0.51, 0.92, 0.62), with_figures("opening", 9, 0.93, 0.44, 0.58))
    figures = replace(evaluate(tiny_model, tiny_corpus), article=(*rows, with_figures("macro", 18, 0.1, 0.1, 0.1)))
    english, russian = (failures(card) for card in model_cards(tiny_model, tiny_corpus, figures).values())
    assert english.splitlines()[:3] == [
        "- Worst recognised in articles: Opening, F1 0.58.",
        "- Most often missed: Opening, recall 0.44.",
        "- Most often given wrongly: Award, precision 0.51.",
    ]
    assert russian.splitlines()[2] == "- Чаще всего ставит зря: Награждение, точность 0,51."
    assert "sessions of councils" not in english
    assert "сессии советов" not in russian


def test_a_model_without_a_mistake_is_not_told_to_fail(tiny_model, tiny_corpus):
    perfect, nothing = row("award", 5, 1.0), row("opening", 0, 0.0)
    rows = (replace(perfect, precision=1.0, recall=1.0), nothing)
    figures = replace(evaluate(tiny_model, tiny_corpus), article=rows)
    for card in model_cards(tiny_model, tiny_corpus, figures).values():
        assert len(failures(card).splitlines()) == 1


def test_a_model_that_was_shown_no_page_chrome_is_told_to_know_none(tiny_model, tiny_corpus):
    figures = replace(evaluate(tiny_model, tiny_corpus), boilerplate=replace(row("boilerplate", 0, 0.5), f1=0.0))
    english, russian = model_cards(tiny_model, tiny_corpus, figures).values()
    assert "No page chrome was marked in the corpus" in english
    assert "Обвязка страниц в корпусе не отмечена" in russian
    assert "F1 0" not in english.partition("## Thresholds")[0].rpartition("|")[2]


@pytest.fixture(scope="module")
def manifest():
    return json.loads((artifact_folder() / MANIFEST).read_bytes())


def figures_of(record):
    """An evaluation as its record has it, rounded."""
    rows = {
        level: tuple(Row(**values | {"f1_interval": tuple(values["f1_interval"])}) for values in record[level])
        for level in ("paragraph", "article")
    }
    chrome = Row(**record["boilerplate"])
    sizes = (record["articles"], record["paragraphs"], record["reviewed"], record["right_outside_review"])
    return Evaluation(*sizes, rows["paragraph"], rows["article"], chrome)


def cards_of(model, digests, manifest):
    record = manifest["provenance"]["out_of_fold"]
    articles = (LabelledArticle("", "", (), (), (), ""),) * record["articles"]
    return model_cards(model, Corpus(articles, model.labels, digests), figures_of(record))


def test_the_cards_of_the_shipped_model_are_what_its_manifest_says(shipped, manifest):
    """But for the last digits: those of the manifest are rounded already."""
    for name, card in cards_of(shipped.model, manifest["provenance"]["data"], manifest).items():
        kept = (artifact_folder() / name).read_text(encoding="utf-8")
        assert re.sub(r"\d[.,]\d\d", "#", card) == re.sub(r"\d[.,]\d\d", "#", kept)
        assert failures(card) == failures(kept)


@pytest.mark.parametrize("change", ["more data", "less data", "other event types"])
def test_what_people_read_of_the_shipped_model_is_told_of_no_other(shipped, manifest, change):
    model, digests = shipped.model, dict(manifest["provenance"]["data"])
    if change == "more data":
        digests["mine.jsonl"] = "0" * 64
    elif change == "less data":
        digests.popitem()
    else:
        model = replace(model, event_types=tuple(replace(kind, title_en="Law") for kind in model.event_types))
    for name, card in cards_of(model, digests, manifest).items():
        assert failures(card) != failures((artifact_folder() / name).read_text(encoding="utf-8"))
        assert "tagger evaluate --report" in failures(card)
