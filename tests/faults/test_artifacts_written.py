"""Artifact faults A11 to A13 and A16: writing fails at every single call, and the store stays whole."""

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tagger.artifact import MANIFEST
from tagger.errors import EnvironmentFault
from tagger.files import IDLE_SECONDS
from tagger.store import Store
from tagger.verification import load_model

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "v3-format3"
SIZE = sum(path.stat().st_size for path in GOLDEN.iterdir())


def golden_files():
    names = sorted((path.name for path in GOLDEN.iterdir()), key=lambda name: name == MANIFEST)
    return {name: (GOLDEN / name).read_bytes() for name in names}


@pytest.fixture
def store(tmp_path):
    """A store with v1 and v2."""
    made = Store(tmp_path / "store")
    made.publish(golden_files())
    made.publish(golden_files())
    return made


def sabotage(tmp_path, how, fault):
    """A record for each call failed, the last of which is the run that nothing failed in."""
    command = [sys.executable, HERE / "failing_writes.py", tmp_path, GOLDEN, how, str(fault)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    # open, write, fsync and close of each file and more besides
    assert len(records) > 4 * len(golden_files())
    return records


def whole(root):
    """The store after checking that every version in it is one, and that its pointer leads to one."""
    store = Store(Path(root))
    assert store.versions() in (["v1"], ["v1", "v2"])
    assert store.current() in store.versions()
    for name in store.versions():
        load_model(store.folder(name))
    return store


def leftovers(root):
    return [path.name for path in Path(root).glob(".tmp-*")]


def grow_old(folder):
    for path in folder.glob(".tmp-*"):
        os.utime(path, (0, path.stat().st_mtime - IDLE_SECONDS - 1))


def test_a11_killed_at_every_call(tmp_path):
    *killed, last = sabotage(tmp_path, "once", "KILL")
    assert (whole(last["store"]).current(), leftovers(last["store"])) == ("v2", [])
    assert sum(bool(leftovers(record["store"])) for record in killed) > 4 * len(golden_files())
    for record in killed:
        store = whole(record["store"])
        grow_old(store.root)
        store.repair()
        assert leftovers(store.root) == []
        before = store.versions()
        assert store.publish(golden_files()) not in before


@pytest.mark.parametrize("how", ["once", "on"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO], ids=["disk full", "device error"])
def test_a12_every_call_fails(tmp_path, how, fault):
    *failed, last = sabotage(tmp_path, how, fault)
    assert (whole(last["store"]).current(), last["error"]) == ("v2", None)
    calls = set()
    for record in failed:
        calls |= set(record["spoilt"])
        store = whole(record["store"])
        assert leftovers(store.root) == []
        if record["error"] is None:
            # Making the folder of the store, which is there already.
            assert (record["spoilt"], store.current()) == (["mkdir"], "v2")
            continue
        assert os.strerror(fault) in record["error"]
        assert "bytes needed" in record["error"]
        if store.versions() == ["v1"]:
            assert f"({SIZE:,} bytes needed)" in record["error"]
        else:
            assert store.current() == "v1" or record["error"].startswith("v2 is published")
    assert calls == {"open", "write", "fsync", "mkdir", "rename", "replace", "close"}


def test_a12_a_real_limit_on_the_size_of_files(run, store):
    """No injection: the kernel refuses to write on, as a full disk does."""
    program = "from pathlib import Path; import sys; from tagger.store import Store; "
    program += "Store(Path(sys.argv[1])).publish({'a': bytes(1000), 'b': bytes(100_000), 'manifest.json': b'{}'})"
    done = subprocess.run(
        [sys.executable, "-c", program, store.root],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert "EnvironmentFault: cannot write" in done.stderr
    assert "(101,002 bytes needed)" in done.stderr
    assert (whole(store.root).current(), leftovers(store.root)) == ("v2", [])


@pytest.fixture
def as_others(run, plain_user):
    """Run the command as somebody to whom permissions mean something."""
    return partial(run, preexec_fn=plain_user if os.geteuid() == 0 else None)


@pytest.fixture
def reachable(tmp_path, plain_user):
    """A store that can be read and not written to."""
    root = tmp_path / "store"
    Store(root).publish(golden_files())
    (root / ".tmp-v2-00ff00ff").mkdir()
    os.utime(root / ".tmp-v2-00ff00ff", (0, 0))
    root.chmod(0o555)
    probe = [sys.executable, "-c", "import sys; open(sys.argv[1], 'x')", root / "probe"]
    if not subprocess.run(probe, preexec_fn=plain_user, capture_output=True, check=False).returncode:
        root.chmod(0o755)
        pytest.skip("permissions mean nothing to this user")
    yield root
    root.chmod(0o755)


def test_a13_a_store_that_is_read_only_is_found_out_before_training(as_others, reachable, tiny_corpus_path):
    done = as_others("train", tiny_corpus_path, "--output", reachable)
    assert done.returncode == 6, done.stderr
    assert f"cannot write {reachable}: Permission denied" in done.stderr
    assert "event types" not in done.stderr
    assert Store(reachable).versions() == ["v1"]


def test_a13_a_read_only_store_is_still_read(as_others, reachable):
    done = as_others("models", "verify", "--store", reachable)
    assert (done.returncode, done.stdout) == (0, "v1: ok\n"), done.stderr


def test_a13_an_unreadable_artifact_is_a_fault_of_the_environment(as_others, reachable):
    (reachable / "v1" / "coef.npy").chmod(0)
    done = as_others("models", "verify", reachable / "v1")
    assert done.returncode == 6
    assert f"cannot read {reachable / 'v1' / 'coef.npy'}: Permission denied" in done.stderr


def test_a13_an_unreadable_pointer_is_a_fault_of_the_environment(as_others, reachable):
    (reachable / "CURRENT").chmod(0)
    done = as_others("models", "show", "--store", reachable)
    assert done.returncode == 6
    assert f"cannot read {reachable / 'CURRENT'}: Permission denied" in done.stderr


def test_a13_choosing_in_a_read_only_store_changes_nothing(as_others, reachable):
    done = as_others("models", "use", "v1", "--store", reachable)
    assert (done.returncode, "Permission denied" in done.stderr) == (6, True)
    assert (reachable / "CURRENT").read_bytes() == b"v1\n"


@pytest.mark.parametrize("pointer", [None, b"v9\n", b"", b"\xff", b"../v1"])
def test_a16_a_lost_pointer_is_a_clear_error_that_gc_repairs(run, store, pointer):
    (store.root / "CURRENT").unlink()
    if pointer is not None:
        (store.root / "CURRENT").write_bytes(pointer)
    done = run("predict", "-m", store.root, HERE.parent / "samples" / "agreement.txt")
    assert done.returncode == 4
    assert f"available: v1, v2; repair it: tagger models gc --store {store.root}" in done.stderr
    done = run("models", "gc", "--store", store.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "v2 is current\n")
    assert store.current() == "v2"


def test_a16_gc_points_to_the_newest_version_that_is_intact(run, store):
    store.publish(golden_files())
    (store.root / "CURRENT").unlink()
    (store.root / "v3" / "coef.npy").write_bytes(b"")
    assert run("models", "gc", "--store", store.root).stderr == "v2 is current\n"


def test_a16_gc_without_any_intact_version_says_so(run, store):
    (store.root / "CURRENT").unlink()
    for name in ("v1", "v2"):
        (store.root / name / "coef.npy").unlink()
    done = run("models", "gc", "--store", store.root)
    assert (done.returncode, "no version is intact" in done.stderr) == (4, True)


def test_a16_gc_removes_what_a_crash_left_and_nothing_else(run, store, tmp_path):
    shutil.copytree(GOLDEN, store.root / ".tmp-v3-00ff00ff")
    (store.root / ".tmp-CURRENT-12345678").write_bytes(b"v1")
    (tmp_path / "kept").write_bytes(b"")
    (store.root / ".tmp-link").symlink_to(tmp_path)
    os.utime(store.root / ".tmp-link", (0, 0), follow_symlinks=False)
    (store.root / "notes.txt").write_bytes(b"mine")
    for name in (".tmp-v3-00ff00ff", ".tmp-CURRENT-12345678"):
        os.utime(store.root / name, (0, 0))
    (store.root / ".tmp-v4-being0ff").mkdir()
    done = run("models", "gc", "--store", store.root)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (store.root).iterdir()) == [
        ".tmp-v4-being0ff",
        "CURRENT",
        "notes.txt",
        "v1",
        "v2",
    ]
    assert (tmp_path / "kept").exists()
    assert run("models", "gc", "--store", store.root).stderr == "nothing to clear up\n"


def test_a16_leftovers_are_no_versions(run, store):
    shutil.copytree(GOLDEN, store.root / ".tmp-v3-00ff00ff")
    assert store.versions() == ["v1", "v2"]
    assert store.publish(golden_files()) == "v3"


def test_a16_leftovers_that_cannot_be_removed_are_a_fault_of_the_environment(as_others, reachable):
    done = as_others("models", "gc", "--store", reachable)
    assert (done.returncode, "cannot remove" in done.stderr) == (6, True), done.stderr


def test_a12_a_fault_of_the_environment_is_no_success(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault):
        Store(tmp_path / "file").publish(golden_files())
