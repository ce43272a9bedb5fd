"""`tagger evaluate`: figures that scikit-learn agrees with, a table, and the quality gate."""

import json

import pytest
from sklearn.metrics import f1_score, precision_score

from tagger import load
from tagger.training.corpus import read_corpus


@pytest.fixture(scope="module")
def swapped(tiny_corpus_path, tmp_path_factory):
    """The miniatures with the two event types swapped: a test that the model must fail."""
    text = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8")
    for old, new in (('"award"', '"x"'), ('"opening"', '"award"'), ('"x"', '"opening"')):
        text = text.replace(old, new)
    path = tmp_path_factory.mktemp("swapped") / "swapped.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def figures(run, trained, tiny_corpus_path):
    done = run("evaluate", tiny_corpus_path, "-m", trained, "-f", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_record_is_what_the_schema_says(figures, schema):
    schema("evaluation").validate(figures)
    assert (figures["model"], figures["articles"]) == ("v1", 24)
    assert [row["label"] for row in figures["paragraph"]] == ["award", "opening", "macro", "micro"]
    assert figures["boilerplate"]["label"] == "boilerplate"


def test_figures_are_those_of_the_predictions(figures, trained, tiny_corpus_path):
    corpus, tagger = read_corpus([tiny_corpus_path], ("award", "opening")), load(trained)
    results = [tagger.predict(article.article) for article in corpus.articles]
    parts = [part for result in results for part in result.paragraphs]
    given = {
        "paragraph": [[label in part.labels for label in corpus.labels] for part in parts],
        "article": [[label in result.labels for label in corpus.labels] for result in results],
    }
    for level, gold in (("paragraph", corpus.gold), ("article", corpus.article_gold)):
        macro = next(row for row in figures[level] if row["label"] == "macro")
        assert macro["f1"] == pytest.approx(f1_score(gold, given[level], average="macro"), abs=1e-4)
        assert macro["precision"] == pytest.approx(precision_score(gold, given[level], average="macro"), abs=1e-4)
        assert macro["support"] == gold.sum()
    chrome = f1_score(corpus.boilerplate, [part.boilerplate for part in parts])
    assert figures["boilerplate"]["f1"] == pytest.approx(chrome, abs=1e-4)


def test_the_table_shows_the_same_figures(run, trained, tiny_corpus_path, figures):
    done = run("evaluate", tiny_corpus_path, "-m", trained)
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][:2] == ["24", "articles,"]
    shown = [line for line in lines if line and line[0] in ("award", "opening", "macro", "micro")]
    for line, row in zip(shown, figures["paragraph"] + figures["article"], strict=True):
        assert line[0] == row["label"]
        assert int(line[1]) == row["support"]
        for text, name in zip(line[2:5], ("precision", "recall", "f1"), strict=True):
            assert float(text) == pytest.approx(row[name], abs=6e-4)


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("0.5", 7), ("1", 7)])
def test_a_quality_gate_that_is_not_met_has_an_exit_code_and_the_figures_are_still_there(
    run, trained, swapped, least, code
):
    done = run("evaluate", swapped, "-m", trained, "-f", "json", "--min-f1", least)
    assert done.returncode == code
    assert json.loads(done.stdout)["articles"] == 24
    assert (f"is below --min-f1 {float(least)}" in done.stderr) == (code == 7)


