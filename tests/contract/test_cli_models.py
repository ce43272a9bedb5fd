"""`tagger models`: which versions there are, whether they are intact, and which one is used."""

import os
import shutil

import pytest

from tagger.store import Store


@pytest.fixture
def store(trained, tmp_path):
    """A store with v1 and v2, the current one, both the same model."""
    shutil.copytree(trained, tmp_path / "store")
    shutil.copytree(trained / "v1", tmp_path / "store" / "v2")
    (tmp_path / "store" / "CURRENT").write_bytes(b"v2\n")
    return tmp_path / "store"


def test_list_marks_the_current_version(run, store):
    done = run("models", "list", "--store", store)
    assert done.returncode == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("  v1 ")
    assert second.startswith("* v2 ")
    for line in (first, second):
        assert "24 articles" in line
        assert "award, opening" in line


def test_list_of_an_empty_store_is_empty(run, tmp_path):
    done = run("models", "list", "--store", tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


def test_show_gives_both_cards_and_where_the_model_comes_from(run, store):
    done = run("models", "show", "v1", "--store", store)
    assert done.returncode == 0
    for text in (
        "# Паспорт модели",
        "# Model card",
        "Награждение",
        "Award",
        str(store / "v1"),
        "miniatures.jsonl",
        "digest",
    ):
        assert text in done.stdout
    assert done.stdout.index("# Паспорт модели") < done.stdout.index("# Model card")


def test_show_without_a_name_shows_the_current_one(run, store):
    assert str(store / "v2") in run("models", "show", "--store", store).stdout


def test_equal_models_have_equal_digests(run, store):
    digests = [
        next(
            line
            for line in run("models", "show", name, "--store", store).stdout.splitlines()
            if line.startswith("digest")
        )
        for name in ("v1", "v2")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0].split()[1]) == 64


def test_use_makes_a_version_current(run, store):
    done = run("models", "use", "v1", "--store", store)
    assert (done.returncode, done.stdout) == (0, "")
    assert Store(store).current() == "v1"
    assert run("models", "list", "--store", store).stdout.startswith("* v1 ")


def test_a_version_may_be_named_by_its_folder(run, store):
    done = run("models", "use", store / "v1")
    assert (done.returncode, done.stderr) == (0, "v1 is current\n")
    assert Store(store).current() == "v1"
    assert run("models", "note", store / "v2", "for March").returncode == 0
    assert "for March" in run("models", "list", "--store", store).stdout
    done = run("models", "use", store / "v9")
    assert done.returncode == 4
    assert f"{store}: no model 'v9'; available: v1, v2" in done.stderr


def test_verify_checks_one_or_all(run, store):
    assert run("models", "verify", "v1", "--store", store).stdout == "v1: ok\n"
    assert run("models", "verify", "--store", store).stdout == "v1: ok\nv2: ok\n"


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "add"])
def test_verify_finds_what_is_not_as_it_was(run, store, damage):
    path = store / "v2" / "coef.npy"
    data = path.read_bytes()
    if damage == "flip":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif damage == "truncate":
        path.write_bytes(data[:-1])
    elif damage == "remove":
        path.unlink()
    else:
        (store / "v2" / "extra.npy").write_bytes(data)
    done = run("models", "verify", "--store", store)
    assert done.returncode == 4
    assert done.stdout == "v1: ok\n"
    assert ("extra.npy" if damage == "add" else "coef.npy") in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["show", "use", "verify"])
@pytest.mark.parametrize(
    ("name", "code", "message"),
    [("v9", 4, "no model 'v9'; available: v1, v2"), ("../v1", 2, "model name '../v1'"), ("V1", 2, "model name 'V1'")],
)
def test_a_name_that_leads_nowhere_is_refused(run, store, command, name, code, message):
    done = run("models", command, name, "--store", store)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert Store(store).current() == "v2"


def test_a_store_without_a_current_version_says_so(run, store):
    (store / "CURRENT").unlink()
    done = run("models", "show", "--store", store)
    assert done.returncode == 4
    assert "available: v1, v2" in done.stderr


def test_the_environment_may_name_the_store(run, store):
    environment = os.environ | {"TAGGER_STORE": str(store)}
    assert run("models", "list", env=environment).stdout.splitlines()[1].startswith("* v2 ")
    assert run("models", "use", "v1", env=environment).returncode == 0
    assert Store(store).current() == "v1"
    assert str(store / "v1") in run("models", "show", env=environment).stdout


def test_the_shipped_store_is_intact(run):
    done = run("models", "verify")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(": ok\n")
    listed = run("models", "list").stdout
    assert "agreement_signing, strategy_session, business_mission, legislation" in listed


def test_a_missing_store_is_a_wrong_call(run, tmp_path):
    done = run("models", "list", "--store", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_without_a_command_the_commands_are_listed(run):
    done = run("models", "--help")
    assert done.returncode == 0
    for name in ("list", "show", "verify", "use"):
        assert name in done.stdout


@pytest.mark.parametrize("command", ["list", "verify", "gc"])
def test_a_missing_store_in_the_environment_is_told(run, tmp_path, command):
    done = run("models", command, env=os.environ | {"TAGGER_STORE": str(tmp_path / "typo")})
    assert (done.returncode, done.stdout) == (6, "")
    assert "TAGGER_STORE names" in done.stderr


def test_verify_names_the_folder_one_stands_in(run, store):
    assert run("models", "verify", ".", cwd=store / "v1").stdout == "v1: ok\n"
