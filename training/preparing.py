"""Preparing: from files to a corpus that can be trained on, or to every reason why it cannot."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from tagger.codebook import CodebookError, EventType, read_codebook
from tagger.errors import TrainingDataError
from tagger.training.configuration import Configuration
from tagger.training.conflicts import settle
from tagger.training.corpus import Corpus, read_corpus
from tagger.training.duplicates import groups
from tagger.training.locating import presumed
from tagger.training.support import faults, supports, too_few, unmarked

CODEBOOK = "event_types.toml"


@dataclass(frozen=True, eq=False)
class Prepared:
    """Data that can be trained on.

    Attributes:
        corpus: every text once, in an order that does not depend on that of files and lines.
        event_types: those that are learnt.
        codebook: the same as TOML.
        warnings: what was left out and what will not be learnt, for people.
    """

    corpus: Corpus
    event_types: tuple[EventType, ...]
    codebook: str
    warnings: tuple[str, ...]


def prepare(
    data: Iterable[Path],
    codebook: Path | None,
    configuration: Configuration,
    *,
    strict: bool = False,
    with_seeds: bool = False,
) -> Prepared:
    """Read labelled data and check it.

    Args:
        data: ``.jsonl`` files and folders of them.
        codebook: the event types; None for the first `CODEBOOK` in or beside ``data``, else that of the seed corpus.
        configuration: says how many articles a label needs and what to do about conflicting labels.
        strict: refuse a label with too few articles instead of leaving it out.
        with_seeds: add the seed corpus; see `on_top_of_seeds`.

    Raises:
        TrainingDataError: bad lines, conflicts, or labels that cannot be learnt.
    """
    paths = list(data)
    text, event_types = read_event_types(find_codebook(paths, codebook))
    read = read_corpus(paths, [event_type.id for event_type in event_types])
    read, added = on_top_of_seeds(read) if with_seeds else (read, [])
    corpus, settled = settle(read, configuration.conflicts)
    found, least = supports(presumed(corpus), groups(corpus)), configuration.min_articles
    notes = [*added, *settled, *unmarked(found)]
    problems, few = faults(found, least), too_few(found, least)
    left_out = [
        f"label {support.label!r}: {support.articles} articles carry it ({support.distinct[0]} without near-duplicates), "
        f"{least} are needed; label more or lower --min-articles"
        for support in few
    ]
    if strict:
        problems += left_out
    if problems:
        raise TrainingDataError("\n".join([*problems, f"nothing was trained on these {len(corpus)} articles"]))
    if few:
        names = {support.label for support in few}
        event_types = tuple(event_type for event_type in event_types if event_type.id not in names)
        text, notes = codebook_text(event_types), [*notes, *(f"left out {message}" for message in left_out)]
        corpus = replace(corpus, labels=tuple(event_type.id for event_type in event_types))
    return Prepared(corpus.ordered(), event_types, text, tuple(notes))


def on_top_of_seeds(own: Corpus) -> tuple[Corpus, list[str]]:
    """Own articles and those of the seed corpus, labelled with the event types of the former; and notes for people.

    Who teaches a new event type has not labelled the seed corpus for it, nor, mostly, the new articles for the old types.
    So each of the two is taken as labelled for the event types that it carries, and those that only the other one carries are
    open; see `tagger.training.locating`. The seed corpus loses the labels that ``own`` does not have.
    """
    folder = seeds_folder()
    seeds = read_corpus([folder], [event_type.id for event_type in read_event_types(folder / CODEBOOK)[1]])
    kept = tuple(article.restricted(set(own.labels)) for article in seeds.articles)
    parts = (own.articles, kept)
    carried = [frozenset().union(*(article.labels_somewhere for article in part)) for part in parts]
    articles = (
        replace(article, unasked=other - mine)
        for part, mine, other in zip(parts, carried, reversed(carried), strict=True)
        for article in part
    )
    digests = own.digests | {f"seeds/{name}": digest for name, digest in seeds.digests.items()}
    names = ("your articles are", "the seed corpus is")
    notes = [
        f"{name} not labelled for {', '.join(sorted(other - mine))}: of these types, what looks like one is left out"
        for name, mine, other in zip(names, carried, reversed(carried), strict=True)
        if other - mine
    ]
    return Corpus(tuple(articles), own.labels, digests), notes


def find_codebook(paths: Sequence[Path], given: Path | None) -> Path:
    """The codebook to train by, as described in `prepare`."""
    if given is not None:
        return given
    folders = (path if path.is_dir() else path.parent for path in paths)
    return next((folder / CODEBOOK for folder in folders if (folder / CODEBOOK).is_file()), seeds_folder() / CODEBOOK)


def read_event_types(codebook: Path) -> tuple[str, tuple[EventType, ...]]:
    """The text of a codebook and its event types.

    Raises:
        TrainingDataError: it cannot be read as one.
    """
    try:
        text = codebook.read_bytes().decode("utf-8")
        event_types = read_codebook(text, str(codebook))
    except UnicodeDecodeError as error:
        raise TrainingDataError(f"{codebook}: not UTF-8 from byte {error.start} on; save it as UTF-8") from error
    except CodebookError as error:
        raise TrainingDataError(str(error)) from error
    return text, event_types


def seeds_folder() -> Path:
    """The seed corpus that came with the package."""
    return Path(str(files("tagger.seeds")))


def codebook_text(event_types: Iterable[EventType]) -> str:
    """A codebook as TOML; `tagger.codebook.read_codebook` gives the event types again."""
    return "\n".join(_table(event_type) for event_type in event_types)


def _table(event_type: EventType) -> str:
    texts = ((name, getattr(event_type, name)) for name in ("id", "title_ru", "title_en", "definition"))
    lists = ((name, getattr(event_type, name)) for name in ("inclusions", "exclusions", "examples"))
    lines = [f"{name} = {_quoted(value)}\n" for name, value in texts]
    for name, values in lists:
        if values:
            items = "".join(f"  {_quoted(value)},\n" for value in values)
            lines.append(f"{name} = [\n{items}]\n")
    return f"[[event_type]]\n{''.join(lines)}"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
