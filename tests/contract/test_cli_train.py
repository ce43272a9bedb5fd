"""`tagger train`: a new version out of labelled articles, or an untouched store; and what follows from it."""

import csv
import json
import shutil

import pytest

from tagger import load


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def store(trained, tmp_path):
    """A store of its own with the one version."""
    shutil.copytree(trained, tmp_path / "store")
    return tmp_path / "store"


def test_standard_output_is_the_new_versions_folder_and_older_versions_are_left_alone(run, tiny_corpus_path, store):
    before = snapshot(store / "v1")
    data, event_types = tiny_corpus_path / "miniatures.jsonl", tiny_corpus_path / "event_types.toml"
    settings = ("--min-df", "3", "--inverse-penalty", "1.5")
    done = run("train", data, "--event-types", event_types, "--output", store, *settings)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{store / 'v2'}\n"
    for word in ("24 articles", "award", "opening", "macro", "precision", "page chrome"):
        assert word in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stderr.startswith("24 articles")  # nothing of a progress bar
    assert snapshot(store / "v1") == before
    assert (store / "CURRENT").read_text(encoding="ascii") == "v2\nv1\n"
    provenance = json.loads((store / "v2" / "manifest.json").read_bytes())["provenance"]
    configuration = provenance["configuration"]
    assert (provenance["articles"], configuration["min_df"], configuration["inverse_penalty"]) == (24, 3, 1.5)


def test_train_list_use_verify_evaluate_and_predict_work_together(run, trained, tiny_corpus_path, tmp_path, schema):
    """The way of a user with own event types, from labelled articles to tagged ones."""
    listed = run("models", "list", "--store", trained)
    assert listed.returncode == 0
    assert listed.stdout.startswith("* v1 ")
    assert run("models", "use", "v1", "--store", trained).returncode == 0
    assert run("models", "verify", "--store", trained).stdout == "v1: ok\n"
    assert "Награждение" in run("models", "show", "v1", "--store", trained).stdout
    figures = run("evaluate", tiny_corpus_path, "-m", trained, "-f", "json")
    assert figures.returncode == 0, figures.stderr
    schema("evaluation").validate(json.loads(figures.stdout))
    (tmp_path / "a.txt").write_text(
        "Лучшим сварщикам вручили премию\nПремию и награду получили двое.\n", encoding="utf-8"
    )
    tagged = run("predict", tmp_path / "a.txt", "-m", trained, "-f", "jsonl")
    assert json.loads(tagged.stdout)["labels"] == ["award"]


def line(text="Завод открыли сегодня.", labels=("opening",), **fields):
    return json.dumps({"paragraphs": [{"text": text, "labels": list(labels)} | fields]})


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (
            ["{", line(), "[]", line(labels=["openning"])],
            ["bad.jsonl:1", "bad.jsonl:3", "bad.jsonl:4", "did you mean 'opening'?"],
        ),
        (
            [line(), line("Премию вручили.", ["award"], boilerplate=True)],
            ["bad.jsonl:2", "boilerplate carries no event type"],
        ),
        ([line(f"Текст {number}", []) for number in range(30)], ["label"]),
    ],
)
def test_data_that_cannot_be_trained_on_leave_the_store_as_it_was(
    run, tiny_corpus_path, store, tmp_path, lines, messages
):
    before = snapshot(store)
    (tmp_path / "bad.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("train", tmp_path / "bad.jsonl", "--event-types", tiny_corpus_path / "event_types.toml", "-o", store)
    assert done.returncode == 5, done.stderr
    assert [message for message in messages if message not in done.stderr] == []
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert snapshot(store) == before


@pytest.mark.parametrize("content", [b"event_type = []\n", b"# \xcf\xf0\xe8\xe2\n"])
def test_a_codebook_that_cannot_be_read_is_no_bug(run, tiny_corpus_path, store, tmp_path, content):
    before = snapshot(store)
    (tmp_path / "types.toml").write_bytes(content)
    done = run("train", tiny_corpus_path, "--event-types", tmp_path / "types.toml", "--output", store)
    assert done.returncode == 5, done.stderr
    assert "types.toml" in done.stderr
    assert snapshot(store) == before


def test_a_converted_table_can_be_trained_on(run, tiny_corpus_path, tmp_path):
    """Nobody marks page chrome in a spreadsheet."""
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["text", "label"])
        for line in (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8").splitlines():
            body = [part for part in json.loads(line)["paragraphs"] if not part["boilerplate"]]
            labels = {label for part in body for label in part["labels"]}
            table.writerow(["\n".join(part["text"] for part in body), "#".join(labels)])
    data, event_types = tmp_path / "table.jsonl", tiny_corpus_path / "event_types.toml"
    converted = run("data", "convert", tmp_path / "table.csv", "--output", data)
    assert converted.returncode == 0, converted.stderr
    done = run("train", data, "--event-types", event_types, "--output", tmp_path / "store")
    assert done.returncode == 0, done.stderr
    assert "warning: no page chrome is marked" in done.stderr
    article = "Учёным вручили премию\nПремию и награду вручил губернатор"
    assert load(tmp_path / "store").predict(article).labels == ("award",)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "DATA"),
        (["missing.jsonl", "-o", "store"], "missing.jsonl"),
        (["."], "--output"),
        ([".", "-o", "file.txt"], "file.txt"),
        ([".", "-o", "store", "--event-types", "missing.toml"], "missing.toml"),
        ([".", "-o", "store", "--min-df", "0"], "min-df"),
        ([".", "-o", "store", "--inverse-penalty", "0"], "inverse-penalty"),
    ],
)
def test_a_wrong_call_says_so_and_writes_nothing(run, tmp_path, arguments, message):
    (tmp_path / "file.txt").write_bytes(b"kept")
    done = run("train", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert (message in done.stderr) or not arguments
    assert done.stdout == ""
    assert snapshot(tmp_path) == {"file.txt": b"kept"}


def test_the_command_explains_itself(run):
    done = run("train", "--help")
    assert done.returncode == 0
    assert "--output" in done.stdout
    assert "Examples" in done.stdout
