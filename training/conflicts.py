"""Texts given more than once: kept once if their labels agree, settled as the configuration says if not."""

from collections.abc import Sequence
from dataclasses import replace

from tagger.errors import TrainingDataError
from tagger.training.corpus import PROBLEMS_SHOWN, Corpus
from tagger.training.records import LabelledArticle

Copies = tuple[LabelledArticle, ...]
"""Articles of one text, in the order read."""


def repeated(corpus: Corpus) -> list[Copies]:
    """The texts that are given more than once."""
    by_text: dict[str, list[LabelledArticle]] = {}
    for article in corpus.articles:
        by_text.setdefault(article.digest, []).append(article)
    return [tuple(copies) for copies in by_text.values() if len(copies) > 1]


def agree(copies: Copies) -> bool:
    """Whether all of them have the same labels and the same boilerplate."""
    return len({(article.labels, article.boilerplate) for article in copies}) == 1


def describe(copies: Copies) -> str:
    """Where conflicting copies are and the first paragraph on which they differ, in one line."""
    places = " = ".join(article.where for article in copies)
    for number, (labels, chrome) in enumerate(zip(*_marks(copies), strict=True)):
        if len(set(zip(labels, chrome, strict=True))) > 1:
            given = (
                "boilerplate" if flag else ", ".join(sorted(names)) or "none"
                for names, flag in zip(labels, chrome, strict=True)
            )
            return f"{places}: paragraphs[{number}] is {' / '.join(given)}"
    return places


def settle(corpus: Corpus, conflicts: str) -> tuple[Corpus, list[str]]:
    """Each text once, and what was done to get there, for people.

    Args:
        corpus: the articles as read.
        conflicts: what to do with copies that disagree: ``"union"`` of their labels, ``"drop"`` them, or ``"refuse"``.

    Raises:
        TrainingDataError: copies disagree and ``conflicts`` is ``"refuse"``; lists them.
    """
    copies = repeated(corpus)
    disagreeing = [same for same in copies if not agree(same)]
    if disagreeing and conflicts == "refuse":
        shown = "\n".join(map(describe, disagreeing[:PROBLEMS_SHOWN]))
        rest = len(disagreeing) - PROBLEMS_SHOWN
        raise TrainingDataError(
            f"{len(disagreeing)} texts with conflicting labels, nothing was trained; mend them or use "
            f"--conflicts=union or --conflicts=drop:\n{shown}" + (f"\n… and {rest} more" if rest > 0 else "")
        )
    chosen: dict[str, LabelledArticle | None] = {article.digest: article for article in reversed(corpus.articles)}
    for same in disagreeing:
        chosen[same[0].digest] = _union(same) if conflicts == "union" else None
    kept = tuple(article for article in reversed(chosen.values()) if article is not None)
    return replace(corpus, articles=kept), _notes(copies, len(disagreeing), conflicts)


def _notes(copies: Sequence[Copies], disagreeing: int, conflicts: str) -> list[str]:
    surplus = sum(len(same) - 1 for same in copies)
    notes = [f"{surplus} duplicate articles left out, each text is kept once"] if surplus else []
    if disagreeing:
        done = "their labels were united" if conflicts == "union" else "they were dropped"
        notes.append(f"{disagreeing} texts with conflicting labels: {done}")
    return notes


def _union(copies: Copies) -> LabelledArticle:
    """One article with all labels; a paragraph is boilerplate only where no copy denies it."""
    labels, chrome = _marks(copies)
    return replace(
        copies[0],
        labels=tuple(frozenset().union(*given) for given in labels),
        boilerplate=tuple(all(flags) for flags in chrome),
    )


def _marks(copies: Copies) -> tuple[list[tuple[frozenset[str], ...]], list[tuple[bool, ...]]]:
    """Labels and boilerplate that the copies give to each paragraph."""
    labels = list(zip(*(article.labels for article in copies), strict=True))
    return labels, list(zip(*(article.boilerplate for article in copies), strict=True))
