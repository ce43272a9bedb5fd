"""Counting: how many articles of each event type there are by month and by outlet, each text counted once."""

from collections import Counter
from collections.abc import Sequence

from tagger.cli.reports.article_entry import Entry, month


def without_reprints(entries: Sequence[Entry], groups: Sequence[int]) -> list[Entry]:
    """One entry for each group: the earliest by date, else the first; the others are its ``reprints``, without texts.

    The latest entries come first, those without a date last, in their order.
    """
    members: dict[int, list[Entry]] = {}
    for entry, group in zip(entries, groups, strict=True):
        members.setdefault(group, []).append(entry)
    kept = []
    for alike in members.values():
        first, *others = sorted(alike, key=lambda entry: str(entry.get("date", "9999")))
        shown = [
            {name: entry[name] for name in ("title", "id", "date", "outlet", "address") if name in entry}
            for entry in others
        ]
        kept.append({**first, "reprints": shown} if shown else first)
    return sorted(kept, key=lambda entry: str(entry.get("date", "")), reverse=True)


def by_month(entries: Sequence[Entry], label: int) -> list[tuple[str, int]]:
    """Months from the first to the last of all entries, and how many entries with ``label`` each has."""
    months = sorted(filter(None, map(month, entries)))
    counts = Counter(month(entry) for entry in entries if label in entry["labels"])
    return [(name, counts[name]) for name in _from_to(months[0], months[-1])] if months else []


def by_outlet(entries: Sequence[Entry], label: int, most: int) -> list[tuple[str, int]]:
    """The outlets with the most entries with ``label``, at most ``most`` of them, and how many each has."""
    counts = Counter(entry["outlet"] for entry in entries if label in entry["labels"] and "outlet" in entry)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def _from_to(first: str, last: str) -> list[str]:
    start, stop = (12 * int(name[:4]) + int(name[5:]) - 1 for name in (first, last))
    return [f"{place // 12:04}-{place % 12 + 1:02}" for place in range(start, stop + 1)]
