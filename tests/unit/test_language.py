"""Language: which texts are no Russian news, told by their letters."""

import pytest

from tagger.language import doubts

NEWS = "Губернатор открыл в Заречном новую линию по выпуску насосов, на ней будут работать сорок человек."
UKRAINIAN = "Міністр відкрив новий завод, який випускатиме двигуни; їх купуватимуть підприємства області."
ENGLISH = "The governor opened a new line that will make pumps for the whole region."


@pytest.mark.parametrize(
    "text", [NEWS, f"{NEWS} https://example.org/a?b=c", f"{NEWS} «Ёлка» — 12+ 😀", f"{NEWS} Rosatom, S7"]
)
def test_russian_news_raises_no_doubt(text):
    assert doubts(text, 0.9) == ()


@pytest.mark.parametrize(
    "text",
    [ENGLISH, "日本語の記事です。" * 5, "Η κυβέρνηση άνοιξε νέο εργοστάσιο στην πόλη", "גרסה חדשה של המפעל נפתחה היום"],
)
def test_other_scripts_are_not_russian(text):
    assert doubts(text, 0.9) == ("not Russian: few Cyrillic letters",)


@pytest.mark.parametrize(
    "text", [UKRAINIAN, "Ўзбекистонда янги завод очилди, у двигателлар ишлаб чиқаради", "Қазақстанда жаңа зауыт ашылды"]
)
def test_other_cyrillic_alphabets_are_not_russian(text):
    assert doubts(text, 0.9) == ("not Russian: letters of another Cyrillic alphabet",)


@pytest.mark.parametrize("text", ["", "12+", "!!! … —", "Дождь", "2024 " * 50, "2024 " * 500])
def test_a_text_of_few_letters_is_nearly_empty(text):
    assert doubts(text, 0.9) == ("nearly empty",)


def test_a_text_of_unknown_words_is_of_another_kind():
    assert doubts(NEWS, 0.1) == ("mostly unknown words",)
    assert doubts(NEWS, 1.0) == ()


@pytest.mark.parametrize("text", ["\ud800" * 30, "\x00" * 30, "\u0301" * 30])
def test_no_text_is_too_odd_to_be_doubted(text):
    assert doubts(text, 0.0)


@pytest.mark.parametrize(("share", "found"), [(0.0, ()), (0.75, ()), (0.85, ("mostly page chrome",))])
def test_a_text_with_hardly_an_article_is_mostly_page_chrome(share, found):
    assert doubts(NEWS, 0.9, share) == found


def test_a_text_can_be_doubted_twice():
    assert doubts(NEWS, 0.1, 0.9) == ("mostly unknown words", "mostly page chrome")
