"""Publishing: from labelled data to a version in a store, or to nothing at all."""

import json
import shutil

import pytest

from tagger import load
from tagger.artifact import model_digest
from tagger.errors import EnvironmentFault, TrainingDataError
from tagger.store import Store
from tagger.training.configuration import Configuration
from tagger.training.preparing import prepare
from tagger.training.publishing import train
from tagger.verification import manifest_of

CONFIGURATION = Configuration(folds=3)


@pytest.fixture(scope="module")
def published(tiny_corpus_path, tmp_path_factory):
    """A store with a version trained on the miniatures, the figures that training gave, and the steps it told."""
    root, steps = tmp_path_factory.mktemp("publishing") / "new" / "store", []
    prepared = prepare([tiny_corpus_path], None, CONFIGURATION)
    version, evaluation = train(prepared, root, CONFIGURATION, steps.append)
    return Store(root), version, evaluation, steps


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_first_version_is_published_and_current(published):
    store, version, _, _ = published
    assert (version, store.versions(), store.current()) == ("v1", ["v1"], "v1")
    assert load(store.root).labels == ("award", "opening")


def test_the_manifest_says_where_the_model_comes_from(published, tiny_corpus_path):
    store, version, evaluation, _ = published
    provenance = manifest_of(store.folder(version))["provenance"]
    assert provenance["articles"] == 24
    assert list(provenance["data"]) == ["miniatures.jsonl"]
    assert Configuration(**provenance["configuration"]) == CONFIGURATION
    assert {"event-tagger", "python", "numpy", "scikit-learn"} <= set(provenance["versions"])
    assert provenance["out_of_fold"] == json.loads(json.dumps(evaluation.to_dict()))
    assert provenance["trained"][:2] == "20"


def test_the_codebook_beside_the_data_is_stored_as_it_is(published, tiny_corpus_path):
    store, version, _, _ = published
    stored = (store.folder(version) / "event_types.toml").read_bytes()
    assert stored == (tiny_corpus_path / "event_types.toml").read_bytes()


def test_the_figures_are_out_of_fold_ones_of_the_whole_corpus(published, tiny_corpus):
    _, _, evaluation, _ = published
    assert (evaluation.n_articles, evaluation.n_paragraphs) == (24, len(tiny_corpus.groups))
    for column, label in enumerate(tiny_corpus.labels):
        assert evaluation.row("paragraph", label).support == tiny_corpus.gold[:, column].sum()


def test_the_command_counts_as_many_steps_as_there_are(published):
    from tagger.cli.train import STEPS

    assert len(published[3]) == STEPS


def test_cards_are_written_in_both_languages(published):
    store, version, _, _ = published
    russian = (store.folder(version) / "model_card.ru.md").read_text(encoding="utf-8")
    english = (store.folder(version) / "model_card.en.md").read_text(encoding="utf-8")
    assert "Награждение" in russian
    assert "Award" in english


def test_the_order_of_articles_and_files_changes_no_bit_of_the_model(published, tiny_corpus_path, tmp_path):
    store, version, _, _ = published
    lines = (tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines()
    (tmp_path / "b.jsonl").write_bytes(b"\n".join(lines[:10]))
    (tmp_path / "a.jsonl").write_bytes(b"\n".join([*lines[:9:-1], lines[12]]))
    shutil.copy(tiny_corpus_path / "event_types.toml", tmp_path)
    train(prepare([tmp_path], None, CONFIGURATION), tmp_path / "store", CONFIGURATION, lambda _: None)
    again = manifest_of(tmp_path / "store" / "v1")
    assert model_digest(again) == model_digest(manifest_of(store.folder(version)))
    assert again["provenance"]["articles"] == 24


def test_a_training_that_fails_leaves_the_store_as_it_was(published, tiny_corpus_path, tmp_path):
    root = tmp_path / "store"
    shutil.copytree(published[0].root, root)
    before = snapshot(root)
    configuration = Configuration(folds=3, min_df=1000)
    with pytest.raises(TrainingDataError, match="empty vocabulary"):
        train(prepare([tiny_corpus_path], None, configuration), root, configuration, lambda _: None)
    assert snapshot(root) == before


def test_a_store_that_cannot_be_written_is_found_out_before_anything_is_trained(tiny_corpus_path, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    steps = []
    with pytest.raises(EnvironmentFault, match="cannot write"):
        train(prepare([tiny_corpus_path], None, CONFIGURATION), tmp_path / "file", CONFIGURATION, steps.append)
    assert steps == []
