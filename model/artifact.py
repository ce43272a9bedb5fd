"""Artifacts: a trained model as a folder of plain files. It holds no code, and nothing in it is ever executed.

::

    manifest.json            format_version, labels, sizes, digests of all other files, provenance, its own seal
    event_types.toml         the codebook
    lemmas.txt               one lemma a line, sorted
    *.npy                    pairs, idf, weights, decisions (see `ARRAYS`)
    selftest.json            a few texts and the model's answers
    model_card.{en,ru}.md    how good it is, on what, and where it fails
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tagger.arrays import array_bytes, read_array
from tagger.article import Article
from tagger.boilerplate import BOILERPLATE_VIEWS, FIRST_SCORE_ALONE
from tagger.codebook import CodebookError, read_codebook
from tagger.decision import Decision
from tagger.errors import ArtifactError, IntegrityError
from tagger.linear import BLOCKS, JOINT_VIEWS, VIEWS, Weights
from tagger.model import Model
from tagger.selftest import SELFTEST, selftest_bytes
from tagger.shape import NAMES
from tagger.vocabulary import Vocabulary

FORMAT_VERSION = 3
MANIFEST, CODEBOOK, LEMMAS = "manifest.json", "event_types.toml", "lemmas.txt"
CARDS = ("model_card.en.md", "model_card.ru.md")

ARRAYS: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "pairs": ("<i4", ("pairs", 2)),
    "idf": ("<f8", ("terms",)),
    "coef": ("<f4", ("terms", "blocks", "outputs")),
    "shape_coef": ("<f8", ("shapes", "outputs")),
    "intercept": ("<f8", ("outputs",)),
    "boilerplate_coef": ("<f8", ("boilerplate views",)),
    "joint_coef": ("<f8", ("joint views", "labels", "labels")),
    "joint_intercept": ("<f8", ("labels",)),
    "boilerplate": ("<f8", (5, 1)),
    "paragraph": ("<f8", (5, "labels")),
    "article": ("<f8", (5, "labels")),
}
"""Type and shape of each array; names stand for the sizes of the model. The last three are rows of a `Decision`."""

ADDED = {"boilerplate_coef": (2, FIRST_SCORE_ALONE)}
"""Arrays that the first format lacked: the format they came with, and the values that decide as the formats before did."""


def artifact_files(
    model: Model,
    codebook: str,
    dictionary: str,
    cards: Mapping[str, str],
    provenance: Mapping[str, Any],
    articles: Iterable[Article],
) -> dict[str, bytes]:
    """Contents of the files of an artifact, the manifest last.

    Args:
        model: what training produced.
        codebook: its event types as TOML.
        dictionary: revision of the pymorphy3 dictionary that made the lemmas.
        cards: the texts of `CARDS`.
        provenance: JSON-able values to keep in the manifest.
        articles: texts of the self-test; their beginnings are kept.
    """
    files = {f"{name}.npy": array_bytes(_array(model, name), dtype) for name, (dtype, _) in ARRAYS.items()}
    files[LEMMAS] = "".join(f"{lemma}\n" for lemma in model.vocabulary.lemmas).encode()
    files[CODEBOOK] = codebook.encode()
    files[SELFTEST] = selftest_bytes(model, articles)
    files |= {name: cards[name].encode() for name in CARDS}
    manifest = {
        "format_version": FORMAT_VERSION,
        "labels": list(model.labels),
        "sizes": {"lemmas": len(model.vocabulary.lemmas), "pairs": len(model.vocabulary.pairs)},
        "dictionary": dictionary,
        "files": {name: _digest(data) for name, data in sorted(files.items())},
        "provenance": dict(provenance),
    }
    files[MANIFEST] = sealed(manifest)
    return files


def sealed(manifest: Mapping[str, Any]) -> bytes:
    """The file of a manifest; its last field is the digest of all bytes before, so that no bit of it can change unseen."""
    head = json.dumps(manifest, ensure_ascii=False, indent=1).removesuffix("\n}").encode()
    return head + _seal(head)


def is_sealed(data: bytes) -> bool:
    """Whether the bytes of a manifest are those that `sealed` gave."""
    head = data[: -len(_seal(b""))]
    return data == head + _seal(head)


def read_model(files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> Model:
    """The model in files whose digests were checked.

    Raises:
        IntegrityError: an array or the vocabulary is not what the manifest says.
        ArtifactError: the codebook does not match the labels.
    """
    lemmas = _lemmas(files[LEMMAS], manifest["sizes"]["lemmas"])
    sizes = _sizes(manifest)
    arrays = {name: array for name, (_, array) in ADDED.items()} | {
        name: read_array(files[f"{name}.npy"], f"{name}.npy", *_stored(name, sizes))
        for name in arrays_of(manifest["format_version"])
    }
    pairs = arrays["pairs"].astype(np.int64)
    _check_pairs(pairs, len(lemmas))
    try:
        event_types = read_codebook(files[CODEBOOK].decode(), CODEBOOK)
    except (CodebookError, ValueError, RecursionError) as error:
        raise ArtifactError(f"{version}: {CODEBOOK}: {error}; fetch or train the artifact again") from error
    if [event_type.id for event_type in event_types] != manifest["labels"]:
        raise ArtifactError(f"{version}: {CODEBOOK} and the labels of {MANIFEST} differ; train the artifact again")
    floats = {name: array.astype(np.float64) for name, array in arrays.items()}
    # Before format 3 the last views were not looked at.
    missing = len(JOINT_VIEWS) - len(floats["joint_coef"])
    floats["joint_coef"] = np.pad(floats["joint_coef"], ((0, missing), (0, 0), (0, 0)))
    return Model(
        event_types=event_types,
        vocabulary=Vocabulary(lemmas, pairs, floats["idf"]),
        weights=Weights(**{name: floats[name] for name in Weights.__dataclass_fields__}),
        boilerplate=Decision(*floats["boilerplate"]),
        paragraph=Decision(*floats["paragraph"]),
        article=Decision(*floats["article"]),
        version=version,
        provenance=manifest["provenance"],
    )


def arrays_of(format_version: int) -> list[str]:
    """Names of the arrays of an artifact of this format."""
    return [name for name in ARRAYS if name not in ADDED or format_version >= ADDED[name][0]]


def model_digest(manifest: Mapping[str, Any]) -> str:
    """One digest for all that decides an answer: not the manifest with its dates, nor what only tells about the model."""
    deciding = sorted(manifest["files"].keys() - {*CARDS, SELFTEST})
    digests = [f"{name} {manifest['files'][name]['sha256']}\n" for name in deciding]
    return sha256("".join(digests).encode()).hexdigest()


def _seal(head: bytes) -> bytes:
    return f',\n "sha256": "{sha256(head).hexdigest()}"\n}}\n'.encode()


def _digest(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": sha256(data).hexdigest()}


def _array(model: Model, name: str) -> npt.NDArray[Any]:
    for holder in (model.vocabulary, model.weights):
        if hasattr(holder, name):
            return np.asarray(getattr(holder, name))
    decision: Decision = getattr(model, name)
    return np.stack([getattr(decision, row) for row in Decision.__dataclass_fields__])


def _sizes(manifest: Mapping[str, Any]) -> dict[str, int]:
    sizes, n_labels = manifest["sizes"], len(manifest["labels"])
    return {
        "pairs": sizes["pairs"],
        "terms": sizes["lemmas"] + sizes["pairs"],
        "blocks": len(BLOCKS),
        "joint views": len(JOINT_VIEWS if manifest["format_version"] >= 3 else VIEWS),
        "shapes": len(NAMES),
        "boilerplate views": len(BOILERPLATE_VIEWS),
        "labels": n_labels,
        "outputs": 1 + n_labels,
    }


def _stored(name: str, sizes: Mapping[str, int]) -> tuple[str, tuple[int, ...]]:
    dtype, shape = ARRAYS[name]
    return dtype, tuple(of if isinstance(of, int) else sizes[of] for of in shape)


def _lemmas(data: bytes, count: int) -> tuple[str, ...]:
    try:
        *lemmas, rest = data.decode().split("\n")
    except UnicodeDecodeError as error:
        raise IntegrityError(f"{LEMMAS}: not UTF-8; fetch or train the artifact again") from error
    if rest or len(lemmas) != count or any(a >= b for a, b in pairwise(lemmas)):
        raise IntegrityError(f"{LEMMAS}: not {count} sorted, different lemmas; fetch or train the artifact again")
    return tuple(lemmas)


def _check_pairs(pairs: npt.NDArray[np.int64], n_lemmas: int) -> None:
    keys = pairs[:, 0] * n_lemmas + pairs[:, 1]
    if ((pairs < 0) | (pairs >= n_lemmas)).any() or (np.diff(keys) <= 0).any():
        raise IntegrityError("pairs.npy: not sorted pairs of known lemmas; fetch or train the artifact again")
