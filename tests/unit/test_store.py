"""The store: versions, the current one, and artifacts that are verified before use."""

import os
import shutil
import subprocess
import sys

import pytest

from tagger.errors import ArtifactError, EnvironmentFault, NameRefusedError
from tagger.store import REMEMBERED, Store, check_name
from tagger.verification import load_model


@pytest.fixture
def store(tmp_path, tiny_files):
    """A store with v1 and v2, both the tiny model."""
    made = Store(tmp_path / "store")
    assert [made.publish(tiny_files), made.publish(tiny_files)] == ["v1", "v2"]
    return made


def test_publishing_numbers_versions_and_makes_the_last_current(store, tiny_files):
    assert store.versions() == ["v1", "v2"]
    assert store.current() == "v2"
    assert {path.name: path.read_bytes() for path in store.folder("v1").iterdir()} == tiny_files
    assert sorted(path.name for path in store.root.iterdir()) == ["CURRENT", "v1", "v2"]


def test_a_number_is_never_used_again_below_the_highest(store, tiny_files):
    for path in store.folder("v1").iterdir():
        path.unlink()
    store.root.joinpath("v1").rmdir()
    assert store.publish(tiny_files) == "v3"


def test_versions_are_ordered_by_number_and_other_entries_left_out(tmp_path):
    for name in ("v10", "v2", "v1", "winter", ".tmp-v3-00ff", "V4", "empty"):
        (tmp_path / name).mkdir()
        if name != "empty":
            (tmp_path / name / "manifest.json").write_bytes(b"{}")
    (tmp_path / "file").write_bytes(b"")
    assert Store(tmp_path).versions() == ["v1", "v2", "v10", "winter"]


def test_a_named_version_does_not_disturb_the_numbering(store, tiny_files):
    (store.root / "winter").mkdir()
    (store.root / "winter" / "manifest.json").write_bytes(b"{}")
    assert store.publish(tiny_files) == "v3"


def test_using_a_version_makes_it_current(store):
    store.use("v1")
    assert store.current() == "v1"
    assert (store.root / "CURRENT").read_bytes() == b"v1\nv2\nv1\n"


def test_going_back_is_to_what_was_current_before_and_then_further(store, tiny_files):
    store.publish(tiny_files)
    store.use("v1")
    assert [store.rollback(), store.current()] == ["v3", "v3"]
    assert [store.rollback(), store.rollback()] == ["v2", "v1"]
    with pytest.raises(ArtifactError, match="no version was current before; choose one: tagger models use"):
        store.rollback()
    assert store.current() == "v1"


def test_using_the_current_version_again_is_no_step_to_go_back(store):
    store.use("v2")
    assert store.rollback() == "v1"


def test_going_back_passes_over_what_is_there_no_more(store, tiny_files):
    store.publish(tiny_files)
    store.use("v2")
    store.use("v3")
    shutil.rmtree(store.root / "v2")
    assert store.rollback() == "v1"


def test_going_back_from_a_version_that_was_removed(store):
    shutil.rmtree(store.root / "v2")
    assert [store.rollback(), store.current()] == ["v1", "v1"]


def test_the_history_does_not_grow_without_end(store):
    for _ in range(15):
        store.use("v1")
        store.use("v2")
    assert len((store.root / "CURRENT").read_bytes().splitlines()) == REMEMBERED


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe\n../v1\n", b"v9\n\nv8\n"])
def test_a_pointer_of_rubbish_has_no_history(store, pointer):
    (store.root / "CURRENT").write_bytes(pointer)
    with pytest.raises(ArtifactError, match="no version was current before"):
        store.rollback()


def test_an_unknown_version_is_refused_and_the_known_are_named(store):
    for ask in (store.use, store.folder):
        with pytest.raises(ArtifactError, match="no model 'v9'; available: v1, v2"):
            ask("v9")
    assert store.current() == "v2"


@pytest.mark.parametrize("pointer", [b"v9\n", b"", b"../v1", b"\xff\xfe", b"v1 v2", b"x" * 1000])
def test_a_pointer_that_leads_nowhere_is_an_error_that_names_the_versions(store, pointer):
    (store.root / "CURRENT").write_bytes(pointer)
    with pytest.raises(ArtifactError, match="available: v1, v2"):
        store.current()


def test_a_missing_pointer_is_an_error_that_names_the_versions(store):
    (store.root / "CURRENT").unlink()
    with pytest.raises(ArtifactError, match="no current model; available: v1, v2"):
        store.current()


