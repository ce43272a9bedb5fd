"""Checking: all that is worth knowing about labelled data before it is trained on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tagger.training.configuration import Configuration
from tagger.training.conflicts import agree, describe, repeated, settle
from tagger.training.corpus import Corpus, scan
from tagger.training.duplicates import groups
from tagger.training.support import Support, faults, supports, too_few, unmarked


@dataclass(frozen=True, eq=False)
class Check:
    """What was found in labelled data.

    Attributes:
        articles, paragraphs: how many were read, duplicates included.
        supports: how much carries each label, boilerplate last; duplicates counted once.
        mend: kind → findings that training refuses or that falsify an evaluation.
        notice: kind → findings that training copes with.
    """

    articles: int
    paragraphs: int
    supports: list[Support]
    mend: dict[str, list[str]]
    notice: dict[str, list[str]]

    @property
    def sound(self) -> bool:
        """Whether nothing must be mended."""
        return not any(self.mend.values())


def check(data: Iterable[Path], labels: list[str], configuration: Configuration, against: Path | None = None) -> Check:
    """Check labelled data as training does, without stopping at the first trouble.

    Args:
        data: ``.jsonl`` files and folders of them.
        labels: the event types' ids.
        configuration: says how many articles a label needs.
        against: labelled data that must have no text in common with it, such as those of an evaluation.

    Raises:
        TrainingDataError: a file is missing.
    """
    read, bad_lines = scan(data, labels)
    copies = repeated(read)
    corpus, _ = settle(read, "union")
    grouped = groups(corpus)
    found = supports(corpus, grouped)
    few = too_few(found, configuration.min_articles)
    mend = {
        "bad lines": bad_lines,
        "conflicting labels": [describe(same) for same in copies if not agree(same)],
        "labels": faults(found, configuration.min_articles),
    }
    if against is not None:
        other, other_bad_lines = scan([against], labels)
        mend["bad lines"] = bad_lines + other_bad_lines
        mend[f"texts that {against} has too"] = _overlap(corpus, other)
    notice = {
        "duplicates": [" = ".join(article.where for article in same) for same in copies if agree(same)],
        "near-duplicates": _reprints(corpus, grouped.tolist()),
        "labels with too few articles": [f"{support.label}: {support.distinct[0]} articles" for support in few],
        "no page chrome": unmarked(found),
    }
    return Check(len(read), len(read.groups), found, mend, notice)


def _reprints(corpus: Corpus, grouped: list[int]) -> list[str]:
    """The groups of several articles, by their places."""
    places: dict[int, list[str]] = {}
    for article, group in zip(corpus.articles, grouped, strict=True):
        places.setdefault(group, []).append(article.where)
    return [" ~ ".join(members) for members in places.values() if len(members) > 1]


def _overlap(corpus: Corpus, other: Corpus) -> list[str]:
    """Duplicates and near-duplicates across two corpora, by their places."""
    both = replace(corpus, articles=(*corpus.articles, *other.articles))
    ours: dict[int, list[str]] = {}
    theirs: dict[int, list[str]] = {}
    for number, (article, group) in enumerate(zip(both.articles, groups(both).tolist(), strict=True)):
        (ours if number < len(corpus) else theirs).setdefault(group, []).append(article.where)
    return [" ~ ".join([*ours[group], *theirs[group]]) for group in ours if group in theirs]
