"""Web pages: the article without the chrome around it, and what the page says of itself."""

import pytest
from documents_made import ADDRESS, PAGE, PARAGRAPHS, TITLE

from tagger.cli.inputs import Failure


def test_the_article_is_taken_and_the_chrome_left(one):
    article = one(PAGE.encode())
    assert article.paragraphs[0] == TITLE
    assert [part for part in article.paragraphs if part in PARAGRAPHS] == PARAGRAPHS
    for chrome in ("Главная", "Вася", "Кубок", "Все права", "counter"):
        assert chrome not in article.text
    assert article.warnings == ()


def test_headline_date_outlet_and_address_are_taken(one):
    assert one(PAGE.encode()).metadata == {
        "title": TITLE,
        "date": "2024-11-15",
        "outlet": "Вестник Лук",
        "address": ADDRESS,
        "format": "html",
    }


def test_a_date_that_stands_only_in_the_text_is_found(one):
    page = PAGE.replace('<meta property="article:published_time" content="2024-11-15T10:30:00+03:00">', "")
    assert one(page.encode()).metadata["date"] == "2024-11-15"


def test_a_copyright_is_no_date(one):
    page = PAGE.replace('<meta property="article:published_time" content="2024-11-15T10:30:00+03:00">', "")
    assert "date" not in one(page.replace("15 ноября 2024, 10:30", "").encode()).metadata


def test_the_address_it_was_saved_from_does_where_the_page_names_none(one):
    page = PAGE.replace(f'<link rel="canonical" href="{ADDRESS}">', "")
    page = page.replace('<meta property="og:site_name" content="Вестник Лук">', "").replace("— Вестник Лук", "")
    metadata = one(page.encode()).metadata
    assert (metadata["address"], metadata["outlet"]) == (ADDRESS, "luki-vestnik.ru")


@pytest.mark.parametrize("declared", ["windows-1251", "utf-8", ""])
def test_the_declared_encoding_counts_and_a_wrong_one_is_found_out(one, declared):
    page = PAGE.replace('<meta charset="utf-8">', f'<meta charset="{declared}">').replace("—", "-").replace("–", "-")
    article = one(page.encode("cp1251", "replace"))
    assert article.paragraphs[0] == TITLE
    assert article.warnings == (() if declared == "windows-1251" else ("decoded as cp1251",))


def test_a_page_without_article_gives_all_its_text_and_says_so(one):
    article = one("<p>Коротко.</p>".encode())
    assert (article.paragraphs, article.warnings) == (
        ["Коротко."],
        ("no article found on the page; all its text was taken",),
    )


def test_a_headline_outside_the_article_becomes_its_first_paragraph(one):
    page = PAGE.replace(f"<h1>{TITLE}</h1>", "")
    assert one(page.encode()).paragraphs[0] == TITLE


@pytest.mark.parametrize("page", ["<html></html>", "<!doctype html><body><script>1</script></body>"])
def test_a_page_without_text_is_one_line(one, page):
    failure = one(page.encode())
    assert isinstance(failure, Failure)
    assert "without text" in failure.message


def test_entities_are_not_expanded_and_nothing_is_fetched(one, tmp_path):
    (tmp_path / "secret.txt").write_text("СЕКРЕТ")
    doctype = f'<!DOCTYPE html [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY b "{"ха" * 1000}">]>'
    page = PAGE.replace("<!DOCTYPE html>", doctype).replace(PARAGRAPHS[2], "Да. &a;" + "&b;" * 5000)
    article = one(page.encode())
    assert "СЕКРЕТ" not in article.text
    assert len(article.text) < 200_000
