"""Artifact faults A2 to A4, A9 and A17: a folder is read as it was written or refused in one line."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tagger import load
from tagger.artifact import FORMAT_VERSION, MANIFEST, is_sealed
from tagger.errors import ArtifactError, IntegrityError
from tagger.manifest import read_manifest
from tagger.verification import load_model, manifest_of, verified_file

GOLDEN = Path(__file__).parent / "golden" / "v3-format3"
FILES = sorted(path.name for path in GOLDEN.iterdir())
LISTED = [name for name in FILES if name != MANIFEST]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (None, "no manifest"),
        (b"", "not a valid manifest"),
        (b"PK\x03\x04", "not a valid manifest"),
        (b'{"labels": ["a"], "labels": ["b"]}', "'labels'"),
        (b'{"format_version": "1"}', "format_version"),
        (b"[" * 100_000, "not a valid manifest"),
    ],
)
def test_a02_a_bad_manifest_names_file_and_field(refused, folder, data, named):
    (folder / MANIFEST).unlink()
    if data is not None:
        (folder / MANIFEST).write_bytes(data)
    message = refused(folder)
    assert named in message
    assert str(folder / MANIFEST) in message


@pytest.mark.parametrize("name", FILES)
def test_a03_truncated_at_every_length(folder, name):
    path, data = folder / name, (folder / name).read_bytes()
    entry = None if name == MANIFEST else manifest_of(folder)["files"][name]
    for length in reversed(range(len(data))):
        if entry is None:
            with pytest.raises(ArtifactError, match=r"manifest\.json"):
                read_manifest(data[:length], str(path))
            continue
        os.truncate(path, length)
        with pytest.raises(IntegrityError) as caught:
            verified_file(path, entry)
        assert f"{path}: {length} bytes instead of {len(data)}" in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a03_a_truncated_file_is_refused_by_the_command(refused, folder, name):
    path = folder / name
    os.truncate(path, path.stat().st_size - 1)
    assert name in refused(folder)


@pytest.mark.parametrize("name", LISTED)
def test_a04_every_flipped_bit_of_every_file(folder, name):
    path, entry = folder / name, manifest_of(folder)["files"][name]
    data = bytearray(path.read_bytes())
    with path.open("r+b", buffering=0) as stream:
        for place in range(len(data)):
            # A bit of every byte on disk, and all bits of every byte by the digest that the file is held against.
            os.pwrite(stream.fileno(), bytes([data[place] ^ 1 << place % 8]), place)
            with pytest.raises(IntegrityError, match="SHA-256 differs"):
                verified_file(path, entry)
            os.pwrite(stream.fileno(), bytes([data[place]]), place)
            for bit in range(8):
                data[place] ^= 1 << bit
                assert sha256(data).hexdigest() != entry["sha256"]
                data[place] ^= 1 << bit
    assert load_model(folder).version == "v1"


def test_a04_every_flipped_bit_of_the_manifest(folder):
    data = bytearray((folder / MANIFEST).read_bytes())
    assert is_sealed(bytes(data))
    for place in range(len(data)):
        for bit in range(8):
            data[place] ^= 1 << bit
            assert not is_sealed(bytes(data))
            if bit == place % 8:
                with pytest.raises(ArtifactError):
                    read_manifest(bytes(data), MANIFEST)
            data[place] ^= 1 << bit


@pytest.mark.parametrize("name", FILES)
def test_a04_a_flipped_bit_anywhere_stops_loading(folder, name):
    path = folder / name
    data = path.read_bytes()
    for place in (0, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        with pytest.raises(ArtifactError, match=name):
            load(folder)
    path.write_bytes(data)
    assert load(folder).version == "v1"


@pytest.mark.parametrize("kind", ["file", "folder", "link", "pipe", "hidden", "pyc"])
def test_a09_what_the_manifest_does_not_name_is_refused(refused, folder, kind):
    extra = folder / {"hidden": ".extra", "pyc": "sitecustomize.py"}.get(kind, "extra")
    match kind:
        case "folder":
            extra.mkdir()
        case "link":
            extra.symlink_to(folder / "coef.npy")
        case "pipe":
            os.mkfifo(extra)
        case _:
            extra.write_bytes(b"")
    assert repr(extra.name) in refused(folder)


@pytest.mark.parametrize("name", ["coef.npy", MANIFEST])
@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "pipe", "device link", "socket"])
def test_a09_what_is_no_plain_file_is_refused(run, refused, folder, tmp_path, name, kind):
    path = folder / name
    path.rename(tmp_path / "elsewhere")
    match kind:
        case "link":
            path.symlink_to(tmp_path / "elsewhere")
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere")
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device link":
            path.symlink_to("/dev/zero")
        case "socket":
            program = "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
            subprocess.run([sys.executable, "-c", program, name], cwd=folder, check=True)
    assert str(path) in refused(folder)


def test_a17_a_newer_format_asks_for_an_upgrade(refused, folder):
    manifest = manifest_of(folder) | {"format_version": FORMAT_VERSION + 1, "files": "in some new way"}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert "upgrade event-tagger" in refused(folder)


@pytest.mark.parametrize("golden", sorted(GOLDEN.parent.iterdir()), ids=lambda path: path.name)
def test_a17_every_format_that_ever_was_is_still_read(run, golden):
    """What the golden artifact answers is in its self-test; the answer here was read off by a person."""
    done = run("models", "verify", "--allow-dictionary-change", golden)
    assert (done.returncode, done.stdout) == (0, f"{golden.name}: ok\n"), done.stderr
    tagger = load(golden, allow_dictionary_change=True)
    assert tagger.predict("Учителю вручили премию\nНаграду и орден вручил министр.").labels == ("award",)
