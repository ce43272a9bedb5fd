"""Reading: bytes to text in every encoding that Russian files come in, and what is refused."""

import codecs
import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest

from tagger.errors import DecodingError, InputError
from tagger.reading import CANDIDATES, clean, decode

PROSE = (
    'Ещё весной мастера завода "Заря" обещали: Ярославль получит свой парк. Обещание сдержали, и в субботу его открыли. '
    "На аллеях высадили триста лип и яблонь, для детей построили площадку, для юношей - поле с твёрдым покрытием. "
    "Иван Щукин, который руководил работами, рассказал, что объём земляных работ оказался вдвое больше, чем думали. "
    "Экологи ждут, что через пять лет деревья дадут тень, а Юлия Цой из общества охраны природы зовёт горожан сажать ещё. "
    "Фонтан заработает в июне; тогда же начнут ходить экскурсии, которые будут вести студенты педагогического института. "
) * 8
LENGTHS = (40, 200, 3000)


def text_of(letters, skip=0):
    """The shortest piece of `PROSE` with so many letters, from a word's beginning on."""
    stop = count = 0
    piece = PROSE[skip:].partition(" ")[2] if skip else PROSE
    while count < letters:
        count += piece[stop].isalpha()
        stop += 1
    return piece[:stop]


def test_the_prose_is_long_enough_and_fits_all_encodings():
    assert sum(character.isalpha() for character in PROSE) > 3500
    assert all(PROSE.encode(encoding).decode(encoding) == PROSE for encoding in CANDIDATES)


@pytest.mark.parametrize("letters", LENGTHS)
@pytest.mark.parametrize("encoding", CANDIDATES)
def test_single_byte_encodings_are_found_out_and_reported(encoding, letters):
    text = text_of(letters)
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert decoded.warnings == (f"decoded as {encoding}",)


@pytest.mark.parametrize("skip", range(0, 560, 40))
@pytest.mark.parametrize("encoding", CANDIDATES)
def test_no_text_is_ever_decoded_wrongly_without_a_word(encoding, skip):
    text = text_of(60, skip)
    try:
        found = decode(text.encode(encoding)).text
    except DecodingError as error:
        found = str(error)
    assert found == text or "--encoding" in found


