"""Artifact faults A5 to A8: who rewrites the digests too gets no code run, no memory taken, no answers past verify."""

import io
import os
import pickle
import tracemalloc
from hashlib import sha256

import numpy as np
import pytest

from tagger import load
from tagger.arrays import array_bytes, read_array
from tagger.artifact import ARRAYS, LEMMAS, MANIFEST, sealed
from tagger.errors import IntegrityError
from tagger.verification import manifest_of


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


@pytest.mark.parametrize(
    "name", ["coef", "idf", "shape_coef", "intercept", "boilerplate_coef", "joint_coef", "joint_intercept", "paragraph"]
)
def test_a05_rewritten_arrays_and_digests_are_found_out_by_the_self_test(refused, folder, name):
    forge(folder, **{f"{name}.npy": array_bytes(-array(folder, name), ARRAYS[name][0])})
    assert load(folder).version == "v1"
    assert "selftest.json: the model does not answer" in refused(folder)


@pytest.mark.parametrize("name", ["coef", "pairs", "idf", "paragraph"])
def test_a05_rewritten_arrays_of_another_shape_or_type_are_refused(refused, folder, name):
    dtype = ARRAYS[name][0]
    for changed in (array_bytes(array(folder, name)[:-1], dtype), array_bytes(array(folder, name), "<f2")):
        forge(folder, **{f"{name}.npy": changed})
        assert f"{name}.npy: array is" in refused(folder)


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
def test_a06_evil_pickles_run_nowhere(run, refused, folder, tmp_path, kind, name):
    canary = tmp_path / "canary"
    data = evil_files(canary)[kind]
    if name == MANIFEST:
        (folder / name).write_bytes(data)
    else:
        forge(folder, **{name: data})
    refused(folder)
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


def test_a07_a_huge_file_is_refused_unread(refused, folder):
    with (folder / "coef.npy").open("r+b") as stream:
        stream.truncate(2**40)
    assert f"{2**40} bytes instead of" in refused(folder)


def test_a07_a_model_of_declared_terabytes_is_refused(folder, refused):
    manifest = manifest_of(folder) | {"sizes": {"lemmas": 10**9, "pairs": 10**9}}
    del manifest["sha256"]
    (folder / MANIFEST).write_bytes(sealed(manifest))
    assert "lemmas.txt: not 1000000000 sorted" in refused(folder)


@pytest.mark.parametrize("name", ["coef", "idf", "shape_coef", "joint_coef", "article"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a08_values_that_are_not_finite_are_refused(folder, name, value):
    spoilt = array(folder, name)
    spoilt.flat[-1] = value
    forge(folder, **{f"{name}.npy": array_bytes(spoilt, ARRAYS[name][0])})
    with pytest.raises(IntegrityError, match=rf"{name}\.npy: values that are not finite"):
        load(folder)


def test_a08_a_vocabulary_unsorted_or_with_duplicates_is_refused(folder, refused):
    lemmas = (folder / LEMMAS).read_text(encoding="utf-8").splitlines()
    for changed in (lemmas[::-1], [lemmas[0], *lemmas[:-1]], lemmas[1:]):
        forge(folder, **{LEMMAS: "".join(f"{lemma}\n" for lemma in changed).encode()})
        assert "lemmas.txt: not" in refused(folder)


def test_a08_labels_that_are_not_as_many_as_the_rows_are_refused(folder, refused):
    manifest = manifest_of(folder)
    del manifest["sha256"]
    for labels in (manifest["labels"][:1], [*manifest["labels"], "third"]):
        (folder / MANIFEST).write_bytes(sealed(manifest | {"labels": labels}))
        assert "array is" in refused(folder)
