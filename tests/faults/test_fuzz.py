"""Fuzzing: whatever comes in, only errors of the one tree come out."""

import io
import json
import random
import time
from functools import partial
from pathlib import Path

import pytest

from tagger.artifact import MANIFEST, read_model, sealed
from tagger.cli.inputs import Failure
from tagger.cli.json_lines import read_records
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
LIMIT = 240
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
    """Records with damage: every line becomes an article or a failure that names the line; True if one failed."""
    record = {"id": "1", "paragraphs": [{"text": "Завод"}, {"text": "открыли"}], "n": [1, 2.5, None, True]}
    records = [record, {"id": 7, "text": "Завод\u2028открыли"}]
    lines = "".join(json.dumps(r, ensure_ascii=dice.random() < 0.5) + "\n" for r in records)
    items = list(read_records(io.BytesIO(mutated(lines.encode(), dice)), "f.jsonl", 260))
    for item in items:
        if isinstance(item, Failure):
            assert "f.jsonl:" in item.id + item.message
            item.id.encode()
        else:
            assert item.spans == () or item.spans[-1].stop <= len(item.text)
            (item.text + item.id).encode()
    return any(isinstance(item, Failure) for item in items)


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


def campaign(files, per_artifact, capsys):
    """All targets; ``per_artifact`` artifacts and a fixed multiple of it of the quicker ones."""
    manifest = read_manifest(files[MANIFEST], "m")
    targets = {
        bytes_of_texts: 16 * per_artifact,
        json_lines: 16 * per_artifact,
        partial(manifests, files): 7 * per_artifact,
        partial(artifacts, files, manifest): per_artifact,
    }
    started, total = time.perf_counter(), 0
    for place, (case, count) in enumerate(targets.items()):
        refused = attack(case, count, random.Random(place))
        assert refused > 0
        total += count
        with capsys.disabled():
            name = getattr(case, "__name__", None) or case.func.__name__
            print(f"\n{name}: {count:,} cases, {refused:,} refused, {time.perf_counter() - started:.0f} s", end="")
    return total


def test_some_two_thousand_cases_raise_only_errors_of_the_tree(tiny_files, capsys):
    assert campaign(tiny_files, 50, capsys) >= 2_000


@pytest.mark.slow
def test_two_hundred_thousand_cases_raise_only_errors_of_the_tree(tiny_files, capsys):
    started = time.process_time()
    assert campaign(tiny_files, 5_000, capsys) >= 200_000
    assert time.process_time() - started < LIMIT
