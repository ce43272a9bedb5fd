"""Splitting: labelled articles into parts to train on and to judge by, with reprints together and labels in proportion."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tagger.errors import TrainingDataError
from tagger.training.corpus import Corpus
from tagger.training.duplicates import groups as near_duplicates
from tagger.training.records import LabelledArticle
from tagger.vocabulary import Floats, Ints


def split(corpus: Corpus, shares: Mapping[str, float], random_state: int) -> dict[str, Ints]:
    """Numbers of the articles of each part, ascending.

    Near-duplicates share a part, and every part has its share of the articles, of those with each label and of those with
    page chrome, as nearly as that allows. The order of files and lines has no effect on which texts go where.

    Args:
        corpus: the articles, duplicates included.
        shares: name → share of the articles, in sum 1.
        random_state: another one gives another split.

    Raises:
        TrainingDataError: a part would be empty.
    """
    _, group = np.unique(near_duplicates(corpus), return_inverse=True)
    chrome = [any(article.boilerplate) for article in corpus.articles]
    kinds = np.column_stack([np.ones(len(corpus)), corpus.article_gold, chrome])
    totals = np.zeros((int(group.max()) + 1, kinds.shape[1]))
    np.add.at(totals, group, kinds)
    names = np.full(len(totals), "~", object)
    np.minimum.at(names, group, [article.digest for article in corpus.articles])
    order = np.random.default_rng(random_state).permutation(np.argsort(names))
    part = np.zeros(len(totals), np.int64)
    part[order] = stratify(totals[order], np.array(list(shares.values())))
    parts = {name: np.flatnonzero(part[group] == number) for number, name in enumerate(shares)}
    for name, members in parts.items():
        if not len(members):
            raise TrainingDataError(
                f"part {name!r} would be empty: {len(corpus)} articles, {len(totals)} without near-duplicates; "
                "give it a larger share or add articles"
            )
    return parts


def stratify(totals: Floats, shares: Floats) -> Ints:
    """Iterative stratification [1]_ of units that weigh differently: the part of each unit, shape (n_units,).

    The rarest label is dealt out first, its heaviest units before the others, each to the part that lacks it most; between
    such parts the one that lacks most articles, then the first.

    Args:
        totals: shape (n_units, n_labels), how many articles of each unit carry each label; all of them carry the first.
        shares: shape (n_parts,), in sum 1.

    .. [1] Sechidis, Tsoumakas, Vlahavas (2011), On the stratification of multi-label data.
    """
    wanted = np.outer(shares, totals.sum(axis=0))
    part = np.full(len(totals), -1, np.int64)
    while (left := part < 0).any():
        remaining = (totals[left] > 0).sum(axis=0)
        # The label that all carry is the last.
        label = int(np.where((remaining > 0) & (np.arange(len(remaining)) > 0), remaining, len(totals) + 1).argmin())
        units = np.flatnonzero(left & (totals[:, label] > 0))
        for unit in units[np.argsort(-totals[units, label], kind="stable")]:
            chosen = int(np.lexsort((-wanted[:, 0], -wanted[:, label]))[0])
            part[unit] = chosen
            wanted[chosen] -= totals[unit]
    return part


def source_lines(articles: Sequence[LabelledArticle]) -> bytes:
    """The lines that articles were read from, with all their fields, one after the other."""
    files: dict[str, list[bytes]] = {}
    lines = []
    for article in articles:
        file, _, number = article.where.rpartition(":")
        if file not in files:
            files[file] = Path(file).read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
        lines.append(files[file][int(number) - 1].strip() + b"\n")
    return b"".join(lines)
