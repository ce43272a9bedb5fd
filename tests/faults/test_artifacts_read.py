"""Artifact faults A2 to A9 and A17: whatever is in the folder, it is read as it was written or refused in one line."""

import io
import json
import os
import pickle
import shutil
import subprocess
import sys
import tracemalloc
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tagger import load
from tagger.arrays import array_bytes, read_array
from tagger.artifact import ARRAYS, FORMAT_VERSION, LEMMAS, MANIFEST, is_sealed, sealed
from tagger.errors import ArtifactError, IntegrityError
from tagger.manifest import read_manifest
from tagger.verification import load_model, manifest_of, verified_file

GOLDEN = Path(__file__).parent / "golden" / "v1-format1"
FILES = sorted(path.name for path in GOLDEN.iterdir())
LISTED = [name for name in FILES if name != MANIFEST]


@pytest.fixture
def folder(tmp_path):
    """A copy of the golden artifact to spoil."""
    return Path(shutil.copytree(GOLDEN, tmp_path / "v1"))


def forge(folder, **changes):
    """Rewrite files and make the manifest agree: digests, sizes and seal are all right."""
    manifest = manifest_of(folder)
    del manifest["sha256"]
    for name, data in changes.items():
        (folder / name).write_bytes(data)
        manifest["files"][name] = {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    (folder / MANIFEST).write_bytes(sealed(manifest))


def array(folder, name):
    return np.load(folder / f"{name}.npy", allow_pickle=False)


def refused(run, folder, code=4, command=("models", "verify")):
    """What the command says about the artifact, after making sure that it is one line without advice to be unsafe."""
    done = run(*command, folder)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("tagger: ")
    assert done.stderr.count("\n") == 1
    assert "unsafe" not in done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


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
def test_a02_a_bad_manifest_names_file_and_field(run, folder, data, named):
    (folder / MANIFEST).unlink()
    if data is not None:
        (folder / MANIFEST).write_bytes(data)
    message = refused(run, folder)
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
def test_a03_a_truncated_file_is_refused_by_the_command(run, folder, name):
    path = folder / name
    os.truncate(path, path.stat().st_size - 1)
    assert name in refused(run, folder)


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


@pytest.mark.parametrize(
    "name", ["coef", "idf", "shape_coef", "intercept", "joint_coef", "joint_intercept", "paragraph"]
)
def test_a05_rewritten_arrays_and_digests_are_found_out_by_the_self_test(run, folder, name):
    forge(folder, **{f"{name}.npy": array_bytes(-array(folder, name), ARRAYS[name][0])})
    assert load(folder).version == "v1"
    assert "selftest.json: the model does not answer" in refused(run, folder)


@pytest.mark.parametrize("name", ["coef", "pairs", "idf", "paragraph"])
def test_a05_rewritten_arrays_of_another_shape_or_type_are_refused(run, folder, name):
    dtype = ARRAYS[name][0]
    for changed in (array_bytes(array(folder, name)[:-1], dtype), array_bytes(array(folder, name), "<f2")):
        forge(folder, **{f"{name}.npy": changed})
        assert f"{name}.npy: array is" in refused(run, folder)


def test_a05_a_good_artifact_passes(run, folder):
    done = run("models", "verify", folder)
    assert (done.returncode, done.stdout) == (0, "v1: ok\n")


class Evil:
    """Unpickling it creates a file."""

    def __init__(self, canary):
        self.canary = str(canary)

    def __reduce__(self):
        return os.system, (f"touch '{self.canary}'",)


def evil_files(canary):
    """Files that numpy, joblib or pickle would run if asked to trust them."""
    buffer = io.BytesIO()
    np.save(buffer, np.array([Evil(canary)], object), allow_pickle=True)
    header = b"{'descr': __import__('os').system('touch " + str(canary).encode() + b"'), "
    header += b"'fortran_order': False, 'shape': (1,), }"
    coded = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    return {"pickle": pickle.dumps(Evil(canary)), "object array": buffer.getvalue(), "code in the header": coded}


@pytest.mark.parametrize("kind", ["pickle", "object array", "code in the header"])
@pytest.mark.parametrize("name", ["coef.npy", "lemmas.txt", "event_types.toml", "selftest.json", MANIFEST])
def test_a06_evil_pickles_run_nowhere(run, folder, tmp_path, kind, name):
    canary = tmp_path / "canary"
    data = evil_files(canary)[kind]
    if name == MANIFEST:
        (folder / name).write_bytes(data)
    else:
        forge(folder, **{name: data})
    refused(run, folder)
    debug = run("--debug", "models", "verify", folder)
    assert "unsafely" not in debug.stderr
    assert "allow_pickle" not in debug.stderr
    assert not canary.exists()


def test_a06_the_canary_would_sing_if_it_were_unpickled(tmp_path):
    canary = tmp_path / "canary"
    for data in (evil_files(canary)["pickle"], evil_files(canary)["object array"]):
        if data.startswith(b"\x93"):
            np.load(io.BytesIO(data), allow_pickle=True)
        else:
            pickle.loads(data)
        assert canary.exists()
        canary.unlink()


def npy(header, values=b"", version=b"\x01\x00"):
    size = len(header).to_bytes(2 if version == b"\x01\x00" else 4, "little")
    return b"\x93NUMPY" + version + size + header + values


def test_a07_what_a_header_declares_takes_no_memory(folder):
    shape = f"({7 * 2**40 // 8},)".encode()
    files = [
        npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + b", }\n"),
        npy(b" " * 10_000_000, version=b"\x02\x00"),
        npy(b"{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }\n", bytes(48)),
        npy(b"{'descr': '>f8', 'fortran_order': False, 'shape': (2, 3), }\n", bytes(48)),
        npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': (" + b"9" * 60_000 + b",), }\n"),
        npy(b"{'descr': '<f8', 'fortran_order': False, 'shape': " + b"(" * 30_000 + b"\n"),
    ]
    for data in files:
        tracemalloc.start()
        with pytest.raises(IntegrityError, match=r"^coef\.npy: "):
            read_array(data, "coef.npy", "<f8", (2, 3))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1_000_000


