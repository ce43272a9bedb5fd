"""Wrapped texts: paragraphs where lines break at a margin or nowhere; a line each everywhere else."""

import json
import textwrap
from pathlib import Path

import pytest
from documents_made import PARAGRAPHS, TITLE
from hypothesis import given
from hypothesis import strategies as st

from tagger.article import Article
from tagger.cli.documents.wrapped import PARAGRAPH, article_from_text, paragraph_spans

SAMPLES = Path(__file__).parents[2] / "samples"
SHARED = Path(__file__).parents[4] / "shared"


def paragraphs(text):
    return [" ".join(part.split()) for part in article_from_text(text, "").paragraphs]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n", "\n    "])
@pytest.mark.parametrize("width", [55, 75, 100])
def test_wrapped_lines_are_joined_into_their_paragraphs(between, width):
    text = between.join(textwrap.fill(part, width, break_on_hyphens=False) for part in [TITLE, *PARAGRAPHS])
    assert paragraphs(text) == [TITLE, *PARAGRAPHS]


def test_what_was_done_is_said_and_offsets_stay_those_of_the_text():
    text = "\n".join(textwrap.fill(part, 60) for part in [TITLE, *PARAGRAPHS])
    article = article_from_text(text, "a", ("decoded as cp1251",), {"title": TITLE})
    lines = len(text.split("\n"))
    assert article.text == text
    assert article.warnings == ("decoded as cp1251",)
    assert article.metadata == {"title": TITLE, "reading": f"wrapped lines joined: {lines} lines are 4 paragraphs"}


def test_bullets_begin_paragraphs():
    items = [f"• {part}" for part in PARAGRAPHS]
    text = "\n".join(textwrap.fill(part, 60) for part in [TITLE, *items])
    assert paragraphs(text) == [TITLE, *items]


def test_a_long_line_is_cut_at_ends_of_sentences():
    sentence = "На заводе им. А. С. Попова в г. Пскове 5 мая 2024 г. Петров открыл цех, это стоило 3 млн руб. в год."
    text = " ".join(f"{sentence} «Ура!» {number} раз." for number in range(40))
    article = article_from_text(text, "")
    assert article.metadata["reading"] == f"no line ends: cut at ends of sentences into {len(article.spans)} paragraphs"
    assert all(part.endswith((".", "»")) for part in article.paragraphs)
    assert not any(part.endswith(("им.", "А.", "С.", "г.")) for part in article.paragraphs)
    lengths = [len(part) for part in article.paragraphs[:-1]]
    assert min(lengths) >= PARAGRAPH
    assert max(lengths) < 2 * PARAGRAPH


@pytest.mark.parametrize("text", ["завод " * 500, "ж" * 5000, "Коротко. Ясно. " * 20, "", " \n"])
def test_long_lines_without_sentences_and_short_ones_stay_whole(text):
    article = article_from_text(text, "")
    assert article.spans == Article.from_text(text).spans
    assert "reading" not in article.metadata


def test_menus_and_lists_of_headlines_are_lines():
    menu = ["Главная", "Новости", "спорт", "афиша", "войти", "поиск по сайту"]
    headlines = [f"В городе {place} открыли новую школу и детский сад для жителей" for place in range(20)]
    for lines in (menu, headlines, [*menu, *headlines, *PARAGRAPHS]):
        assert paragraphs("\n".join(lines)) == lines


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_samples_are_a_line_each(path):
    assert paragraph_spans(path.read_text(encoding="utf-8")) == (Article.from_text(path.read_text("utf-8")).spans, "")


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="no shared material here")
def test_real_pages_are_a_line_each():
    for path in (SHARED / "seeds").glob("*.txt"):
        assert paragraph_spans(path.read_text(encoding="utf-8"))[1] == ""


def test_no_article_of_the_corpus_is_taken_for_wrapped():
    seeds = Path(__file__).parents[3] / "seeds"
    for path in seeds.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = "\n".join(part["text"] for part in record["paragraphs"])
            assert not paragraph_spans(text)[1].startswith("wrapped"), record["id"]


@given(st.lists(st.text("Аа бв.\n\r\t—", max_size=90), max_size=30))
def test_spans_hold_all_that_is_no_white_space(lines):
    text = "\n".join(lines)
    article = article_from_text(text, "")
    assert "".join(article.pieces()) == text
    assert all(not piece.strip() for piece in list(article.pieces())[::2])
    assert all(part == part.strip() != "" for part in article.paragraphs)
