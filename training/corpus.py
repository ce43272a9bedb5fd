"""The corpus: labelled articles, read from JSON Lines and checked before anything is trained."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tagger.errors import TrainingDataError
from tagger.training.records import BadLineError, LabelledArticle, parse_record

PROBLEMS_SHOWN = 20


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
    def places(self) -> npt.NDArray[np.int64]:
        """Number of each paragraph in its article, from 0, shape (n_paragraphs,)."""
        return np.array([place for article in self.articles for place in range(len(article.paragraphs))], np.int64)

    @property
    def gold(self) -> npt.NDArray[np.bool_]:
        """Labels of the paragraphs, shape (n_paragraphs, n_labels)."""
        rows = [[label in given for label in self.labels] for article in self.articles for given in article.labels]
        return np.array(rows, bool).reshape(len(rows), len(self.labels))

    @property
    def article_gold(self) -> npt.NDArray[np.bool_]:
        """Labels of the articles, shape (n_articles, n_labels); of those not known, the labels of the known paragraphs."""
        rows = [[label in article.labels_somewhere for label in self.labels] for article in self.articles]
        return np.array(rows, bool).reshape(len(rows), len(self.labels))

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Whether a person labelled the paragraph, shape (n_paragraphs,); `gold` and `boilerplate` mean nothing elsewhere."""
        return np.array([flag for article in self.articles for flag in article.known], bool)

    @property
    def known_labels(self) -> npt.NDArray[np.bool_]:
        """Whether a person looked for the label in the paragraph, shape (n_paragraphs, n_labels)."""
        return self.known[:, None] & self._asked[self.groups]

    @property
    def article_known(self) -> npt.NDArray[np.bool_]:
        """Whether it is known that the article does or does not carry the label, shape (n_articles, n_labels)."""
        given = np.array([article.article_labels is not None for article in self.articles], bool)
        return given[:, None] & self._asked

    @property
    def _asked(self) -> npt.NDArray[np.bool_]:
        rows = [[label not in article.unasked for label in self.labels] for article in self.articles]
        return np.array(rows, bool).reshape(len(rows), len(self.labels))

    @property
    def boilerplate(self) -> npt.NDArray[np.bool_]:
        """Page chrome, shape (n_paragraphs,)."""
        return np.array([flag for article in self.articles for flag in article.boilerplate], bool)

    def restricted(self, labels: Sequence[str]) -> "Corpus":
        """The same with these labels alone."""
        articles = tuple(article.restricted(set(labels)) for article in self.articles)
        return Corpus(articles, tuple(labels), self.digests)

    def ordered(self) -> "Corpus":
        """The same without duplicate texts, ordered by digest, so that the order of files and lines has no effect."""
        unique = {article.digest: article for article in reversed(self.articles)}
        return Corpus(tuple(unique[digest] for digest in sorted(unique)), self.labels, self.digests)


def read_corpus(paths: Iterable[Path], labels: Sequence[str]) -> Corpus:
    """Read labelled articles from ``.jsonl`` files and folders of such files.

    Raises:
        TrainingDataError: no article, or bad lines; the message lists all of them (the first 20) with file and line.
    """
    paths = list(paths)
    corpus, problems = scan(paths, labels)
    if problems:
        shown = "\n".join(problems[:PROBLEMS_SHOWN])
        rest = f"\n… and {len(problems) - PROBLEMS_SHOWN} more" if len(problems) > PROBLEMS_SHOWN else ""
        raise TrainingDataError(f"{len(problems)} bad lines, nothing was trained:\n{shown}{rest}")
    if not len(corpus):
        raise TrainingDataError(f"no labelled articles in {', '.join(map(str, paths)) or 'nothing'}: 0 lines with text")
    return corpus


def scan(paths: Iterable[Path], labels: Sequence[str]) -> tuple[Corpus, list[str]]:
    """The good lines as a corpus, and a message ``file:line[:column]: reason`` for each bad one.

    Raises:
        TrainingDataError: a file is missing or a folder has none.
    """
    articles: list[LabelledArticle] = []
    digests: dict[str, str] = {}
    problems: list[str] = []
    for path in _files(paths):
        # Read once: what is digested is what is trained on, whoever writes to the file meanwhile.
        data = path.read_bytes()
        digests[path.name if path.name not in digests else str(path)] = sha256(data).hexdigest()
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                where = f"{path}:{number}"
                try:
                    articles.append(parse_record(line, labels, where))
                except BadLineError as error:
                    problems.append(f"{where}{f':{error.column}' if error.column else ''}: {error}")
    return Corpus(tuple(articles), tuple(labels), digests), problems


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(file for file in path.glob("*.jsonl") if not file.is_dir()) if path.is_dir() else [path]
        if not found:
            raise TrainingDataError(f"{path}: no .jsonl file in this folder")
        for file in found:
            if not file.exists():
                raise TrainingDataError(f"{file}: no such file")
            yield file
