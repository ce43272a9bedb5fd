"""Decoding any bytes gives text or the one error."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tagger.errors import DecodingError
from tagger.reading import CANDIDATES, decode

BOMS = [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE]
CYRILLIC = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЯ ,.-\n12", min_size=1, max_size=120)
PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=80)
ENCODINGS = [*CANDIDATES, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "ascii"]


def check(data, encoding=None):
    """Text without control characters, or a one-line error of the tree."""
    try:
        decoded = decode(data, encoding)
    except DecodingError as error:
        message = str(error)
    else:
        assert isinstance(decoded.text, str)
        decoded.text.encode()  # no lone surrogates
        return decoded
    assert message
    assert "\n" not in message
    return None


@given(st.sampled_from(BOMS), st.binary(max_size=200))
@example(b"", b"\x00\xd8" * 3)
@example(b"", b"\x04" * 8)
@example(codecs.BOM_UTF32_LE, b"\xff" * 4)
def test_any_bytes_give_text_or_the_one_error(bom, data):
    decoded = check(bom + data)
    if decoded is not None:
        assert not set(decoded.text) & set(map(chr, [*range(9), 11, *range(14, 32), 127]))


@given(st.binary(max_size=100), st.sampled_from(ENCODINGS))
def test_any_bytes_under_a_named_encoding_give_text_or_the_one_error(data, encoding):
    check(data, encoding)


@given(st.binary(max_size=20), st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=12))
def test_any_name_of_an_encoding_gives_text_or_the_one_error(data, encoding):
    check(data, encoding)


@given(CYRILLIC, st.sampled_from(CANDIDATES), st.binary(max_size=6), st.integers(0, 120))
def test_damaged_single_byte_text_gives_text_or_the_one_error(text, encoding, noise, place):
    data = text.encode(encoding)
    check(data[:place] + noise + data[place:])


@given(PRINTABLE)
def test_utf8_comes_back_as_it_was(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(CYRILLIC, st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]))
def test_text_with_a_bom_comes_back_as_it_was(text, encoding):
    assert decode(text.encode(encoding)).text == text


@given(CYRILLIC.filter(lambda text: len(text) > 1), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf16_without_a_bom_comes_back_as_it_was(text, encoding):
    assert decode(text.encode(encoding)).text == text


@given(CYRILLIC, st.sampled_from(CANDIDATES))
def test_single_byte_text_is_refused_or_its_encoding_reported(text, encoding):
    decoded = check(text.encode(encoding))
    if decoded is not None and not text.isascii():
        assert decoded.warnings == (f"decoded as {decoded.encoding}",) or decoded.encoding.startswith("utf")


@given(CYRILLIC, st.sampled_from(ENCODINGS))
def test_a_named_encoding_is_what_python_decodes(text, encoding):
    data = text.encode(encoding, "ignore")
    assert decode(data, encoding).text == data.decode(encoding)


@pytest.mark.parametrize("letter", "абвгдежзийклмнопрстуфхцчшщъыьэюяё")
def test_a_single_letter_is_never_more_than_refused(letter):
    for encoding in ENCODINGS[:-2]:
        check(letter.encode(encoding))
