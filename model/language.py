"""Language: whether a text is Russian news at all, told by its letters, its known words and its page chrome."""

import string
from functools import lru_cache

import numpy as np

FEW_LETTERS = 20
"""A text with fewer letters is nearly empty."""
RUSSIAN_SHARE = 0.3
"""Russian pages with scripts and links in them have more Cyrillic letters than this; texts in other languages have none."""
KNOWN_SHARE = 0.4
"""Of Russian news a model knows most words; a text of which it knows a smaller share is of another kind."""
SURE_SHARE = 0.8
"""Of a text of which a model knows this share only the first letters need to be counted."""
SAMPLE = 500
"""Characters at the beginning of a text."""
CHROME_SHARE = 0.8
"""Saved pages whose chrome is longer than the article are common; of more than this hardly an article is left."""

_NO_LETTER, _LATIN, _RUSSIAN, _CYRILLIC_LIKE_RUSSIAN, _OTHER_CYRILLIC, _OTHER_SCRIPT = range(6)
_KINDS = 6


def _kinds_of_letters() -> np.ndarray:
    """The kind of every character of the basic plane; what lies between the scripts is signs, surrogates and private use."""
    kinds = np.full(0x10000, _NO_LETTER, np.uint8)
    for first, stop in ((0xC0, 0x400), (0x500, 0x2000), (0x3000, 0xD800)):
        kinds[first:stop] = _OTHER_SCRIPT
    kinds[0x400:0x480] = _RUSSIAN
    kinds[0x480:0x500] = _OTHER_CYRILLIC
    kinds[[ord(letter) for letter in "іїєјўІЇЄЈЎ"]] = _CYRILLIC_LIKE_RUSSIAN
    kinds[[ord(letter) for letter in string.ascii_letters]] = _LATIN
    return kinds


_KIND = _kinds_of_letters()


@lru_cache(maxsize=1)  # who writes an answer asks for its warnings, and who tells them asks again
def doubts(text: str, known_share: float, chrome_share: float = 0.0) -> tuple[str, ...]:
    """Reasons to doubt an answer about ``text``: short, stable English phrases for people and programs.

    Args:
        text: the article.
        known_share: share of its words that the model knows, 0 to 1.
        chrome_share: share of its characters that stand in page chrome, 0 to 1.
    """
    if known_share < SURE_SHARE or _doubt_of_letters(text[:SAMPLE]):
        found = _doubt_of_letters(text)
        if found:
            return (found,)
    doubtful = {"mostly unknown words": known_share < KNOWN_SHARE, "mostly page chrome": chrome_share > CHROME_SHARE}
    return tuple(doubt for doubt, holds in doubtful.items() if holds)


def _doubt_of_letters(text: str) -> str:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    count = np.bincount(_KIND.take(codes, mode="clip"), minlength=_KINDS)
    russian = count[_RUSSIAN] + count[_CYRILLIC_LIKE_RUSSIAN]
    other_cyrillic = count[_CYRILLIC_LIKE_RUSSIAN] + count[_OTHER_CYRILLIC]
    letters = count[_LATIN] + russian + count[_OTHER_SCRIPT]
    if letters < FEW_LETTERS:
        return "nearly empty"
    if russian < RUSSIAN_SHARE * letters:
        return "not Russian: few Cyrillic letters"
    if other_cyrillic > 0.02 * russian:
        return "not Russian: letters of another Cyrillic alphabet"
    return ""
