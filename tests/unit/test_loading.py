"""Loading: what a model's name means."""

import shutil
from pathlib import Path

import pytest

import tagger.loading
from tagger import load
from tagger.errors import ArtifactError, EnvironmentFault, NameRefusedError, TaggerError
from tagger.loading import artifact_folder, default_store
from tagger.store import Store
from tagger.verification import load_model


@pytest.fixture
def root(tmp_path, tiny_files, monkeypatch):
    """A store with v1 and v2, the current one, that the environment names."""
    store = Store(tmp_path / "store")
    store.publish(tiny_files)
    store.publish(tiny_files)
    monkeypatch.setenv("TAGGER_STORE", str(store.root))
    return store.root


def test_no_name_means_the_current_version_of_the_store_in_the_environment(root):
    assert default_store().root == root
    assert load().version == "v2"
    Store(root).use("v1")
    assert load().version == "v1"


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_store_in_the_environment_the_shipped_one_is_taken(monkeypatch, value):
    monkeypatch.delenv("TAGGER_STORE", raising=False)
    if value is not None:
        monkeypatch.setenv("TAGGER_STORE", value)
    assert default_store() == Store.shipped()
    assert artifact_folder() == Store.shipped().root / Store.shipped().current()


def test_a_name_means_that_version(root):
    assert load("v1").version == "v1"
    assert artifact_folder("v1") == root / "v1"


@pytest.mark.parametrize("kind", [str, Path])
def test_a_folder_means_the_artifact_in_it_or_the_stores_current_version(root, monkeypatch, kind):
    monkeypatch.delenv("TAGGER_STORE")
    assert load(kind(root / "v1")).version == "v1"
    assert load(kind(root)).version == "v2"
    monkeypatch.chdir(root.parent)
    assert load(kind("store")).version == "v2"
    assert load(kind("store/v1")).version == "v1"


def test_a_path_object_never_means_a_version(root, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArtifactError, match="not an artifact"):
        load(Path("v1"))


def test_an_artifact_can_be_loaded_from_under_any_name(root, tmp_path):
    (root / "v1").rename(tmp_path / "Моя модель")
    assert load(tmp_path / "Моя модель").version == "Моя модель"


@pytest.mark.parametrize("name", ["v9", "winter"])
def test_an_unknown_version_is_an_artifact_error_that_names_the_known(root, name):
    with pytest.raises(ArtifactError, match="available: v1, v2"):
        load(name)


@pytest.mark.parametrize("name", ["nowhere/at/all", Path("nowhere")])
def test_a_path_that_leads_nowhere_is_an_artifact_error(root, name):
    with pytest.raises(ArtifactError, match="nowhere"):
        load(name)


def test_a_file_is_no_artifact(root):
    with pytest.raises(ArtifactError):
        load(root / "CURRENT")


def test_a_name_that_no_version_can_have_is_refused(root):
    for name in ("V1", "модель", "v1."):
        with pytest.raises(NameRefusedError):
            load(name)


def test_all_its_errors_are_of_the_one_tree(root):
    for model in ("v9", "V1", root / "CURRENT", ""):
        with pytest.raises(TaggerError):
            load(model)


@pytest.mark.parametrize("name", ["v\0", "x" * 300, f"./{'x' * 300}"])
def test_a_name_that_no_path_can_have_is_an_error_of_the_tree(root, name):
    with pytest.raises(TaggerError):
        load(name)


def test_a_version_deleted_while_it_is_read_gives_way_to_the_one_current_by_then(root, tiny_files, monkeypatch):
    def slowly(folder, **options):
        if folder.name == "v2":
            Store(root).publish(tiny_files)
            shutil.rmtree(folder)
        return load_model(folder, **options)

    monkeypatch.setattr(tagger.loading, "load_model", slowly)
    assert load().version == "v3"


def test_a_store_in_the_environment_that_is_none_is_named_with_its_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("TAGGER_STORE", str(tmp_path / "typo"))
    for look in (default_store, load):
        with pytest.raises(EnvironmentFault, match=r"TAGGER_STORE names '.*typo', which is no folder"):
            look()


def test_the_folder_one_stands_in_has_its_name(root, monkeypatch):
    monkeypatch.chdir(root / "v1")
    assert load(".").version == "v1"
