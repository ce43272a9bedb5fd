"""Language: whether a text is Russian news at all, told by its letters, its known words and its page chrome."""

import string

FEW_LETTERS = 20
"""A text with fewer letters is nearly empty."""
RUSSIAN_SHARE = 0.3
"""Russian pages with scripts and links in them have more Cyrillic letters than this; texts in other languages have none."""
KNOWN_SHARE = 0.4
"""Of Russian news a model knows most words; a text of which it knows a smaller share is of another kind."""
CHROME_SHARE = 0.8
"""Saved pages whose chrome is longer than the article are common; of more than this hardly an article is left."""

_NOT_LATIN = bytes(code for code in range(256) if chr(code) not in string.ascii_letters)
# First bytes in UTF-8. Letters of Russian begin with D0 and D1; D2 and D3 hold the Cyrillic of other languages; E2 holds
# typographic signs, C2 signs such as «», F0 emoji.
_RUSSIAN = (b"\xd0", b"\xd1")
_OTHER_CYRILLIC = (b"\xd2", b"\xd3", *(letter.encode() for letter in "іїєјўІЇЄЈЎ"))
_OTHER_SCRIPTS = tuple(bytes([lead]) for lead in (*range(0xC3, 0xD0), *range(0xD4, 0xE2), *range(0xE3, 0xEE)))


def doubts(text: str, known_share: float, chrome_share: float = 0.0) -> tuple[str, ...]:
    """Reasons to doubt an answer about ``text``: short, stable English phrases for people and programs.

    Args:
        text: the article.
        known_share: share of its words that the model knows, 0 to 1.
        chrome_share: share of its characters that stand in page chrome, 0 to 1.
    """
    data = text.encode("utf-8", "replace")  # counting bytes runs at the speed of memory
    russian, other_cyrillic, foreign = (_count(data, leads) for leads in (_RUSSIAN, _OTHER_CYRILLIC, _OTHER_SCRIPTS))
    letters = len(data.translate(None, _NOT_LATIN)) + russian + foreign
    if letters < FEW_LETTERS:
        return ("nearly empty",)
    if russian < RUSSIAN_SHARE * letters:
        return ("not Russian: few Cyrillic letters",)
    if other_cyrillic > 0.02 * russian:
        return ("not Russian: letters of another Cyrillic alphabet",)
    found = {"mostly unknown words": known_share < KNOWN_SHARE, "mostly page chrome": chrome_share > CHROME_SHARE}
    return tuple(doubt for doubt, holds in found.items() if holds)


def _count(data: bytes, patterns: tuple[bytes, ...]) -> int:
    return sum(map(data.count, patterns))
