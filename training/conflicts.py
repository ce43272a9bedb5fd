"""Texts given more than once: kept once if their labels agree, settled as the configuration says if not."""

from collections.abc import Iterator, Sequence
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
    """Whether they say the same of every paragraph, as far as they know it, and of the article as a whole."""
    return not any(len(set(marks)) > 1 for _, marks in _marks(copies))


def describe(copies: Copies) -> str:
    """Where conflicting copies are and the first thing on which they differ, in one line."""
    places = " = ".join(article.where for article in copies)
    for name, marks in _marks(copies):
        if len(set(marks)) > 1:
            given = ("boilerplate" if chrome else ", ".join(sorted(labels)) or "none" for labels, chrome in marks)
            return f"{places}: {name} is {' / '.join(given)}"
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
    for same in copies:
        chosen[same[0].digest] = _union(same) if conflicts == "union" or agree(same) else None
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
    """One article with all that its copies know; a paragraph is boilerplate only where no copy denies it."""
    paragraphs = range(len(copies[0].paragraphs))
    knowing = [[copy for copy in copies if copy.known[number]] for number in paragraphs]
    whole = [copy.article_labels for copy in copies if copy.article_labels is not None]
    return replace(
        copies[0],
        labels=tuple(frozenset().union(*(copy.labels[number] for copy in copies)) for number in paragraphs),
        boilerplate=tuple(
            bool(knowing[number]) and all(copy.boilerplate[number] for copy in knowing[number]) for number in paragraphs
        ),
        known=tuple(map(bool, knowing)),
        article_labels=frozenset().union(*whole) if whole else None,
        unasked=frozenset.intersection(*(copy.unasked for copy in copies)),
    )


def _marks(copies: Copies) -> Iterator[tuple[str, list[tuple[frozenset[str], bool]]]]:
    """What copies say about each paragraph and about the article: its name, and labels and boilerplate of those who know.

    Of event types that one of them was not labelled for, they cannot disagree.
    """
    unasked = frozenset().union(*(copy.unasked for copy in copies))
    for number in range(len(copies[0].paragraphs)):
        knowing = [copy for copy in copies if copy.known[number]]
        yield (
            f"paragraphs[{number}]",
            [(copy.labels[number] - unasked, copy.boilerplate[number]) for copy in knowing],
        )
    yield "the article", [(copy.article_labels - unasked, False) for copy in copies if copy.article_labels is not None]
