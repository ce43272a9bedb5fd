"""Guessing: lemmas of words that are not in the dictionary, by the rules and the data of pymorphy3 [1]_.

pymorphy3 makes every parse that a prefix or an ending allows, and its first is the most probable one. Only that first is made
here, which takes half the time; every sixth form met in an archive of news is such a word.

.. [1] Korobov (2015), Morphological Analyzer and Generator for Russian and Ukrainian Languages, section 4.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from pymorphy3.dawg import PrefixMatcher

LONGEST_PREFIX, SHORTEST_REST = 5, 3
"""Letters of an unknown prefix, and of the word of the dictionary behind it."""
LONGEST_ENDING, SHORTEST_WORD = 5, 4
"""Letters of an ending, and of a word that is guessed by it."""
_ENDINGS = 1 << 15


class _Rule(NamedTuple):
    """How words of an ending are inflected: the ``cut`` last letters, spelt ``spelt``, end form ``place`` of ``paradigm``."""

    cut: int
    spelt: str
    paradigm: int
    place: int


class Guesser:
    """Guesses lemmas.

    Args:
        morph: the analyser, whose dictionary is used.
    """

    def __init__(self, morph: Any) -> None:
        self._morph, self._dictionary = morph, morph.dictionary
        *_, prefix_unit, _, _ = morph.DEFAULT_UNITS
        self._prefixes = PrefixMatcher(prefix_unit.known_prefixes)
        self._paradigm_prefixes = list(enumerate(self._dictionary.paradigm_prefixes))[::-1]
        self._rule = lru_cache(_ENDINGS)(self._find_rule)

    def lemma(self, word: str) -> str:
        """The normal form of the most probable parse of a word in lower case that is not in the dictionary."""
        if self._prefixes.is_prefixed(word):
            return str(self._morph.parse(word)[0][2])
        return self._without_prefix(word) or self._by_ending(word) or word

    def _without_prefix(self, word: str) -> str | None:
        """By the word of the dictionary that the word ends with: «байткода», as «кода»."""
        for cut in range(1, min(LONGEST_PREFIX, len(word) - SHORTEST_REST) + 1):
            for spelt, parses in self._dictionary.words.similar_items(word[cut:], self._morph.char_substitutes):
                for paradigm, place in parses:
                    if self._productive(paradigm, place):
                        return word[:cut] + str(self._dictionary.build_normal_form(paradigm, place, spelt))
        return None

    def _by_ending(self, word: str) -> str | None:
        """By the words of the dictionary with the same last letters: «бутявкал», as «чавкал»."""
        if len(word) < SHORTEST_WORD:
            return None
        prefixes = tuple(number for number, prefix in self._paradigm_prefixes if word.startswith(prefix))
        rule = self._rule(word[-LONGEST_ENDING:], prefixes)
        if rule is None:
            return None
        return str(self._dictionary.build_normal_form(rule.paradigm, rule.place, word[: -rule.cut] + rule.spelt))

    def _find_rule(self, ending: str, prefixes: tuple[int, ...]) -> _Rule | None:
        """The rule that most words of the dictionary with this ending follow, of those in paradigms with these prefixes."""
        best, most, seen = None, 0.0, set()
        for prefix in prefixes:
            rules = list(self._rules(ending, prefix))
            total = 1 + sum(count for count, _ in rules)
            for count, rule in rules:
                tag = self._dictionary.build_tag_info(rule.paradigm, rule.place)
                parse = ending[: -rule.cut] + rule.spelt, tag, rule.paradigm
                if parse not in seen and count / total > most:
                    best, most = rule, count / total
                seen.add(parse)
        return best

    def _rules(self, ending: str, prefix: int) -> Iterator[tuple[int, _Rule]]:
        """The rules of the longest part of an ending that has any, with how many words follow each."""
        endings = self._dictionary.prediction_suffixes_dawgs[prefix]
        for cut in range(min(LONGEST_ENDING, len(ending)), 0, -1):
            found = False
            for spelt, parses in endings.similar_items(ending[-cut:], self._morph.char_substitutes):
                for count, paradigm, place in parses:
                    if self._productive(paradigm, place):
                        found = True
                        yield count, _Rule(cut, spelt, paradigm, place)
            if found:
                return

    def _productive(self, paradigm: int, place: int) -> bool:
        """Whether new words are inflected in this way."""
        return bool(self._dictionary.build_tag_info(paradigm, place).is_productive())
