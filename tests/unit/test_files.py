"""Writing files: all or nothing, and nothing left beside."""

import os
from pathlib import Path

import pytest

from tagger.errors import EnvironmentFault
from tagger.files import check_writable, clear_leftovers, kept_until_done, publish_folder, replace_file, replacing


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


def test_what_is_kept_outlives_an_error_and_goes_when_all_is_done(tmp_path):
    path = tmp_path / "unfinished"

    def stopped():
        with kept_until_done(path) as stream:
            stream.write(b"one\n")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert path.read_bytes() == b"one\n"
    with kept_until_done(path) as stream:
        stream.write(b"two\n")
        stream.seek(0)
        assert stream.read() == b"one\ntwo\n"
    assert names(tmp_path) == []


def test_what_is_kept_has_one_writer(tmp_path):
    with kept_until_done(tmp_path / "unfinished"), pytest.raises(EnvironmentFault, match="another process"):
        kept_until_done(tmp_path / "unfinished").__enter__()


def test_what_cannot_be_kept_is_an_environment_fault(tmp_path):
    with pytest.raises(EnvironmentFault, match="cannot write"):
        kept_until_done(tmp_path / "nowhere" / "unfinished").__enter__()


def test_a_stream_becomes_the_file_when_the_block_ends_well(tmp_path):
    (tmp_path / "out").write_bytes(b"old")
    with replacing(tmp_path / "out") as stream:
        stream.write(b"new")
        assert (tmp_path / "out").read_bytes() == b"old"
    assert tree(tmp_path) == {"out": b"new"}


def test_a_stream_whose_block_fails_leaves_the_old_content_and_nothing_beside(tmp_path):
    (tmp_path / "out").write_bytes(b"old")
    with pytest.raises(TypeError), replacing(tmp_path / "out") as stream:
        stream.writelines([b"new", "no bytes"])
    assert tree(tmp_path) == {"out": b"old"}


def test_a_stream_to_a_missing_folder_is_a_fault_of_the_environment(tmp_path):
    with pytest.raises(EnvironmentFault, match="cannot write"), replacing(tmp_path / "nowhere" / "out"):
        pass


def test_a_stream_removes_what_a_killed_process_left_of_the_same_file_only(tmp_path):
    left = ".tmp-out[1].txt-0123abcd"
    others = {".tmp-out1.txt-0123abcd": b"", ".tmp-out[1].txt-mine": b"", "out[1].txt-0123abcd": b""}
    for name in (left, *others):
        (tmp_path / name).write_bytes(b"")
    with replacing(tmp_path / "out[1].txt"):
        pass
    assert tree(tmp_path) == others | {"out[1].txt": b""}


def test_two_streams_to_one_file_do_not_disturb_each_other(tmp_path):
    with replacing(tmp_path / "out") as first:
        first.write(b"first")
        with replacing(tmp_path / "out") as second:
            second.write(b"second")
        assert (tmp_path / "out").read_bytes() == b"second"
    assert tree(tmp_path) == {"out": b"first"}


def test_leftovers_are_cleared_once_they_are_old(tmp_path):
    for name in (".tmp-v1-1", ".tmp-v1-2", "v1"):
        (tmp_path / name).mkdir()
    for name in (".tmp-CURRENT-1", ".tmp-CURRENT-2", "CURRENT"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".tmp-v1-1" / "a.npy").write_bytes(b"")
    for name in (".tmp-v1-1", ".tmp-CURRENT-1", "v1", "CURRENT"):
        os.utime(tmp_path / name, (0, 0))
    assert clear_leftovers(tmp_path) == [".tmp-CURRENT-1", ".tmp-v1-1"]
    assert names(tmp_path) == [".tmp-CURRENT-2", ".tmp-v1-2", "CURRENT", "v1"]


def test_a_link_among_the_leftovers_goes_and_what_it_leads_to_stays(tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a").write_bytes(b"kept")
    (store / ".tmp-v1-1").symlink_to(tmp_path / "mine")
    os.utime(store / ".tmp-v1-1", (0, 0), follow_symlinks=False)
    assert clear_leftovers(store) == [".tmp-v1-1"]
    assert tree(tmp_path) == {"mine/a": b"kept"}
