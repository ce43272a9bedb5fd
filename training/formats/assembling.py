"""Assembling: settled labellings become records of our JSON Lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from tagger.article import Article
from tagger.training.formats.labelling import BadRecord, Labelling, Labels, LeftOut
from tagger.training.support import BOILERPLATE

Record = dict[str, Any]


def assemble(labellings: Iterable[Labelling]) -> Iterator[Record | BadRecord | LeftOut]:
    """Records of whole articles, and of articles put together from their paragraphs, in the order of their first text."""
    articles: dict[object, list[Labelling]] = {}
    for number, labelling in enumerate(labellings):
        articles.setdefault(number if labelling.paragraph is None else labelling.id, []).append(labelling)
    for members in articles.values():
        yield from _whole(members[0]) if members[0].paragraph is None else _from_paragraphs(members)


def _whole(labelling: Labelling) -> Iterator[Record | BadRecord | LeftOut]:
    record = _head(labelling)
    if labelling.parts is not None:
        texts = Article.from_text(labelling.text).paragraphs
        pairs = zip(texts, labelling.parts, strict=True)
        record["paragraphs"] = [_paragraph(text, labels) for text, labels in pairs]
        if labelling.labels is not None:
            record["labels"] = sorted(labelling.labels)
    elif labelling.labels is not None:
        record |= {"text": labelling.text, "labels": sorted(labelling.labels)}
    if BOILERPLATE in record.get("labels", ()):
        yield BadRecord(
            labelling.where, f"a whole article is labelled {BOILERPLATE!r}, which is for paragraphs; rename it"
        )
    elif labelling.labels is None and not any(part is not None for part in labelling.parts or ()):
        yield LeftOut("texts that nobody has labelled")
    else:
        yield from _contradictions(record, labelling.where)
        yield record


def _from_paragraphs(members: list[Labelling]) -> Iterator[Record | BadRecord | LeftOut]:
    by_number: dict[int, Labelling] = {}
    for member in members:
        number = member.paragraph or 0
        if number in by_number:
            yield BadRecord(member.where, f"paragraph {number} of article {member.id!r} once more; keep one of them")
        else:
            by_number[number] = member
    ordered = [by_number[number] for number in sorted(by_number)]
    if max(by_number) - min(by_number) >= len(by_number):
        yield LeftOut("articles of which paragraphs are missing")
    if all(member.labels is None for member in ordered):
        yield LeftOut("articles that nobody has labelled")
        return
    record = _head(ordered[0]) | {"paragraphs": [_paragraph(member.text, member.labels) for member in ordered]}
    yield from _contradictions(record, members[0].where)
    yield record


def _head(labelling: Labelling) -> Record:
    return {"id": labelling.id} | ({"source": labelling.source} if labelling.source else {})


def _paragraph(text: str, labels: Labels | None) -> Record:
    if labels is None:
        return {"text": text}
    return {"text": text, "labels": sorted(labels - {BOILERPLATE}), "boilerplate": BOILERPLATE in labels}


def _contradictions(record: Record, where: str) -> Iterator[BadRecord]:
    """Name paragraphs that are page chrome and carry an event type, and make them unlabelled."""
    for number, part in enumerate(record.get("paragraphs", ())):
        if part.get("boilerplate") and part["labels"]:
            yield BadRecord(where, f"paragraph {number} is {BOILERPLATE!r} and {', '.join(part['labels'])}; choose one")
            del part["labels"], part["boilerplate"]
