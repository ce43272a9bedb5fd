"""How a text is written down does not change what it says."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger import Tagger
from tagger.reading import decode

VOCABULARY = (
    "премию премия вручили награду орден мастерам завод открыли открытие линию запустили цех лауреаты директор район ёлка "
    "учёные йод Йошкар большой край 12 1998 3,5 город дождь погода матч также комментарии человек Липки школу объём ещё"
)
SENTENCE = st.lists(st.sampled_from(VOCABULARY.split(" ")), min_size=1, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
LINES = st.lists(SENTENCE, min_size=1, max_size=6)
LOOK_ALIKES = str.maketrans("асеорхуАВСЕНКМОРТХ", "aceopxyABCEHKMOPTX")


@pytest.fixture(scope="module", params=["tiny", "shipped"])
def tagger(request):
    return (
        Tagger(request.getfixturevalue("tiny_model")) if request.param == "tiny" else request.getfixturevalue("shipped")
    )


def labels(result):
    return result.labels, [(part.labels, part.boilerplate) for part in result.paragraphs]


def scores(result):
    return [value for part in result.paragraphs for value in part.scores.values()]


def marked(line, mark, places):
    """The line with a mark after some of its letters."""
    return "".join(
        letter + mark if letter.isalpha() and places[number % len(places)] else letter
        for number, letter in enumerate(line)
    )


@given(LINES, st.sampled_from(["\r\n", "\r", "\n\n", " \n\t\n ", "\r\n\r\n"]), st.sampled_from(["", "\n", "\r\n"]))
def test_line_ends_and_blank_lines_change_no_score(tagger, lines, end, last):
    plain, other = tagger.predict("\n".join(lines)), tagger.predict(last + end.join(lines) + last)
    assert labels(other) == labels(plain)
    assert scores(other) == pytest.approx(scores(plain), abs=1e-12)


@given(LINES, st.sampled_from(["NFC", "NFD"]))
def test_composed_and_decomposed_letters_change_no_score(tagger, lines, form):
    text = "\n".join(lines)
    plain, other = tagger.predict(text), tagger.predict(unicodedata.normalize(form, text))
    assert labels(other) == labels(plain)
    assert scores(other) == pytest.approx(scores(plain), abs=1e-12)


@given(
    LINES,
    st.sampled_from(["\u0301", "\u00ad", "\u200b", "\u2060", "\ufeff"]),
    st.lists(st.booleans(), min_size=1, max_size=7),
)
def test_stress_marks_soft_hyphens_and_zero_widths_change_no_score(tagger, lines, mark, places):
    plain = tagger.predict("\n".join(lines))
    other = tagger.predict("\n".join(marked(line, mark, places) for line in lines))
    assert labels(other) == labels(plain)
    assert scores(other) == pytest.approx(scores(plain), abs=1e-12)


@given(LINES, st.sampled_from(["utf-8-sig", "utf-16", "utf-8", "utf-16-le", "utf-32"]))
def test_a_bom_and_the_encoding_change_no_score(tagger, lines, encoding):
    text = "\n".join([*lines, "Завод открыли."])
    plain, other = tagger.predict(text), tagger.predict(decode(text.encode(encoding)).text)
    assert labels(other) == labels(plain)
    assert scores(other) == scores(plain)


@given(LINES)
def test_a_bom_before_a_text_changes_no_score(tagger, lines):
    text = "\n".join(lines)
    plain, other = tagger.predict(text), tagger.predict("\ufeff" + text)
    assert labels(other) == labels(plain)
    assert scores(other) == pytest.approx(scores(plain), abs=1e-12)


@given(LINES, st.lists(st.booleans(), min_size=1, max_size=5))
def test_latin_look_alikes_change_no_score(tagger, lines, places):
    """As long as a letter stays that is Cyrillic without doubt."""

    def mixed(word):
        changed = "".join(
            letter.translate(LOOK_ALIKES) if places[number % len(places)] else letter
            for number, letter in enumerate(word)
        )
        return changed if any("\u0400" <= letter <= "\u04ff" for letter in changed) else word

    other = "\n".join(" ".join(map(mixed, line.split(" "))) for line in lines)
    plain, found = tagger.predict("\n".join(lines)), tagger.predict(other)
    assert labels(found) == labels(plain)
    assert scores(found) == pytest.approx(scores(plain), abs=1e-12)


@given(LINES)
def test_yo_and_ye_are_one(tagger, lines):
    text = "\n".join(lines)
    plain, other = tagger.predict(text), tagger.predict(text.replace("ё", "е"))
    assert labels(other) == labels(plain)
    assert scores(other) == pytest.approx(scores(plain), abs=1e-12)