@pytest.mark.parametrize("letters", LENGTHS)
@pytest.mark.parametrize(
    ("encoding", "bom", "name"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32"),
        ("utf-32-be", codecs.BOM_UTF32_BE, "utf-32"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_wide_encodings_are_found_out_with_and_without_bom(letters, encoding, bom, name):
    text = text_of(letters) + " «конец» — №1\r\n"
    decoded = decode(bom + text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == name
    assert len(decoded.warnings) == 1
    assert name.upper() in decoded.warnings[0]


@pytest.mark.parametrize("letters", LENGTHS)
def test_utf8_is_read_without_a_word_and_its_bom_removed(letters):
    text = text_of(letters) + " «конец» — 😀"
    assert (decode(text.encode()).text, decode(text.encode()).warnings) == (text, ())
    with_bom = decode(codecs.BOM_UTF8 + text.encode())
    assert (with_bom.text, with_bom.warnings) == (text, ())


@pytest.mark.parametrize("text", ["", "a", "12+", "Да", "Plain English.", "Київ і Львів", "日本語", "😀", " \n"])
def test_short_and_foreign_utf8_is_read_as_it_is(text):
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("bom", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_bom_alone_is_an_empty_text(bom):
    assert decode(bom).text == ""


@pytest.mark.parametrize("letters", LENGTHS)
@pytest.mark.parametrize("undefined", ["", "\x98", "\ufffd"])
def test_russian_read_as_cp1251_before_is_refused(letters, undefined):
    text = text_of(letters).replace("И", "Э") if not undefined else "И" + text_of(letters)
    broken = "".join(bytes([byte]).decode("cp1251", "replace").replace("\ufffd", undefined) for byte in text.encode())
    with pytest.raises(DecodingError, match="decoded wrongly before"):
        decode(broken.encode())


def zipped():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", PROSE)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (b"%PDF-1.7\n" + PROSE.encode(), "PDF"),
        (b"GIF89a" + bytes(20), "GIF"),
        (gzip.compress(PROSE.encode()), "gzip"),
        (zipped(), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Office"),
        (b"\x28\xb5\x2f\xfd" + bytes(20), "zstd"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_known_binaries_are_refused_by_name(data, what):
    with pytest.raises(DecodingError, match=f"binary data, detected .*{what}.*extract its text"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(1000),
        bytes(range(256)) * 4,
        b"SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20" + bytes(100),
        Path(sys.executable).resolve().read_bytes()[:8192],
        b"\x00\x01\x02\x03" * 20,
    ],
    ids=["zeros", "all bytes", "database", "program", "controls"],
)
def test_other_binaries_are_refused(data):
    with pytest.raises(DecodingError):
        decode(data)


def test_control_characters_become_spaces_and_are_counted():
    decoded = decode("Завод\x00 от\x1b[31mкрыл\x07 новый цех в городе\t\n".encode())
    assert decoded.text == "Завод  от [31mкрыл  новый цех в городе\t\n"
    assert decoded.warnings == ("3 control characters replaced by spaces",)


def test_western_text_is_refused_with_candidates_and_the_way_out():
    with pytest.raises(DecodingError, match=r"from byte 3 on.*cannot be told.*use --encoding"):
        decode("Café crème à la carte".encode("latin-1"))


def test_broken_utf16_is_refused_with_the_byte():
    with pytest.raises(DecodingError, match="begins like utf-16 but byte 4 is not"):
        decode(codecs.BOM_UTF16_LE + "Я".encode("utf-16-le") + b"\x00\xd8")


@pytest.mark.parametrize("encoding", [*CANDIDATES, "utf-8", "utf-16", "utf-16-le", "iso8859-5"])
def test_a_named_encoding_is_used(encoding):
    decoded = decode(PROSE.encode(encoding), encoding)
    assert decoded.text == PROSE
    assert decoded.encoding == encoding
    assert decoded.warnings == ()


def test_a_named_encoding_drops_the_bom_too():
    assert decode(codecs.BOM_UTF8 + "Да".encode(), "utf-8").text == "Да"


def test_a_named_encoding_that_does_not_fit_is_refused_with_the_byte():
    with pytest.raises(DecodingError, match="not utf-8: byte 2 does not fit"):
        decode(b"ok\xff", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-99", "", "rot13", "hex", "кои8"])
def test_an_unknown_encoding_is_refused_with_those_that_make_sense(encoding):
    with pytest.raises(DecodingError, match=r"unknown encoding.*try utf-8, cp1251"):
        decode(b"ok", encoding)


@pytest.mark.parametrize("encoding", ["undefined", "utf-8\0"])
def test_an_odd_encoding_name_is_refused_like_an_unknown_one(encoding):
    with pytest.raises(DecodingError):
        decode("Да".encode(), encoding)


def test_control_characters_become_spaces_also_under_a_named_encoding():
    assert "\x1b" not in decode("Завод \x1b[31mоткрыл новый цех".encode(), "utf-8").text


def test_undecodable_input_is_an_input_error():
    assert issubclass(DecodingError, InputError)


def test_a_lone_surrogate_is_refused():
    with pytest.raises(DecodingError, match="holds a lone surrogate"):
        clean("Завод \ud800 открыли")


@pytest.mark.parametrize("byte", [b"\xff", b"\xd0"])
def test_damaged_utf8_is_refused_with_the_place(byte):
    before = PROSE[:400].encode()
    with pytest.raises(DecodingError, match=f"damaged UTF-8: byte {len(before)} does not fit; fetch the text again"):
        decode(before + byte + PROSE[400:].encode())
