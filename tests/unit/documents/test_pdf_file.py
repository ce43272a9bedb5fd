"""PDF files with Cyrillic, wrapped, justified and hyphenated lines, as fpdf2 writes them."""

import pytest
from documents_made import PARAGRAPHS, TITLE, pdf

from tagger.cli.documents import pdf_file
from tagger.cli.inputs import Failure


@pytest.mark.parametrize("options", [{}, {"gap": 0, "indent": True}, {"gap": 0}, {"hyphens": True}], ids=str)
def test_lines_become_the_paragraphs_they_were(one, options):
    article = one(pdf(**options))
    assert article.paragraphs == [TITLE, *PARAGRAPHS]
    assert article.metadata["format"] == "pdf"
    assert article.metadata["title"] == TITLE
    assert article.metadata["reading"].startswith("wrapped lines joined")


def test_a_hyphenated_word_is_whole_in_the_page_and_in_the_text(one):
    import io

    from pypdf import PdfReader

    data = pdf(hyphens=True)
    assert "-\n" in PdfReader(io.BytesIO(data)).pages[0].extract_text()  # the trap is there
    assert one(data).paragraphs == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        ("согла-\nшение", "соглашение"),
        ("согла\u00ad\nшение", "соглашение"),
        ("социально-\nэкономической", "социально-экономической"),
        ("кто-\nто", "кто-то"),
        ("Москва-\nСити", "Москва-Сити"),
    ],
)
def test_hyphens_at_line_ends_stay_only_where_they_belong(broken, word):
    assert pdf_file._on_one_line(f"Да {broken} нет") == f"Да {word} нет"


def test_page_numbers_are_left_out_and_pages_follow_each_other(one):
    article = one(pdf(pages=3))
    assert article.paragraphs == [TITLE, *PARAGRAPHS] * 3


def test_a_scan_is_told(one):
    failure = one(pdf([]))
    assert isinstance(failure, Failure)
    assert "text recognition" in failure.message


def test_a_password_is_told(one):
    failure = one(pdf(password="x"))
    assert isinstance(failure, Failure)
    assert "password" in failure.message


def test_pages_and_time_are_bounded(one, monkeypatch):
    monkeypatch.setattr(pdf_file, "MAX_PAGES", 2)
    assert "a PDF document of 3 pages" in one(pdf(pages=3)).message
    monkeypatch.setattr(pdf_file, "MAX_SECONDS", 0)
    assert "seconds to read" in one(pdf(pages=2)).message


def test_too_much_text_is_refused(one):
    assert "over 100 bytes" in one(pdf(), max_bytes=100).message
