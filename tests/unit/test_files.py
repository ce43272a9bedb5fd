"""Writing files: all or nothing, and nothing left beside."""

from pathlib import Path

import pytest

from tagger.errors import EnvironmentFault
from tagger.files import check_writable, publish_folder, replace_file


def tree(folder: Path) -> dict[str, bytes]:
    """All files under a folder with their contents."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_and_nothing_else(tmp_path):
    replace_file(tmp_path / "CURRENT", b"v1\n")
    assert tree(tmp_path) == {"CURRENT": b"v1\n"}


def test_an_old_file_is_replaced_whole(tmp_path):
    (tmp_path / "CURRENT").write_bytes(b"a longer content than the new one")
    replace_file(tmp_path / "CURRENT", b"v2\n")
    assert tree(tmp_path) == {"CURRENT": b"v2\n"}


def test_who_has_the_old_file_open_keeps_reading_it(tmp_path):
    (tmp_path / "CURRENT").write_bytes(b"old")
    with (tmp_path / "CURRENT").open("rb") as stream:
        replace_file(tmp_path / "CURRENT", b"new")
        assert stream.read() == b"old"


def test_a_failed_replacement_leaves_the_old_content_and_nothing_beside(tmp_path):
    (tmp_path / "CURRENT").mkdir()
    (tmp_path / "CURRENT" / "inside").write_bytes(b"kept")
    with pytest.raises(EnvironmentFault, match=r"cannot write .*CURRENT.*\(3 bytes needed\)"):
        replace_file(tmp_path / "CURRENT", b"v1\n")
    assert tree(tmp_path) == {"CURRENT/inside": b"kept"}


def test_a_file_in_a_missing_folder_is_a_fault_of_the_environment(tmp_path):
    with pytest.raises(EnvironmentFault, match="cannot write"):
        replace_file(tmp_path / "nowhere" / "CURRENT", b"v1\n")


def test_a_file_below_a_file_is_a_fault_of_the_environment(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="cannot write"):
        replace_file(tmp_path / "file" / "CURRENT", b"v1\n")


def test_a_folder_is_published_with_all_its_files(tmp_path):
    contents = {"a.npy": b"\x00" * 10_000, "лемма.txt": "да\n".encode(), "manifest.json": b"{}"}
    publish_folder(tmp_path / "store" / "v1", contents)
    assert tree(tmp_path / "store" / "v1") == contents
    assert names(tmp_path / "store") == ["v1"]


@pytest.mark.parametrize("filled", [True, False])
def test_a_published_folder_is_never_touched_again(tmp_path, filled):
    (tmp_path / "v1").mkdir()
    if filled:
        (tmp_path / "v1" / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        publish_folder(tmp_path / "v1", {"a": b"new"})
    assert tree(tmp_path) == ({"v1/a": b"old"} if filled else {})
    assert names(tmp_path) == ["v1"]


def test_a_folder_that_cannot_be_completed_leaves_nothing(tmp_path):
    with pytest.raises(EnvironmentFault, match=r"cannot write .*v1.*\(3 bytes needed\)"):
        publish_folder(tmp_path / "v1", {"a": b"1", "no/such/folder": b"2", "b": b"3"})
    assert names(tmp_path) == []


def test_checking_a_folder_creates_it_and_leaves_nothing_in_it(tmp_path):
    check_writable(tmp_path / "deep" / "store")
    assert names(tmp_path / "deep" / "store") == []


def test_checking_an_existing_folder_leaves_it_as_it_was(tmp_path):
    (tmp_path / "CURRENT").write_bytes(b"v1\n")
    check_writable(tmp_path)
    assert tree(tmp_path) == {"CURRENT": b"v1\n"}


@pytest.mark.parametrize("target", ["file", "file/store"])
def test_a_store_that_is_no_folder_is_a_fault_of_the_environment(tmp_path, target):
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(EnvironmentFault, match="cannot write"):
        check_writable(tmp_path / target)
    assert tree(tmp_path) == {"file": b"kept"}