@pytest.mark.parametrize("exists", [True, False])
def test_an_empty_store_says_how_to_fill_it(tmp_path, exists):
    store = Store(tmp_path if exists else tmp_path / "nowhere")
    assert store.versions() == []
    with pytest.raises(ArtifactError, match="it is empty; train one: tagger train"):
        store.current()


def test_a_pointer_may_have_white_space_around_the_name(store):
    (store.root / "CURRENT").write_bytes(b" v1\r\n")
    assert store.current() == "v1"


@pytest.mark.parametrize("name", ["v1", "v10", "2024-05", "a.b_c-d", "x" * 64, "con1", "com"])
def test_portable_names_are_accepted(name):
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../v1",
        "/etc/passwd",
        "v1/",
        "a\\b",
        "V1",
        "v1 ",
        "-rf",
        ".hidden",
        "v1.",
        "v\0",
        "v1\n",
        "x" * 65,
        "модель",
        "con",
        "nul.txt",
        "com1",
        "lpt9.x",
        "aux",
        "prn",
        "v\u202e1",
        "и\u0306",
    ],
)
def test_names_that_could_leave_the_store_are_refused(store, name):
    for ask in (check_name, store.folder, store.use):
        with pytest.raises(NameRefusedError, match="use lower-case letters"):
            ask(name)


def test_a_stray_folder_of_the_next_number_does_not_stop_publishing(tmp_path):
    (tmp_path / "v1").mkdir()
    program = "from tagger.store import Store; from pathlib import Path; import sys; "
    program += "print(Store(Path(sys.argv[1])).publish({'manifest.json': b'{}'}))"
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, timeout=5, check=False
    )
    assert done.stdout == "v2\n"


def test_a_number_taken_while_the_files_are_written_is_left_to_who_took_it(store, tiny_files):
    class Slow(dict):
        """Files during whose writing another training publishes."""

        def items(self):
            if "v3" not in store.versions():
                store.publish(tiny_files)
            return super().items()

    assert store.publish(Slow(tiny_files)) == "v4"
    assert store.versions() == ["v1", "v2", "v3", "v4"]
    assert store.current() == "v4"


def test_a_version_that_cannot_be_made_current_is_said_to_be_published(store, tiny_files):
    (store.root / "CURRENT").unlink()
    (store.root / "CURRENT").mkdir()
    with pytest.raises(EnvironmentFault, match=r"v3 is published, but not current: .*; tagger models use v3"):
        store.publish(tiny_files)
    assert store.versions() == ["v1", "v2", "v3"]


def test_a_whole_store_needs_no_repair(store):
    assert store.repair() == []
    assert store.current() == "v2"


def test_a_store_without_versions_cannot_be_pointed_anywhere(tmp_path):
    assert Store(tmp_path / "nowhere").repair() == []


def test_repair_removes_what_crashes_left_and_points_to_the_newest_intact_version(store, tiny_files):
    store.publish(tiny_files)
    for name in ("v3", "winter"):
        shutil.copytree(store.root / "v1", store.root / name, dirs_exist_ok=True)
    (store.root / "v3" / "coef.npy").write_bytes(b"")
    (store.root / ".tmp-v4-00ff").mkdir()
    os.utime(store.root / ".tmp-v4-00ff", (0, 0))
    (store.root / "CURRENT").write_bytes(b"v9\n")
    assert store.repair() == ["removed .tmp-v4-00ff", "v2 is current"]
    assert store.current() == "v2"


def test_a_store_without_an_intact_version_is_not_pointed_at_a_broken_one(store):
    for name in ("v1", "v2"):
        (store.root / name / "coef.npy").write_bytes(b"")
    (store.root / "CURRENT").unlink()
    with pytest.raises(ArtifactError, match="no version is intact; fetch one or train anew"):
        store.repair()
    assert not (store.root / "CURRENT").exists()


def test_the_shipped_store_has_a_current_version_that_loads():
    store = Store.shipped()
    assert load_model(store.folder(store.current())).version in store.versions()


def test_a_pipe_is_no_pointer_and_nobody_waits_for_it(store):
    (store.root / "CURRENT").unlink()
    os.mkfifo(store.root / "CURRENT")
    program = "import sys; from pathlib import Path; from tagger.store import Store; Store(Path(sys.argv[1])).current()"
    done = subprocess.run(
        [sys.executable, "-c", program, store.root], capture_output=True, text=True, timeout=20, check=False
    )
    assert "no current model; available: v1, v2" in done.stderr