def test_a07_a_huge_file_is_refused_unread(run, folder):
    with (folder / "coef.npy").open("r+b") as stream:
        stream.truncate(2**40)
    assert f"{2**40} bytes instead of" in refused(run, folder)


def test_a07_a_model_of_declared_terabytes_is_refused(run, folder):
    manifest = manifest_of(folder) | {"sizes": {"lemmas": 10**9, "pairs": 10**9}}
    del manifest["sha256"]
    (folder / MANIFEST).write_bytes(sealed(manifest))
    assert "lemmas.txt: not 1000000000 sorted" in refused(run, folder)


@pytest.mark.parametrize("name", ["coef", "idf", "shape_coef", "joint_coef", "article"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a08_values_that_are_not_finite_are_refused(folder, name, value):
    spoilt = array(folder, name)
    spoilt.flat[-1] = value
    forge(folder, **{f"{name}.npy": array_bytes(spoilt, ARRAYS[name][0])})
    with pytest.raises(IntegrityError, match=rf"{name}\.npy: values that are not finite"):
        load(folder)


def test_a08_a_vocabulary_unsorted_or_with_duplicates_is_refused(run, folder):
    lemmas = (folder / LEMMAS).read_text(encoding="utf-8").splitlines()
    for changed in (lemmas[::-1], [lemmas[0], *lemmas[:-1]], lemmas[1:]):
        forge(folder, **{LEMMAS: "".join(f"{lemma}\n" for lemma in changed).encode()})
        assert "lemmas.txt: not" in refused(run, folder)


def test_a08_labels_that_are_not_as_many_as_the_rows_are_refused(run, folder):
    manifest = manifest_of(folder)
    del manifest["sha256"]
    for labels in (manifest["labels"][:1], [*manifest["labels"], "third"]):
        (folder / MANIFEST).write_bytes(sealed(manifest | {"labels": labels}))
        assert "array is" in refused(run, folder)


@pytest.mark.parametrize("kind", ["file", "folder", "link", "pipe", "hidden", "pyc"])
def test_a09_what_the_manifest_does_not_name_is_refused(run, folder, kind):
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
    assert repr(extra.name) in refused(run, folder)


@pytest.mark.parametrize("name", ["coef.npy", MANIFEST])
@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "pipe", "device link", "socket"])
def test_a09_what_is_no_plain_file_is_refused(run, folder, tmp_path, name, kind):
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
    assert str(path) in refused(run, folder)


def test_a17_a_newer_format_asks_for_an_upgrade(run, folder):
    manifest = manifest_of(folder) | {"format_version": FORMAT_VERSION + 1, "files": "in some new way"}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert "upgrade event-tagger" in refused(run, folder)


@pytest.mark.parametrize("golden", sorted(GOLDEN.parent.iterdir()), ids=lambda path: path.name)
def test_a17_every_format_that_ever_was_is_still_read(run, golden):
    """What the golden artifact answers is in its self-test; the answer here was read off by a person."""
    done = run("models", "verify", "--allow-dictionary-change", golden)
    assert (done.returncode, done.stdout) == (0, f"{golden.name}: ok\n"), done.stderr
    tagger = load(golden, allow_dictionary_change=True)
    assert tagger.predict("Учителю вручили премию\nНаграду и орден вручил министр.").labels == ("award",)
