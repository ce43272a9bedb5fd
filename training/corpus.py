"""The corpus: labelled articles, read from JSON Lines and checked before anything is trained."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tagger.article import Article
from tagger.errors import TrainingDataError

PROBLEMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """One record of a corpus.

    Attributes:
        id, source: as given; ``source`` may be empty.
        paragraphs: the texts.
        labels: the labels of each paragraph.
        boilerplate: whether each paragraph is page chrome.
        where: file and line it was read from.
    """

    id: str
    source: str
    paragraphs: tuple[str, ...]
    labels: tuple[frozenset[str], ...]
    boilerplate: tuple[bool, ...]
    where: str

    @property
    def article(self) -> Article:
        """The article as prediction sees it."""
        return Article.from_paragraphs(list(self.paragraphs), self.id)

    @property
    def digest(self) -> str:
        """SHA-256 of the text; equal texts are duplicates."""
        return sha256("\n".join(self.paragraphs).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, eq=False)
class Corpus:
    """Labelled articles and their gold labels as arrays, articles one after the other.

    Attributes:
        articles: the records.
        labels: the event types' ids, in the order of the columns.
        digests: file name → SHA-256 of what was read.
    """

    articles: tuple[LabelledArticle, ...]
    labels: tuple[str, ...]
    digests: dict[str, str]

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def groups(self) -> npt.NDArray[np.int64]:
        """Number of each paragraph's article, shape (n_paragraphs,)."""
        return np.repeat(np.arange(len(self)), [len(article.paragraphs) for article in self.articles])

    @property
    def gold(self) -> npt.NDArray[np.bool_]:
        """Labels of the paragraphs, shape (n_paragraphs, n_labels)."""
        rows = [[label in given for label in self.labels] for article in self.articles for given in article.labels]
        return np.array(rows, bool).reshape(len(rows), len(self.labels))

    @property
    def article_gold(self) -> npt.NDArray[np.bool_]:
        """Labels of the articles, shape (n_articles, n_labels): the union of their paragraphs' labels."""
        rows = [[label in frozenset().union(*article.labels) for label in self.labels] for article in self.articles]
        return np.array(rows, bool).reshape(len(rows), len(self.labels))

    @property
    def boilerplate(self) -> npt.NDArray[np.bool_]:
        """Page chrome, shape (n_paragraphs,)."""
        return np.array([flag for article in self.articles for flag in article.boilerplate], bool)

    def ordered(self) -> "Corpus":
        """The same without duplicate texts, ordered by digest, so that the order of files and lines has no effect."""
        unique = {article.digest: article for article in reversed(self.articles)}
        return Corpus(tuple(unique[digest] for digest in sorted(unique)), self.labels, self.digests)


def read_corpus(paths: Iterable[Path], labels: Sequence[str]) -> Corpus:
    """Read labelled articles from ``.jsonl`` files and folders of such files.

    Raises:
        TrainingDataError: a bad line; the message lists all of them (the first 20) with file and line.
    """
    articles: list[LabelledArticle] = []
    digests: dict[str, str] = {}
    problems: list[str] = []
    for path in _files(paths):
        data = path.read_bytes()
        digests[path.name] = sha256(data).hexdigest()
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                try:
                    articles.append(_article(line, f"{path}:{number}", labels))
                except ValueError as error:
                    problems.append(f"{path}:{number}: {error}")
    if problems:
        shown = "\n".join(problems[:PROBLEMS_SHOWN])
        rest = f"\n… and {len(problems) - PROBLEMS_SHOWN} more" if len(problems) > PROBLEMS_SHOWN else ""
        raise TrainingDataError(f"{len(problems)} bad lines, nothing was trained:\n{shown}{rest}")
    if not articles:
        raise TrainingDataError(f"no labelled articles in {', '.join(map(str, paths)) or 'nothing'}")
    return Corpus(tuple(articles), tuple(labels), digests)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not found:
            raise TrainingDataError(f"{path}: no .jsonl file in this folder")
        for file in found:
            if not file.is_file():
                raise TrainingDataError(f"{file}: no such file")
            yield file


def _article(line: bytes, where: str, labels: Sequence[str]) -> LabelledArticle:
    try:
        record = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ValueError(f"column {error.colno}: not valid JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start}: not UTF-8") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    paragraphs = record.get("paragraphs")
    if not isinstance(paragraphs, list) or not paragraphs:
        raise ValueError("field 'paragraphs' must be a list with at least one paragraph")
    parts = [_paragraph(value, f"paragraphs[{number}]", labels) for number, value in enumerate(paragraphs)]
    texts, given, chrome = zip(*parts, strict=True)
    return LabelledArticle(str(record.get("id") or where), str(record.get("source") or ""), texts, given, chrome, where)


def _paragraph(value: object, field: str, labels: Sequence[str]) -> tuple[str, frozenset[str], bool]:
    if not isinstance(value, dict):
        raise ValueError(f"{field}: not a JSON object")
    text, given, chrome = value.get("text"), value.get("labels"), value.get("boilerplate", False)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{field}.text: must be a non-empty text")
    if not text.isprintable() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(f"{field}.text: holds a lone surrogate")
    if not isinstance(given, list) or not all(isinstance(label, str) for label in given):
        raise ValueError(f'{field}.labels: must be a list of labels, as in ["{labels[0]}"]')
    for label in given:
        if label not in labels:
            near = get_close_matches(label.strip().lower(), labels, 1, 0.5)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(labels)}"
            raise ValueError(f"{field}.labels: unknown label {label!r}{hint}")
    if not isinstance(chrome, bool):
        raise ValueError(f"{field}.boilerplate: must be true or false")
    if chrome and given:
        raise ValueError(f"{field}: boilerplate carries no event type, but labels are {given}")
    return text, frozenset(given), chrome


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"field given twice: {next(name for name in names if names.count(name) > 1)!r}")
    return result


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")
