"""Tokens: the surface forms of a text, and the spelling under which a form is looked up."""

import re
import unicodedata

# Stress marks and other combining marks, soft hyphen, zero-width characters: they stand inside words of scraped
# text and belong to the word's span, but not to its spelling.
_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
TOKEN = re.compile(rf"[^\W\d_]+(?:[{_INVISIBLE}]+[^\W\d_]*)*|\d+(?:[.,]\d+)*")
"""A token is a run of letters or a number; hyphens part tokens («бизнес-миссия» is two)."""

INVISIBLE = re.compile(f"[{_INVISIBLE}]")
"""Characters that a reader does not see."""

_REMOVED = re.compile(r"[\u0300\u0301\u00ad\u200b-\u200d\u2060\ufeff]")
_PLAIN = re.compile("[а-я]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LOOK_ALIKES = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_YEAR = re.compile(r"(?:19|20)\d\d")

YEAR = "#year"
NUMBER = "#number"


def spelling(form: str) -> str:
    """The spelling under which a surface form is lemmatised.

    Lower case, NFC, without stress marks, soft hyphens and zero-width characters, ё as е, Latin look-alikes in a Cyrillic
    word repaired («Mосква»); numbers become `YEAR` or `NUMBER`.
    """
    if form[0].isdecimal():
        return YEAR if _YEAR.fullmatch(form) else NUMBER
    text = form.lower()
    if not (_PLAIN.fullmatch(text) or text.isascii()):
        # Taken apart first, so that a stress composed into its letter (é, ѐ) is removed like one beside it.
        text = _REMOVED.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text).replace("ё", "е")
        if _CYRILLIC.search(text):
            text = text.translate(_LOOK_ALIKES)
    return text
