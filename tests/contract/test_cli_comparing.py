"""`tagger models compare`, `rollback` and `note`: which model is better, and back again."""

import json
import os
import shutil

import pytest

from tagger.store import Store


@pytest.fixture(scope="module")
def swapped(tiny_corpus_path, tmp_path_factory):
    """The miniatures with the two event types swapped, and their codebook."""
    folder = tmp_path_factory.mktemp("swapped")
    text = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8")
    for old, new in (('"award"', '"x"'), ('"opening"', '"award"'), ('"x"', '"opening"')):
        text = text.replace(old, new)
    (folder / "swapped.jsonl").write_text(text, encoding="utf-8")
    shutil.copy(tiny_corpus_path / "event_types.toml", folder)
    return folder


@pytest.fixture(scope="module")
def two(run, trained, swapped, tmp_path_factory):
    """A store with v1, and with v2 that learnt the event types the wrong way round; the current one."""
    store = tmp_path_factory.mktemp("two") / "store"
    shutil.copytree(trained, store)
    done = run("train", swapped, "--output", store)
    assert done.returncode == 0, done.stderr
    return store


@pytest.fixture
def store(two, tmp_path):
    shutil.copytree(two, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture(scope="module")
def comparison(run, two, tiny_corpus_path):
    done = run("models", "compare", "v1", "v2", "--data", tiny_corpus_path, "--store", two, "-f", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_record_is_what_the_schema_says(comparison, schema):
    schema("comparison").validate(comparison)
    assert (comparison["model_a"], comparison["model_b"], comparison["articles"]) == ("v1", "v2", 24)


def test_figures_of_both_models_are_those_of_evaluate(run, two, tiny_corpus_path, comparison):
    for side, version in (("a", "v1"), ("b", "v2")):
        done = run("evaluate", tiny_corpus_path, "-m", two / version, "-f", "json")
        alone = json.loads(done.stdout)
        for level in ("paragraph", "article"):
            assert [row[side] for row in comparison[level]] == alone[level]
        assert comparison["boilerplate"][side] == alone["boilerplate"]


def test_a_model_that_learnt_the_wrong_thing_is_clearly_worse(comparison):
    for level in ("paragraph", "article"):
        for row in comparison[level]:
            low, high = row["f1_difference_interval"]
            assert low <= row["f1_difference"] <= high < -0.2
            assert row["f1_difference"] == pytest.approx(row["b"]["f1"] - row["a"]["f1"], abs=2e-4)
    # The mark for page chrome was learnt alike.
    assert comparison["boilerplate"]["f1_difference_interval"] == [0, 0]


def test_the_paragraphs_that_changed_say_where_they_are(comparison, tiny_corpus_path):
    changes = comparison["changes"]
    assert changes[0]["worse"]
    lines = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines()
    for change in changes:
        path, _, number = change["where"].rpartition(":")
        assert path.endswith("miniatures.jsonl")
        record = json.loads(lines[int(number) - 1])
        paragraph = record["paragraphs"][change["paragraph"] - 1]
        assert (record["id"], paragraph["text"], sorted(paragraph["labels"])) == (
            change["id"],
            change["text"],
            change["gold"],
        )
        assert change["a"] != change["b"]


def test_people_get_a_table_and_the_worst_paragraphs(run, two, tiny_corpus_path, comparison):
    done = run("models", "compare", "v1", "v2", "--data", tiny_corpus_path, "--store", two, "--top", 1)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("A is v1, B is v2; 24 articles, ")
    award = next(line.split() for line in lines if line.startswith("  award"))
    row = comparison["paragraph"][0]
    assert award[6:9] == [f"{row['a']['f1']:.3f}", f"{row['b']['f1']:.3f}", f"{row['f1_difference']:+.3f}"]
    assert award[-1] == "*"
    worse = [change for change in comparison["changes"] if change["worse"]]
    place = lines.index(f"became wrong: {len(worse)} paragraphs, the first 1")
    assert worse[0]["where"] in lines[place + 1]
    assert worse[0]["text"][:200] in lines[place + 3]


def test_folders_of_artifacts_may_be_compared(run, two, tiny_corpus_path):
    done = run("models", "compare", two / "v1", two / "v1", "--data", tiny_corpus_path)
    assert done.returncode == 0, done.stderr
    assert "became wrong: 0 paragraphs" in done.stdout
    assert "*" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["v1", "v2"], 2, "--data"),
        (["v1"], 2, "Missing argument"),
        (["v1", "v9", "--data", "."], 4, "no model 'v9'"),
        (["v1", "../v1", "--data", "."], 2, "model name '../v1'"),
        (["v1", "v2", "--data", "missing.jsonl"], 2, "missing.jsonl"),
    ],
)
def test_a_wrong_call_says_so(run, two, arguments, code, message):
    done = run("models", "compare", *arguments, "--store", two, cwd=two)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_models_of_other_event_types_cannot_be_compared(run, two, tiny_corpus_path):
    environment = os.environ | {"TAGGER_STORE": ""}
    done = run("models", "compare", two / "v1", "v1", "--data", tiny_corpus_path, env=environment)
    assert done.returncode == 5
    assert "nothing to compare" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_rollback_goes_back_to_the_version_before(run, store):
    done = run("models", "rollback", "--store", store)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "v1 is current\n")
    assert Store(store).current() == "v1"
    again = run("models", "rollback", "--store", store)
    assert again.returncode == 4
    assert "no version was current before; choose one: tagger models use NAME" in again.stderr
    assert Store(store).current() == "v1"


def test_a_note_is_told_by_list_and_show_and_leaves_the_artifact_alone(run, store):
    before = {path.name: path.read_bytes() for path in (store / "v2").iterdir()}
    done = run("models", "note", "v2", "обучена  наоборот;\n не брать \x1b[31m", "--store", store)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    told = "обучена наоборот; не брать \\x1b[31m"
    assert run("models", "list", "--store", store).stdout.splitlines()[2] == f"    {told}"
    shown = run("models", "show", "v2", "--store", store).stdout
    assert ["note", told] in [line.split(maxsplit=1) for line in shown.splitlines()]
    assert {path.name: path.read_bytes() for path in (store / "v2").iterdir()} == before
    assert run("models", "verify", "--store", store).returncode == 0


def test_an_empty_note_takes_it_away(run, store):
    run("models", "note", "v2", "старая", "--store", store)
    assert run("models", "note", "v2", "", "--store", store).returncode == 0
    assert "старая" not in run("models", "list", "--store", store).stdout
    assert len(run("models", "list", "--store", store).stdout.splitlines()) == 2


def test_a_note_about_nothing_is_refused(run, store):
    done = run("models", "note", "v9", "текст", "--store", store)
    assert done.returncode == 4
    assert "no model 'v9'" in done.stderr
    assert not list(store.glob("*.note"))


def test_show_tells_all_that_a_model_came_from(run, store):
    shown = run("models", "show", "v2", "--store", store).stdout
    lines = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line and line[0].isalpha()}
    assert len(lines["digest"][0]) == 64
    assert lines["trained"][0].startswith("20")
    assert lines["articles"] == ["24"]
    assert (lines["data"][0], len(lines["data"][1])) == ("swapped.jsonl", 64)
    assert {"by", "revision", "configuration", "dictionary"} <= lines.keys()
    for library in ("python", "numpy", "scipy", "scikit-learn", "joblib", "pymorphy3"):
        assert f"{library}  " in shown
