"""Model cards: the figures of the evaluation, in both languages, and no date."""

import re
from dataclasses import replace

import numpy as np
import pytest

from tagger.artifact import CARDS
from tagger.decision import Decision
from tagger.training.cards import model_cards
from tagger.training.evaluation import Row, evaluate


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
