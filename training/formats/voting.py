"""Voting: one labelling of each text from those of several annotators."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tagger.training.formats.labelling import BadRecord, Labelling, Labels, LeftOut, Reading


def settle(labellings: Iterable[Labelling]) -> Iterator[Reading]:
    """One labelling of each text.

    Of one annotator's labellings of a text the last counts. Of several annotators' a label counts that more than half
    of them gave. A label given by exactly half is a tie: it is named, and the text (or that paragraph of it) is unlabelled.
    """
    by_task: dict[str, list[Labelling]] = {}
    for number, labelling in enumerate(labellings):
        by_task.setdefault(labelling.task or f"\0{number}", []).append(labelling)
    for given in by_task.values():
        said = [labelling for labelling in given if labelling.labels is not None or labelling.parts is not None]
        last = {labelling.annotator: labelling for labelling in said}
        yield from [LeftOut("annotations replaced by a later one of the same annotator")] * (len(said) - len(last))
        voices = list(last.values())
        if len(voices) > 1:
            yield LeftOut("texts labelled by several annotators, settled by majority")
            yield from _majority(voices)
        else:
            yield (voices or given)[0]


def _majority(voices: Sequence[Labelling]) -> Iterator[Reading]:
    first = voices[0]
    labels, ties = _vote([voice.labels for voice in voices])
    whole, parts = None if ties else labels, first.parts
    if parts is not None:
        votes = [_vote(said) for said in zip(*(voice.parts or () for voice in voices), strict=True)]
        parts = tuple(None if tied else part for part, tied in votes)
        ties += [f"{label} in paragraph {number}" for number, (_, tied) in enumerate(votes) for label in tied]
    if ties:
        yield BadRecord(first.where, f"{len(voices)} annotators are split on {', '.join(ties)}; let another one decide")
    yield replace(first, labels=whole, parts=parts)


def _vote(votes: Sequence[Labels | None]) -> tuple[Labels | None, list[str]]:
    """The labels that more than half of the votes hold, and those that exactly half hold."""
    cast = [vote for vote in votes if vote is not None]
    if not cast:
        return None, []
    counts = Counter(label for vote in cast for label in vote)
    ties = sorted(label for label, count in counts.items() if 2 * count == len(cast))
    return frozenset(label for label, count in counts.items() if 2 * count > len(cast)), ties