def test_several_files_and_folders_are_measured_together(run, trained, tiny_corpus_path, swapped):
    done = run("evaluate", tiny_corpus_path / "miniatures.jsonl", swapped, "-m", trained, "-f", "json")
    assert json.loads(done.stdout)["articles"] == 48


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "data.jsonl:1"),
        ('{"paragraphs": [{"text": "Да", "labels": ["law"]}]}', "unknown label 'law'"),
        ("", "no labelled articles"),
    ],
)
def test_bad_data_are_refused_with_the_line(run, trained, tmp_path, content, message):
    (tmp_path / "data.jsonl").write_text(content, encoding="utf-8")
    done = run("evaluate", tmp_path / "data.jsonl", "-m", trained)
    assert (done.returncode, done.stdout) == (5, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["missing.jsonl"], 2, "missing.jsonl"),
        ([], 2, ""),
        ([".", "--min-f1", "1.5"], 2, "min-f1"),
        ([".", "-f", "csv"], 2, "csv"),
        ([".", "-m", "v77"], 4, "no model 'v77'"),
        ([".", "-m", "../v1/"], 4, "v1"),
    ],
)
def test_a_wrong_call_says_so(run, tmp_path, arguments, code, message):
    done = run("evaluate", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def data(tiny_corpus_path, tmp_path):
    """A folder of labelled data of its own, with a link to the file that is in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "dev.jsonl").write_bytes((tiny_corpus_path / "miniatures.jsonl").read_bytes())
    (tmp_path / "link.html").symlink_to(folder / "dev.jsonl")
    return folder


@pytest.mark.parametrize(
    ("given", "report"), [("data/dev.jsonl", "data/dev.jsonl"), ("data", "data/dev.jsonl"), ("data", "link.html")]
)
def test_a_report_never_replaces_what_is_measured_on(run, trained, data, given, report):
    before = (data / "dev.jsonl").read_bytes()
    done = run("evaluate", given, "-m", trained, "--report", report, "--force", cwd=data.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"tagger: --report {report} is also an input; choose another name")
    assert (data / "dev.jsonl").read_bytes() == before


def test_a_report_replaces_another_only_by_force_and_through_a_link(run, trained, data):
    (data / "old.html").write_text("старый", encoding="utf-8")
    (data / "new.html").symlink_to("old.html")
    call = ("evaluate", data, "-m", trained, "--report", data / "new.html")
    done = run(*call)
    assert (done.returncode, done.stdout) == (2, "")
    assert "new.html exists; choose another name or add --force" in done.stderr
    assert (data / "old.html").read_text(encoding="utf-8") == "старый"
    done = run(*call, "--force")
    assert (done.returncode, done.stderr) == (0, "")  # nothing of a progress bar, either
    assert (data / "new.html").is_symlink()
    assert (data / "old.html").read_bytes().startswith(b"<!DOCTYPE html>")


def test_labels_of_another_model_are_no_labels_of_this_one(run, tiny_corpus_path):
    done = run("evaluate", tiny_corpus_path)
    assert done.returncode == 5
    assert "nothing to measure: the data carry award, opening, the model knows " in done.stderr


@pytest.fixture(scope="module")
def rare(run, tiny_corpus_path, tmp_path_factory):
    """Data with a label that training leaves out, and the store of what it learnt."""
    folder = tmp_path_factory.mktemp("rare")
    codebook = (tiny_corpus_path / "event_types.toml").read_text(encoding="utf-8")
    texts = "".join(f'{name} = "Редкое"\n' for name in ("title_ru", "title_en", "definition"))
    (folder / "event_types.toml").write_text(f'{codebook}\n[[event_type]]\nid = "rare"\n{texts}', encoding="utf-8")
    text = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8")
    (folder / "a.jsonl").write_text(text.replace('["award"]', '["award", "rare"]', 1), encoding="utf-8")
    assert "left out label 'rare'" in run("train", folder, "-o", folder / "store").stderr
    return folder


def test_labels_that_the_model_was_not_taught_are_named_and_not_measured(run, rare, tmp_path):
    done = run("evaluate", rare / "a.jsonl", "-m", rare / "store", "-f", "json", "--report", tmp_path / "r.html")
    assert (done.returncode, done.stderr) == (0, "tagger: warning: the model does not know rare: not measured\n")
    assert [row["label"] for row in json.loads(done.stdout)["article"]] == ["award", "opening", "macro", "micro"]
    assert '"rare"' not in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_codebook_may_be_named(run, rare, tmp_path):
    (tmp_path / "a.jsonl").write_bytes((rare / "a.jsonl").read_bytes())
    call = ("evaluate", tmp_path / "a.jsonl", "-m", rare / "store")
    assert run(*call).returncode == 5
    assert run(*call, "--event-types", rare / "event_types.toml").returncode == 0


def test_a_report_that_cannot_be_written_is_told_before_any_work(run, trained, tiny_corpus_path, tmp_path):
    done = run("evaluate", tiny_corpus_path, "-m", trained, "--report", tmp_path / "no" / "r.html")
    assert (done.returncode, done.stdout) == (6, "")
    assert "r.html: its folder is not there" in done.stderr
