"""Artifact faults A1 and A10, and models that are not the one expected: what a model may be called and which one is meant."""

import json
from pathlib import Path

import pytest

from tagger import load
from tagger.artifact import MANIFEST, model_digest, sealed
from tagger.errors import ArtifactError, NameRefusedError, TaggerError
from tagger.store import Store
from tagger.verification import manifest_of

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "v3-format3"
SAMPLE = HERE.parent / "samples" / "agreement.txt"
BAD_NAMES = [
    "",
    ".",
    "..",
    "../x",
    "/abs",
    "a/b",
    "CON",
    "con",
    "nul.txt",
    "v1 ",
    " v1",
    "-rf",
    "и\u0306",
    "v\u202e1",
    "x" * 300,
]


def golden_files():
    names = sorted((path.name for path in GOLDEN.iterdir()), key=lambda name: name == MANIFEST)
    return {name: (GOLDEN / name).read_bytes() for name in names}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A store of two versions that the environment names."""
    store = Store(tmp_path / "store")
    store.publish(golden_files())
    store.publish(golden_files())
    monkeypatch.setenv("TAGGER_STORE", str(store.root))
    return store.root


def test_a01_an_unknown_name_names_the_known(run, root):
    for command in (["predict", "-m", "v9", SAMPLE], ["models", "show", "v9"], ["models", "use", "v9"]):
        done = run(*command)
        assert (done.returncode, done.stdout) == (4, "")
        assert "no model 'v9'; available: v1, v2" in done.stderr


def test_a01_an_empty_store_says_how_to_fill_it(run, tmp_path):
    for command in (["predict", "-m", tmp_path, SAMPLE], ["models", "show", "--store", tmp_path]):
        done = run(*command)
        assert (done.returncode, done.stdout) == (4, "")
        assert "it is empty; train one: tagger train" in done.stderr


def test_a01_a_path_that_leads_nowhere_is_named(run, tmp_path):
    done = run("predict", "-m", tmp_path / "nowhere", SAMPLE)
    assert (done.returncode, done.stdout) == (4, "")
    assert str(tmp_path / "nowhere") in done.stderr


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a10_names_that_could_leave_the_store_are_refused(run, root, name):
    for command in ("use", "show"):
        done = run("models", command, "--store", root, "--", name)
        if name or command == "use":
            assert (done.returncode, done.stdout) == (2, ""), done.stderr
            assert done.stderr.count("\n") == 1
            assert "use lower-case letters" in done.stderr
    assert (root / "CURRENT").read_bytes() == b"v2\nv1\n"


@pytest.mark.parametrize("name", [*BAD_NAMES, "v\0", "a/\0", "x/" * 5000, "\ud800"])
def test_a10_any_text_as_a_model_is_an_error_of_the_one_tree(root, name, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    # "..", the folder above, is a folder like any other.
    with pytest.raises(TaggerError) as caught:
        load(name)
    assert isinstance(caught.value, NameRefusedError | ArtifactError)


def test_a05_only_the_model_expected_is_used(run, root):
    digest = model_digest(manifest_of(root / "v1"))
    other = ("1" if digest[0] == "0" else "0") + digest[1:]
    data = HERE.parent / "samples" / "tiny"
    for command in (["predict", SAMPLE], ["evaluate", data]):
        assert run(*command, "--expect-digest", digest[:12]).returncode == 0
        done = run(*command, "--expect-digest", other)
        assert (done.returncode, done.stdout) == (4, ""), done.stderr
        assert f"its digest is {digest}, not {other}" in done.stderr
        done = run(*command, "--expect-digest", "latest")
        assert (done.returncode, done.stdout) == (2, ""), done.stderr


def test_a05_list_and_show_print_the_digest(run, root):
    digest = model_digest(manifest_of(root / "v1"))
    assert [digest[:12] in line for line in run("models", "list").stdout.splitlines()] == [True, True]
    assert ["digest", digest] in [line.split() for line in run("models", "show").stdout.splitlines()]


def test_a02_one_bad_version_does_not_hide_the_others(run, root):
    (root / "v1" / MANIFEST).write_bytes(b"{")
    for command in ("list", "verify"):
        done = run("models", command)
        assert done.returncode == 4
        assert "v2" in done.stdout
        assert str(root / "v1" / MANIFEST) in done.stderr


def test_a02_what_a_manifest_says_cannot_command_the_terminal(run, root):
    manifest = manifest_of(root / "v2")
    del manifest["sha256"]
    evil = "\x1b]0;owned\x07\x1b[2J\r\n* v9"
    manifest["provenance"] |= {"trained": evil, "articles": evil, "revision": evil, "data": {evil: evil}}
    (root / "v2" / MANIFEST).write_bytes(sealed(manifest))
    for command in ("list", "show"):
        done = run("models", command)
        assert done.returncode == 0, done.stderr
        assert "owned" in done.stdout
        assert not set(done.stdout) & {"\x1b", "\x07", "\r"}
        assert "\n* v9" not in done.stdout
    assert json.loads((root / "v2" / MANIFEST).read_bytes())["provenance"]["trained"] == evil
