"""Tokens: what is a word, and how it is spelt for the dictionary."""

import unicodedata

import pytest

from tagger.tokens import NUMBER, TOKEN, YEAR, spelling


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Завод открыл цех.", ["Завод", "открыл", "цех"]),
        ("бизнес-миссия", ["бизнес", "миссия"]),
        ("«Нива» — хозяйство", ["Нива", "хозяйство"]),
        ("слово_слово", ["слово", "слово"]),
        ("3,5 млн и 2.4.1", ["3,5", "млн", "и", "2.4.1"]),
        ("в 2024г. 12+", ["в", "2024", "г", "12"]),
        ("B2B-встреча", ["B", "2", "B", "встреча"]),
        ("10,", ["10"]),
        ("!!! … —", []),
        ("", []),
    ],
)
def test_a_token_is_a_run_of_letters_or_a_number(text, tokens):
    assert TOKEN.findall(text) == tokens


@pytest.mark.parametrize("mark", ["\u0301", "\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\u0306"])
def test_invisible_characters_inside_a_word_belong_to_its_span(mark):
    assert [token.span() for token in TOKEN.finditer(f"наш за{mark}вод цел")] == [(0, 3), (4, 10), (11, 14)]
    assert TOKEN.findall(f"завод{mark}") == [f"завод{mark}"]


def test_an_invisible_character_alone_is_no_token():
    assert TOKEN.findall("\u00ad \u200b\u0301 \ufeff") == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Губернатор", "губернатор"),
        ("СПИК", "спик"),
        ("ещё", "еще"),
        ("Ёлка", "елка"),
        ("за\u0301мок", "замок"),
        ("согла\u00adше\u200bние", "соглашение"),
        ("и\u0306од", "йод"),
        ("е\u0308лка", "елка"),
        ("Mосква", "москва"),
        ("cоглашениe", "соглашение"),
        ("соглашe\u0301ние", "соглашение"),
        ("Moscow", "moscow"),
        ("OPEC", "opec"),
        ("Straße", "straße"),
    ],
)
def test_spelling_of_words(form, expected):
    assert spelling(form) == expected


@pytest.mark.parametrize(("latin", "cyrillic"), list(zip("ABCEHKMOPTXYaceopxy", "авсенкмортхуасеорху", strict=True)))
def test_a_latin_look_alike_in_a_cyrillic_word_is_repaired(latin, cyrillic):
    assert spelling(f"ж{latin}ж") == f"ж{cyrillic}ж"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("1900", YEAR),
        ("2024", YEAR),
        ("2099", YEAR),
        ("1899", NUMBER),
        ("2100", NUMBER),
        ("20245", NUMBER),
        ("24", NUMBER),
        ("2024,5", NUMBER),
        ("3.14", NUMBER),
        ("٢٠٢٤", NUMBER),
    ],
)
def test_numbers_are_folded_and_years_told_apart(form, expected):
    assert spelling(form) == expected


def test_placeholders_cannot_be_words_of_a_text():
    assert TOKEN.fullmatch(YEAR) is None
    assert TOKEN.fullmatch(NUMBER) is None


@pytest.mark.parametrize("form", ["Йошкар", "ёлка", "Київ", "Čapek", "соглаше\u0301ние", "соглашe\u0301ние"])
def test_spelling_of_the_decomposed_form_is_that_of_the_form(form):
    assert spelling(unicodedata.normalize("NFD", form)) == spelling(form)


@pytest.mark.parametrize("form", ["соглаш\u00e9ние", "м\u00e1стер", "пр\u00f3грамма", "пр\u0450мия"])
def test_a_stressed_letter_is_repaired_also_where_the_text_composed_it(form):
    plain = "".join(letter for letter in unicodedata.normalize("NFD", form) if not unicodedata.combining(letter))
    assert spelling(form) == plain.translate(str.maketrans("aeo", "аео"))
