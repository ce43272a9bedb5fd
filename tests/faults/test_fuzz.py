"""Fuzzing: whatever comes in, only errors of the one tree come out."""

import io
import json
import random
import time
import zipfile
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from documents_made import every_kind, zipped

from tagger.artifact import MANIFEST, read_model, sealed
from tagger.cli.documents.reader import Limits, read_document
from tagger.cli.inputs import Failure, articles_of
from tagger.cli.json_lines import unread_records
from tagger.errors import TaggerError
from tagger.manifest import read_manifest
from tagger.reading import decode

SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")[:400]
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1251",
    "koi8-r",
    "cp866",
    "mac-cyrillic",
]
LIMITS = Limits(encoding=None, max_bytes=1_000_000)
SPLICES = [
    b"",
    b"\x00",
    b"\xff",
    b'"',
    b"\\ud800",
    b"{",
    b"[" * 50,
    b"-1",
    b"1e999",
    b"null",
    b"9" * 30,
    b"\n",
    b"\xd0",
    b"NaN",
]
LIMIT = 360
"""Seconds that all of it may take, unless the machine is busy with other things."""


def mutated(data, dice):
    """``data`` with a few bytes changed, removed, repeated, swapped or put in."""
    result = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        place = dice.randrange(len(result) + 1)
        length = dice.choice((1, 1, 2, 4, 16))
        match dice.randrange(5):
            case 0:
                result[place : place + 1] = bytes([dice.randrange(256)])
            case 1:
                del result[place : place + length]
            case 2:
                result[place:place] = dice.choice(SPLICES)
            case 3:
                result[place:place] = result[place : place + length] * dice.choice((1, 3))
            case 4:
                del result[place:]
    return bytes(result)


def bytes_of_texts(dice):
    """Random bytes, and Russian text in some encoding with damage."""
    if dice.random() < 0.3:
        data = dice.randbytes(dice.randrange(120))
    else:
        start = dice.randrange(300)
        data = mutated(TEXT[start : start + dice.randrange(100)].encode(dice.choice(ENCODINGS), "replace"), dice)
    decoded = decode(data, dice.choice([None, None, None, *ENCODINGS]))
    decoded.text.encode()
    assert "\x1b" not in decoded.text


def json_lines(dice):
    """Records with damage: every line becomes an article or a failure that names the line; how many failed."""
    record = {"id": "1", "paragraphs": [{"text": "Завод"}, {"text": "открыли"}], "n": [1, 2.5, None, True]}
    records = [record, {"id": 7, "text": "Завод\u2028открыли"}]
    lines = "".join(json.dumps(r, ensure_ascii=dice.random() < 0.5) + "\n" for r in records)
    items = list(articles_of(unread_records(io.BytesIO(mutated(lines.encode(), dice)), "f.jsonl", 260)))
    assert all("f.jsonl:" in item.id + item.message for item in items if isinstance(item, Failure))
    return sum(map(failed, items))


def documents(made, dice):
    """Random bytes, and documents of every kind with damage; how much of it could not be read."""
    name, data = dice.choice(made)
    data = damaged(data, dice) if dice.random() < 0.9 else data[:4] + dice.randbytes(dice.randrange(2000))
    return sum(map(failed, articles_of(read_document(io.BufferedReader(io.BytesIO(data)), name, LIMITS))))


def damaged(data, dice):
    """A document with damage: of an archive mostly inside, of a text mostly where every byte is a letter, to get further in."""
    if dice.random() < 0.7:
        if data.startswith(b"PK"):
            archive = zipfile.ZipFile(io.BytesIO(data))
            contents = {name: archive.read(name) for name in archive.namelist()}
            name = dice.choice(list(contents))
            return zipped(contents | {name: mutated(contents[name], dice)})
        with suppress(UnicodeDecodeError):
            data = data.decode().encode("cp1251", "replace")
    return mutated(data, dice)


def failed(item):
    """Whether it is a failure; either way it can be written, a failure on one line."""
    if isinstance(item, Failure):
        assert "\n" not in item.id + item.message
        (item.id + item.message).encode()
        return True
    assert item.spans == () or item.spans[-1].stop <= len(item.text)
    "".join([item.text, item.id, *item.metadata.values()]).encode()
    return False


def manifests(files, dice):
    """The manifest with damage, half of the time to its values and sealed again, so that the seal does not tell."""
    if dice.random() < 0.5:
        read_manifest(mutated(files[MANIFEST], dice), "m")
        return
    manifest = json.loads(files[MANIFEST])
    del manifest["sha256"]
    holder = dice.choice([manifest, manifest, manifest["sizes"], manifest["files"], *manifest["files"].values()])
    name = dice.choice(list(holder))
    holder[name] = dice.choice([None, True, -1, 2**70, 1.5, "", "x", [], [1], {}, {"a": []}, [[]]])
    if dice.random() < 0.3:
        del holder[name]
    read_model(files, read_manifest(sealed(manifest), "m"), "v1")


def artifacts(files, manifest, dice):
    """One file with damage whose digest was rewritten to match: nothing but the content itself can give it away."""
    name = dice.choice([name for name in files if name != MANIFEST])
    read_model(files | {name: mutated(files[name], dice)}, manifest, "v1")


def attack(case, count, dice):
    """Run ``case`` ``count`` times; gives how many were refused."""
    refused = 0
    for number in range(count):
        try:
            refused += bool(case(dice))
        except TaggerError as error:
            refused += 1
            if "\n" in str(error):
                pytest.fail(f"case {number}: more than a line: {error}")
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            pytest.fail(f"case {number}: {type(error).__name__}: {error}")
    return refused


def campaign(files, per_artifact):
    """All targets; ``per_artifact`` artifacts and a fixed multiple of it of the quicker ones. Cases and refused ones."""
    manifest = read_manifest(files[MANIFEST], "m")
    targets = {
        bytes_of_texts: 16 * per_artifact,
        json_lines: 16 * per_artifact,
        partial(manifests, files): 7 * per_artifact,
        partial(artifacts, files, manifest): per_artifact,
        partial(documents, list(every_kind().items())): per_artifact // 2,
    }
    refused = [attack(case, count, random.Random(place)) for place, (case, count) in enumerate(targets.items())]
    assert all(refused)
    return sum(targets.values()), sum(refused)


def test_some_two_thousand_cases_raise_only_errors_of_the_tree(tiny_files):
    assert campaign(tiny_files, 50)[0] >= 2_000


@pytest.mark.slow
def test_two_hundred_thousand_cases_raise_only_errors_of_the_tree(tiny_files, record_property):
    started = time.process_time()
    total, refused = campaign(tiny_files, 5_000)
    record_property("figures", f"{total:,} cases, {refused:,} of them refused, each in one line")
    assert total >= 200_000
    assert time.process_time() - started < LIMIT
