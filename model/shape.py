"""Shape: what a paragraph looks like, whatever it says. Page chrome differs from news by shape more than by words."""

from bisect import bisect
from collections.abc import Sequence

import numpy as np

from tagger.tokens import INVISIBLE
from tagger.vocabulary import Floats, Ints

NAMES = (
    "words",
    "at most 3 words",
    "at most 8 words",
    "at most 15 words",
    "over 40 words",
    "share of capitals",
    "all capitals",
    "share of digits",
    "begins in lower case",
    "begins with a quotation mark",
    "begins with a dash",
    "begins with a digit",
    "begins with a symbol",
    "ends a sentence",
    "ends with a colon",
    "ends with a quotation mark",
    "commas a word",
    "quotation marks",
    "bar or arrow",
    "address",
    "question or exclamation",
    "first",
    "second",
    "last",
    "place",
    "short article",
    "paragraphs",
)
"""Names of the shape features, in the order of the columns of `shapes`."""

_ADDRESS_BEGINNINGS = ("http", "www.")

_UPPER, _LOWER, _DIGIT, _QUOTE, _DASH, _STOP, _COLON, _COMMA, _SPACE, _BAR, _ASK, _SYMBOL, _AT, _INVISIBLE = range(14)
_KINDS = 14


def _character_classes() -> np.ndarray:
    classes = np.full(0x10000, _SYMBOL, np.uint8)
    letters = "".join(map(chr, range(0x3000))) + "\ufeff"
    for code, letter in enumerate(letters[:-1]):
        if letter.isalpha():
            classes[code] = _UPPER if letter.isupper() else _LOWER
        elif letter.isdigit():
            classes[code] = _DIGIT
        elif letter.isspace():
            classes[code] = _SPACE
    groups = {
        _QUOTE: "«»„“”\"'",
        _DASH: "-–—−",
        _STOP: ".…",
        _COLON: ":",
        _COMMA: ",;",
        _BAR: "|›→•·>/\\",
        _ASK: "!?",
        _AT: "@©",
        _INVISIBLE: "".join(INVISIBLE.findall(letters)),
    }
    for kind, members in groups.items():
        classes[[ord(letter) for letter in members]] = kind
    return classes


_CLASSES = _character_classes()


def shapes(paragraphs: Sequence[str], places: Ints, sizes: Ints) -> Floats:
    """Shape features, shape (n_paragraphs, len(NAMES)), all of the order of 1.

    Args:
        paragraphs: the texts.
        places: shape (n_paragraphs,), the paragraph's number in its article, from 0.
        sizes: shape (n_paragraphs,), how many paragraphs its article has.
    """
    texts = [paragraph.strip() or " " for paragraph in paragraphs]
    joined = "".join(texts)
    kinds = _kinds(joined)
    if (kinds == _INVISIBLE).any():
        return shapes([INVISIBLE.sub("", paragraph) for paragraph in texts], places, sizes)
    bounds = np.cumsum([0, *map(len, texts)])
    lengths = np.diff(bounds)
    first, last = kinds[bounds[:-1]], kinds[bounds[1:] - 1]
    count = _counts(kinds, bounds)
    letters = np.maximum(count[_UPPER] + count[_LOWER], 1)
    words = count[_SPACE] + 1
    capitals = count[_UPPER] / letters
    columns = [
        np.minimum(words, 100) / 50,
        words <= 3,
        words <= 8,
        words <= 15,
        words > 40,
        capitals,
        capitals > 0.7,
        count[_DIGIT] / lengths,
        first == _LOWER,
        first == _QUOTE,
        first == _DASH,
        first == _DIGIT,
        (first == _SYMBOL) | (first == _AT),
        (last == _STOP) | (last == _ASK),
        last == _COLON,
        last == _QUOTE,
        np.minimum(count[_COMMA] / words, 1),
        np.minimum(count[_QUOTE] / 10, 1),
        count[_BAR] > 0,
        np.logical_or.reduce([count[_AT] > 0, *(_holding(part, joined, bounds) for part in _ADDRESS_BEGINNINGS)]),
        count[_ASK] > 0,
        places == 0,
        places == 1,
        places == sizes - 1,
        places / np.maximum(sizes - 1, 1),
        sizes < 4,
        np.minimum(sizes, 30) / 30,
    ]
    return np.stack(columns, axis=1).astype(float)


def _counts(kinds: np.ndarray, bounds: Ints) -> Floats:
    """How many characters of each kind stand between two bounds, shape (_KINDS, n_texts)."""
    n = len(bounds) - 1
    # Most letters are in lower case; only the others are counted one by one.
    others = np.flatnonzero(kinds != _LOWER)
    text = np.repeat(np.arange(n), np.diff(np.searchsorted(others, bounds)))
    count = np.bincount(text * _KINDS + kinds[others], minlength=n * _KINDS).reshape(n, _KINDS).T.astype(float)
    count[_LOWER] = np.diff(bounds) - count.sum(axis=0)
    return count


def _kinds(text: str) -> np.ndarray:
    """The kind of every character."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _CLASSES.take(codes, mode="clip")


def _holding(part: str, joined: str, bounds: Ints) -> np.ndarray:
    """Which of the texts that were ``joined`` at ``bounds`` hold ``part``, shape (n_texts,)."""
    stops = bounds.tolist()
    held = np.zeros(len(bounds) - 1, bool)
    begin = joined.find(part)
    while begin >= 0:
        text = bisect(stops, begin) - 1
        held[text] = begin + len(part) <= stops[text + 1]
        begin = joined.find(part, stops[text + 1] if held[text] else begin + 1)
    return held
