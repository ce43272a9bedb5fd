"""Shape: what a paragraph looks like, by eye and by a plain loop over its characters."""

import numpy as np
import pytest

from tagger.shape import NAMES, shapes

TEXTS = [
    "Завод открыл цех, линию и склад.",
    "12+",
    "ГЛАВНАЯ | НОВОСТИ → АФИША",
    "«Ждали», — сказал он",
    "— Где это? Кто там!",
    "в Туле прошёл дождь:",
    "Подробнее на https://example.org/a",
    "© Редакция",
    "'цитата'",
    "1 2 3",
    "слово " * 45,
    "*",
    "😀 Qwerty",
]


def look(text, name, place=0, size=5):
    return shapes([text], np.array([place]), np.array([size]))[0, NAMES.index(name)]


def plain(text):
    """The features of the text alone, character by character."""
    words = text.split(" ")
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters) / max(len(letters), 1)
    quotes = sum(character in "«»„“”\"'" for character in text)
    return {
        "words": min(len(words), 100) / 50,
        "at most 3 words": len(words) <= 3,
        "at most 8 words": len(words) <= 8,
        "at most 15 words": len(words) <= 15,
        "over 40 words": len(words) > 40,
        "share of capitals": capitals,
        "all capitals": capitals > 0.7,
        "share of digits": sum(character.isdigit() for character in text) / len(text),
        "begins in lower case": text[0].islower(),
        "begins with a quotation mark": text[0] in "«„“\"'",
        "begins with a dash": text[0] in "-–—",
        "begins with a digit": text[0].isdigit(),
        "begins with a symbol": text[0] in "©*😀",
        "ends a sentence": text[-1] in ".…!?",
        "ends with a colon": text[-1] == ":",
        "ends with a quotation mark": text[-1] in "»”\"'",
        "commas a word": min(sum(character in ",;" for character in text) / len(words), 1),
        "quotation marks": min(quotes / 10, 1),
        "bar or arrow": any(character in "|›→•·>/\\" for character in text),
        "address": any(part in text for part in ("http", "www.", "@", "©")),
        "question or exclamation": "?" in text or "!" in text,
    }


@pytest.mark.parametrize("text", TEXTS)
def test_features_of_the_text_are_those_of_a_plain_loop(text):
    expected = plain(text.strip())
    found = {name: look(text, name) for name in expected}
    assert found == pytest.approx({name: float(value) for name, value in expected.items()})


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Две два", "words", 0.04),
        ("АБВг", "share of capitals", 0.75),
        ("АБВг", "all capitals", 1),
        ("АБвг", "all capitals", 0),
        ("12 ед", "share of digits", 0.4),
        ("а, б; в", "commas a word", 2 / 3),
        ("«а» «б»", "quotation marks", 0.4),
        ("пишите на a@example.org", "address", 1),
        ("Смотрите www.example.org", "address", 1),
    ],
)
def test_features_by_eye(text, name, expected):
    assert look(text, name) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("place", "size", "expected"),
    [
        (0, 1, {"first": 1, "second": 0, "last": 1, "place": 0, "short article": 1, "paragraphs": 1 / 30}),
        (1, 5, {"first": 0, "second": 1, "last": 0, "place": 0.25, "short article": 0, "paragraphs": 5 / 30}),
        (4, 5, {"first": 0, "second": 0, "last": 1, "place": 1, "short article": 0, "paragraphs": 5 / 30}),
        (2, 3, {"first": 0, "second": 0, "last": 1, "place": 1, "short article": 1, "paragraphs": 3 / 30}),
        (9, 61, {"first": 0, "second": 0, "last": 0, "place": 0.15, "short article": 0, "paragraphs": 1}),
    ],
)
def test_features_of_the_place_in_the_article(place, size, expected):
    assert {name: look("Слово", name, place, size) for name in expected} == pytest.approx(expected)


def test_there_is_a_column_for_every_name():
    assert shapes(TEXTS, np.zeros(len(TEXTS), int), np.ones(len(TEXTS), int)).shape == (len(TEXTS), len(NAMES))
    assert len(set(NAMES)) == len(NAMES)


def test_a_paragraph_does_not_depend_on_the_batch_around_it():
    places, sizes = np.arange(len(TEXTS)), np.full(len(TEXTS), len(TEXTS))
    together = shapes(TEXTS, places, sizes)
    for number, text in enumerate(TEXTS):
        alone = shapes([text], places[number : number + 1], sizes[number : number + 1])
        assert (alone[0] == together[number]).all()


@pytest.mark.parametrize("text", ["", " ", "\u00a0\t", "\u2028", "\x00", "\U0010ffff", "и\u0306"])
def test_odd_paragraphs_have_finite_features_of_the_order_of_one(text):
    found = shapes([text, "Слово"], np.array([0, 1]), np.array([2, 2]))
    assert np.isfinite(found).all()
    assert (np.abs(found) <= 2).all()


def test_white_space_around_a_paragraph_has_no_shape():
    for name in NAMES:
        assert look(" \tЗавод открыл цех. ", name) == look("Завод открыл цех.", name)


@pytest.mark.parametrize(
    ("written", "plain_text"),
    [
        ("\ufeffв 12 домах", "в 12 домах"),
        ("\u00adв 12 домах", "в 12 домах"),
        ("в 12 дома\u0301х", "в 12 домах"),
        ("в 12 до\u00adмах", "в 12 домах"),
        ("в 12 \u200bдомах", "в 12 домах"),
        ("мои\u0306 дом 12", "мой дом 12"),
        ("Дом 12.\u200b", "Дом 12."),
    ],
)
def test_invisible_characters_do_not_change_the_shape(written, plain_text):
    assert [look(written, name) for name in NAMES] == pytest.approx([look(plain_text, name) for name in NAMES])


def test_no_paragraphs_have_no_shapes():
    nothing = np.array([], np.int64)
    assert shapes([], nothing, nothing).shape == (0, len(NAMES))


def test_an_address_that_two_paragraphs_make_together_is_none():
    paragraphs = ["смотри ht", "tp://example.org", "@ и @", "www", ".example.org", "http http", "конец"]
    found = shapes(paragraphs, np.arange(7), np.full(7, 7))[:, NAMES.index("address")]
    assert found.tolist() == [0, 0, 1, 0, 0, 1, 0]
