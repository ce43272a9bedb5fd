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
# C0 without tab and line ends, DEL, and C1 without NEL: terminals obey U+009B as they obey ESC [.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
# The commonest pairs of letters in Russian; text in a wrong single-byte encoding has hardly any of them.
_COMMON = re.compile(
    "(?=(?:ст|но|то|на|ен|ов|ни|ра|во|ко|го|ро|по|пр|ос|ре|ал|ли|ер|не|ор|ом|ан|ва|ет|ло|де|ка|ти|ит|ны))"
)
# What Russian text has hardly ever: foreign letters and signs, a capital inside a word.
_ODD = re.compile("[^\x00-\x7fа-яА-ЯёЁ«»—–…№“”„•©\xa0]|[а-яё][А-ЯЁ]")
_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)
_MOJIBAKE = {
    "cp1251": re.compile("(?:[РС][\u0080-\u04ff№’“”•–—™‚„…†‡€‰‹]){4}"),
    "cp1252": re.compile("(?:[ÐÑ][\u0080-\u00ff\u0152-\u0192ˆ˜–—‘’‚“”„†‡•…‰‹›€™]){4}"),
}
_SAMPLE = 100_000
"""Characters that are looked at to tell an encoding."""


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


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` with control characters replaced by spaces, and a warning that counts them.

    Raises:
        DecodingError: the text holds lone surrogates, which no output can hold.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DecodingError(
            "holds a lone surrogate, which is no character; repair the program that wrote it"
        ) from error
    blank, controls = _CONTROL.subn(" ", text)
    return blank, (f"{controls} control characters replaced by spaces",) if controls else ()


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        return _checked(Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding))
    except UnicodeDecodeError as error:
        raise DecodingError(
            f"not {encoding}: byte {error.start} does not fit; leave --encoding out to detect it"
        ) from error
    except (LookupError, ValueError) as error:  # ValueError: names that codecs choke on, such as "undefined"
        raise DecodingError(f"unknown encoding {encoding!r}; try utf-8, {', '.join(CANDIDATES)} or utf-16") from error


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
    """The single-byte encoding that gives Russian text; one that gives another text must be clearly worse."""
    sample = data[max(0, first_bad - 1000) : first_bad + _SAMPLE]
    texts = {name: sample.decode(name, "replace") for name in ("utf-8", *CANDIDATES)}
    points = {name: _russian_points(text) for name, text in texts.items()}
    best = max(texts, key=lambda name: points[name])
    second = max((name for name in texts if texts[name] != texts[best]), key=lambda name: points[name])
    foreign = sum(character >= "\x80" for character in texts[best])
    if points[best] < 0.12 * foreign or points[best] < points[second] + 2:
        likely = sorted(CANDIDATES, key=lambda name: -points[name])[:2]
        raise DecodingError(
            f"not UTF-8 from byte {first_bad} on, and the encoding cannot be told; "
            f"it may be {likely[0]} or {likely[1]}: use --encoding"
        )
    if best == "utf-8":
        raise DecodingError(f"damaged UTF-8: byte {first_bad} does not fit; fetch the text again")
    return Decoded(data.decode(best, "replace"), best, (f"decoded as {best}",))


def _russian_points(text: str) -> int:
    """Common pairs of Russian letters, less what Russian has not: 0.2 to 0.5 a letter in Russian, negative in noise."""
    return len(_COMMON.findall(text.lower())) - 2 * len(_ODD.findall(text))


def _checked(decoded: Decoded) -> Decoded:
    """Refuse what decodes but is no text; blank out control characters, which are never shown to a terminal."""
    text = decoded.text
    for codec, pattern in _MOJIBAKE.items():
        if len(pattern.findall(text)) * 8 > len(text) / 4 and _was_utf8(text[:2000], codec):
            raise DecodingError(f"Russian text that was decoded wrongly before (UTF-8 read as {codec}); fetch it again")
    if text and len(_CONTROL.findall(text)) > 0.1 * len(text):
        raise DecodingError("binary data: over a tenth of its characters are control characters")
    blank, note = clean(text)
    return Decoded(blank, decoded.encoding, decoded.warnings + note)


def _was_utf8(text: str, codec: str) -> bool:
    """Whether mostly Russian letters come out when the wrong decoding is undone; bytes the codec lacks may be lost."""
    data = b"".join(character.encode(codec if character > "\x9f" else "latin-1", "replace") for character in text)
    repaired = data.decode("utf-8", "replace")
    return len(_RUSSIAN.findall(repaired)) > len(repaired) / 2
