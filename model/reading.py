"""Reading: bytes to text, and the encoding they were in. Nothing is guessed silently."""

import codecs
import re
from dataclasses import dataclass

from tagger.errors import DecodingError

MAX_BYTES = 10_000_000
"""A text file larger than this is refused unless asked for; an article has a few thousand bytes."""

CANDIDATES = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")
"""Single-byte encodings of Russian text, tried when the bytes are not UTF-8."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "a ZIP archive (or .docx, .xlsx)",
    b"\xd0\xcf\x11\xe0": "an old Office document (.doc, .xls)",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"GIF8": "a GIF picture",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# The commonest pairs of letters in Russian; text in a wrong single-byte encoding has hardly any of them.
_COMMON = re.compile(
    "(?=(?:ст|но|то|на|ен|ов|ни|ра|во|ко|го|ро|по|пр|ос|ре|ал|ли|ер|не|ор|ом|ан|ва|ет|ло|де|ка|ти|ит|ны))"
)
_LETTERS = re.compile(r"[а-яё]")
_MOJIBAKE = re.compile("(?:[РС][\u0080-\u04ff№’“”•–—™‚„…†‡€‰‹]){4}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of the encoding it was in, and what was guessed or repaired on the way."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode ``data``: by its BOM, as UTF-8, or as the one Cyrillic encoding that gives Russian text.

    Args:
        data: the bytes of a text file.
        encoding: the encoding to use; None finds it out.

    Raises:
        DecodingError: binary data, text in an encoding that cannot be told, or text broken by an earlier wrong decoding.
    """
    if encoding is not None:
        return _decode_as(data, encoding)
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise DecodingError(f"binary data, detected {what}; extract its text first")
    for bom, name in _BOMS:
        if data.startswith(bom):
            warnings = () if name == "utf-8-sig" else (f"decoded as {name.upper()}",)
            return _checked(Decoded(_strict(data, name), name, warnings))
    guess = _utf16_without_bom(data)
    if guess:
        return _checked(Decoded(_strict(data, guess), guess, (f"decoded as {guess.upper()} (no BOM)",)))
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError as error:
        return _checked(_single_byte(data, error.start))


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
    except LookupError as error:
        raise DecodingError(f"unknown encoding {encoding!r}; try utf-8, {', '.join(CANDIDATES)} or utf-16") from error
    except UnicodeDecodeError as error:
        raise DecodingError(
            f"not {encoding}: byte {error.start} does not fit; leave --encoding out to detect it"
        ) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(f"begins like {encoding} but byte {error.start} is not; use --encoding") from error


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 of Russian text is valid UTF-8; its high bytes, 0x04 and 0x00, give it away."""
    if len(data) < 4 or len(data) % 2:
        return None
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if (high.count(4) + high.count(0)) / len(high) > 0.9:
            return name
    return None


def _single_byte(data: bytes, first_bad: int) -> Decoded:
    likeness = {name: _russian_likeness(data.decode(name, "replace")) for name in CANDIDATES}
    best, second = sorted(likeness, key=lambda name: -likeness[name])[:2]
    if likeness[best] < 0.25 or likeness[best] < 1.2 * likeness[second]:
        raise DecodingError(
            f"not UTF-8 from byte {first_bad} on, and the encoding cannot be told; "
            f"it may be {best} or {second}: use --encoding"
        )
    return Decoded(data.decode(best, "replace"), best, (f"decoded as {best}",))


def _russian_likeness(text: str) -> float:
    """Common pairs of lower-case Russian letters per letter-like character: 0.3 to 0.5 in Russian, under 0.1 in noise."""
    foreign = sum(character >= "\x80" for character in text)
    return len(_COMMON.findall(text)) / foreign if foreign else 0.0


def _checked(decoded: Decoded) -> Decoded:
    """Refuse what decodes but is no text; blank out control characters, which are never shown to a terminal."""
    text = decoded.text
    if text and len(_CONTROL.findall(text)) > 0.1 * len(text):
        raise DecodingError("binary data: over a tenth of its characters are control characters")
    if len(_MOJIBAKE.findall(text)) * 8 > len(text) / 4 and _round_trips(text):
        raise DecodingError("Russian text that was decoded wrongly before (UTF-8 read as cp1251); fetch it again")
    clean, controls = _CONTROL.subn(" ", text)
    note = (f"{controls} control characters replaced by spaces",) if controls else ()
    return Decoded(clean, decoded.encoding, decoded.warnings + note)


def _round_trips(text: str) -> bool:
    try:
        return bool(_LETTERS.search(text.encode("cp1251").decode("utf-8")))
    except UnicodeError:
        return False
