"""Verification: a model comes out of a folder only if every file is as its manifest says."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tagger.artifact import model_digest, sealed
from tagger.errors import ArtifactError, EnvironmentFault, IntegrityError, NameRefusedError
from tagger.store import Store
from tagger.verification import load_model, manifest_of, verified_file, verified_files


@pytest.fixture
def folder(tmp_path, tiny_files):
    """An artifact: the tiny model as v1 of a store."""
    store = Store(tmp_path / "store")
    return store.folder(store.publish(tiny_files))


def test_the_manifest_of_an_artifact_is_read(folder, tiny_files):
    assert manifest_of(folder) == json.loads(tiny_files["manifest.json"])


def test_a_folder_without_manifest_is_no_artifact(tmp_path):
    for empty in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ArtifactError, match=r"no manifest; .* is not an artifact"):
            load_model(empty)


def test_a_huge_manifest_is_refused_unread(folder):
    (folder / "manifest.json").write_bytes(b" " * 1_000_001)
    with pytest.raises(ArtifactError, match="over 1000000 bytes"):
        load_model(folder)


def test_a_model_is_loaded_under_its_folders_name(folder, tiny_model):
    model = load_model(folder)
    assert (model.version, model.labels, model.provenance) == ("v1", tiny_model.labels, {"articles": 24})


def test_every_file_is_verified(folder, tiny_files):
    for name, data in tiny_files.items():
        if name == "manifest.json":
            continue
        path = folder / name
        for broken, message in ((data[:-1], "bytes instead of"), (bytes([data[0] ^ 1]) + data[1:], "SHA-256 differs")):
            path.write_bytes(broken)
            with pytest.raises(IntegrityError, match=message) as caught:
                load_model(folder)
            assert name in str(caught.value)
        path.unlink()
        with pytest.raises(IntegrityError, match=rf"{name}: missing"):
            load_model(folder)
        path.write_bytes(data)
    assert load_model(folder).version == "v1"


def test_a_file_that_the_manifest_does_not_name_is_refused(folder):
    (folder / "extra.txt").write_bytes(b"")
    with pytest.raises(IntegrityError, match=r"not in the manifest: 'extra\.txt'; remove it"):
        load_model(folder)


def test_a_link_in_place_of_a_file_is_refused(folder, tmp_path):
    path = folder / "lemmas.txt"
    path.rename(tmp_path / "elsewhere.txt")
    path.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(IntegrityError, match=r"lemmas\.txt: missing or not a plain file"):
        load_model(folder)


def test_a_model_of_another_dictionary_is_refused_unless_allowed(folder):
    manifest = manifest_of(folder) | {"dictionary": "1"}
    del manifest["sha256"]
    (folder / "manifest.json").write_bytes(sealed(manifest))
    with pytest.raises(EnvironmentFault, match="trained with dictionary revision '1', installed is"):
        load_model(folder)
    assert load_model(folder, allow_dictionary_change=True).version == "v1"


def test_the_digest_expected_may_be_cut_to_twelve_digits_and_in_capitals(folder):
    digest = model_digest(manifest_of(folder))
    for expected in (digest, digest[:12], digest[:30].upper()):
        assert load_model(folder, expect_digest=expected).version == "v1"


def test_another_model_than_expected_is_refused(folder):
    digest = model_digest(manifest_of(folder))
    other = ("1" if digest[0] == "0" else "0") + digest[1:]
    for expected in (other, other[:12]):
        with pytest.raises(ArtifactError, match=f"another model than expected: its digest is {digest}, not {expected}"):
            load_model(folder, expect_digest=expected)


@pytest.mark.parametrize("expected", ["", "0" * 11, "0" * 65, "g" * 12, "sha256:" + "0" * 12])
def test_what_cannot_be_a_digest_is_refused_as_such(folder, expected):
    with pytest.raises(NameRefusedError, match="at least 12 of its hexadecimal digits"):
        load_model(folder, expect_digest=expected)


def test_a_file_that_grew_is_refused_with_its_true_size(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1000)
    with pytest.raises(IntegrityError, match="1000 bytes instead of 10"):
        verified_file(tmp_path / "a", {"bytes": 10, "sha256": "0" * 64})


def test_a_model_that_answers_otherwise_than_its_self_test_is_refused(folder):
    assert load_model(folder, self_test=True).version == "v1"
    cases = json.loads((folder / "selftest.json").read_bytes())
    cases[0]["answer"]["paragraphs"][0]["boilerplate"] += 1
    data = json.dumps(cases).encode()
    manifest = manifest_of(folder)
    del manifest["sha256"]
    manifest["files"]["selftest.json"] |= {"bytes": len(data), "sha256": sha256(data).hexdigest()}
    (folder / "selftest.json").write_bytes(data)
    (folder / "manifest.json").write_bytes(sealed(manifest))
    assert load_model(folder).version == "v1"
    with pytest.raises(IntegrityError, match="does not answer text 1 of 3 as it did"):
        load_model(folder, self_test=True)


def test_a_folder_deleted_while_it_is_read_is_said_to_be(folder):
    manifest = manifest_of(folder)
    shutil.rmtree(folder)
    with pytest.raises(IntegrityError, match="was deleted while it was read; choose another model"):
        verified_files(folder, manifest)


def test_a_folder_that_became_a_file_is_a_fault_of_the_environment(folder):
    manifest = manifest_of(folder)
    shutil.rmtree(folder)
    folder.write_bytes(b"")
    with pytest.raises(EnvironmentFault, match=r"cannot read .*v1: Not a directory"):
        verified_files(folder, manifest)


def test_a_path_with_a_nul_leads_to_no_artifact():
    with pytest.raises(ArtifactError, match="no manifest"):
        manifest_of(Path("v\0"))


def test_a_file_that_the_device_does_not_give_is_a_fault_of_the_environment():
    """Linux has a plain file that opens and is never read."""
    with pytest.raises(EnvironmentFault, match="cannot read /proc/self/mem: Input/output error"):
        verified_file(Path("/proc/self/mem"), {"bytes": 10, "sha256": "0" * 64})
