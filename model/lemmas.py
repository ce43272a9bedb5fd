"""Lemmas: surface forms to dictionary forms, by pymorphy3, which is loaded when the first form is asked for."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagger.errors import EnvironmentFault
from tagger.tokens import spelling

if TYPE_CHECKING:
    from tagger.guessing import Guesser

LONGEST_FORM = 64
"""Longer "words" are no words; they are looked up by their beginning."""


@cache
def analyzer() -> Any:
    """The process's one pymorphy3 analyser (loading takes 0.1 s and 30 MB).

    Raises:
        EnvironmentFault: pymorphy3 or its dictionary is missing or damaged.
    """
    try:
        import pymorphy3
        import pymorphy3_dicts_ru

        # Tokens are runs of letters: the units between, for numbers, signs, Latin and hyphens, would leave them as they are.
        dictionary, *_, prefix, suffix, unknown = pymorphy3.MorphAnalyzer.DEFAULT_UNITS
        units = [dictionary, prefix, suffix, unknown]
        # Without a path all installed packages are searched for dictionaries, and a variable of pymorphy2 is obeyed.
        return pymorphy3.MorphAnalyzer(pymorphy3_dicts_ru.get_path(), units=units, result_type=None)
    except Exception as error:
        raise _broken(error) from error


def dictionary_version() -> str:
    """Revision of the installed dictionary, read without loading it; lemmas are comparable only within one.

    Raises:
        EnvironmentFault: the dictionary is missing or damaged.
    """
    try:
        import pymorphy3_dicts_ru

        meta = dict(json.loads((Path(pymorphy3_dicts_ru.get_path()) / "meta.json").read_bytes()))
        return str(meta["source_revision"])
    except Exception as error:
        raise _broken(error) from error


def _broken(error: Exception) -> EnvironmentFault:
    return EnvironmentFault(
        f"pymorphy3 cannot load its Russian dictionary ({type(error).__name__}: {error}); "
        f"reinstall it: {sys.executable} -m pip install --force-reinstall 'pymorphy3[fast]' pymorphy3-dicts-ru"
    )


def lemma_of(form: str) -> str:
    """The lemma of a surface form: the normal form of pymorphy3's most probable parse, ё as е."""
    word = spelling(form)[:LONGEST_FORM]
    if word.isascii():  # also YEAR and NUMBER; no Latin word is in the dictionary
        return word
    return _lemma(word).replace("ё", "е")


def _lemma(word: str) -> str:
    morph = analyzer()
    dictionary = morph.dictionary
    lemmas = {
        dictionary.build_normal_form(paradigm, place, known)
        for known, parses in dictionary.words.similar_items(word, morph.char_substitutes)
        for paradigm, place in parses
    }
    if not lemmas:
        return _guesser().lemma(word)
    # Most words need no parse: all that the dictionary has for them have the same normal form.
    return str(lemmas.pop() if len(lemmas) == 1 else morph.parse(word)[0][2])


@cache
def _guesser() -> "Guesser":
    from tagger.guessing import Guesser

    return Guesser(analyzer())
