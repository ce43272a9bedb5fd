"""`tagger data convert` and `export`: the way from a labelling tool to a model and back, through the command line."""

import json

import pytest


@pytest.fixture(scope="module")
def codebook(tiny_corpus_path):
    return tiny_corpus_path / "event_types.toml"


@pytest.fixture
def samples(tiny_corpus_path):
    return tiny_corpus_path.parent / "formats"


def test_from_a_labelling_tool_to_a_model_and_back(run, tiny_corpus_path, codebook, tmp_path):
    tasks, mine, store, answers = (tmp_path / name for name in ("tasks.json", "mine.jsonl", "store", "answers.jsonl"))
    done = run(
        "data",
        "export",
        tiny_corpus_path / "miniatures.jsonl",
        "--event-types",
        codebook,
        "--to",
        "label-studio",
        "-o",
        tasks,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "tasks.xml").exists()
    done = run("data", "convert", tasks, "--output", mine)
    assert done.returncode == 0, done.stderr
    assert "24 articles in" in done.stderr
    done = run("data", "check", mine, "--event-types", codebook)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "sound")
    done = run("train", mine, "--event-types", codebook, "--output", store)
    assert done.returncode == 0, done.stderr
    article = tmp_path / "article.txt"
    article.write_text("Учёным вручили премию\nПремию и награду учёным вручил губернатор.\n", encoding="utf-8")
    done = run("data", "export", article, "-m", store, "--to", "label-studio", "-o", tasks, "--force")
    assert done.returncode == 0, done.stderr
    task = json.loads(tasks.read_text(encoding="utf-8"))[1]
    assert task["predictions"][0]["result"][0]["value"]["choices"] == ["award"]
    assert task["predictions"][0]["model_version"] == "v1"
    done = run("predict", article, "-m", store, "-f", "jsonl", "--output", answers)
    again = tmp_path / "again.json"
    done = run("data", "export", answers, "--event-types", codebook, "--to", "label-studio", "-o", again)
    assert done.returncode == 0, done.stderr
    assert json.loads(again.read_text(encoding="utf-8")) == json.loads(tasks.read_text(encoding="utf-8"))


def test_problems_are_listed_and_the_rest_is_written(run, samples, tmp_path):
    done = run("data", "convert", samples / "long_cp1251.csv", "-o", tmp_path / "m.jsonl", "--map", "награда=award")
    assert (done.returncode, done.stdout) == (3, "")
    assert "long_cp1251.csv:6: no text in column" in done.stderr
    assert "labels: award 2, открытие 1" in done.stderr
    labels = [json.loads(line)["labels"] for line in (tmp_path / "m.jsonl").read_text(encoding="utf-8").splitlines()]
    assert labels == [["award"], ["award", "открытие"], []]


def test_unknown_labels_are_told_by_the_check(run, samples, codebook, tmp_path):
    mine = tmp_path / "mine.jsonl"
    run("data", "convert", samples / "doccano.csv", "-o", mine, "--map", "award=awards")
    done = run("data", "check", mine, "--event-types", codebook)
    assert done.returncode == 5
    assert "unknown label 'awards'; did you mean 'award'?" in done.stdout


def test_nothing_to_convert_is_an_error(run, samples, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a", "accept": [], "answer": "ignore"}\n')
    done = run("data", "convert", path, "-o", tmp_path / "mine.jsonl")
    assert done.returncode == 5
    assert "1 × answers «ignore»" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("tagger: nothing was written: no labelled text in")
    assert not (tmp_path / "mine.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--map", "award"], 2, "write it as OLD=NEW"),
        (["--map", "=award"], 2, "write it as OLD=NEW"),
        (["--from", "excel"], 2, "'excel' is not one of"),
        (["--map", "awards=award"], 5, "--map 'awards': no text carries this label; nothing was written"),
        (["--encoding", "nope"], 5, "unknown encoding 'nope'"),
        (["--from", "folder"], 5, "nothing was written"),
    ],
)
def test_wrong_calls(run, samples, tmp_path, arguments, code, message):
    done = run("data", "convert", samples / "fasttext.txt", "-o", tmp_path / "mine.jsonl", *arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_is_replaced_only_when_asked(run, samples, tmp_path):
    mine = tmp_path / "mine.jsonl"
    mine.write_text("meine")
    assert run("data", "convert", samples / "wide.csv", "-o", mine).returncode == 2
    assert mine.read_text() == "meine"
    assert run("data", "convert", samples / "wide.csv", "-o", mine, "--force").returncode == 0
    (tmp_path / "tasks.xml").write_text("mine")
    done = run("data", "export", mine, "--to", "label-studio", "-o", tmp_path / "tasks.json")
    assert done.returncode == 2
    assert "tasks.xml exists" in done.stderr


def test_a_workbook_without_openpyxl_is_one_line(run, samples, tmp_path):
    (tmp_path / "openpyxl.py").write_text("raise ImportError('none here')")
    book = tmp_path / "книга.xlsx"
    book.write_bytes(b"PK\x03\x04")
    done = run(
        "data", "convert", book, "-o", tmp_path / "m.jsonl", env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin"}
    )
    assert done.returncode == 6
    assert done.stderr == "tagger: reading .xlsx needs openpyxl: pip install 'event-tagger[xlsx]', or save as CSV\n"
