"""`tagger predict` over documents of every kind, through real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from documents_made import PAGE, PARAGRAPHS, TEXT, TITLE, every_kind, json_lines, pdf, word, zipped

COMMAND = Path(sys.executable).with_name("tagger")


@pytest.fixture
def predict(run, trained, tmp_path):
    """Tag documents in a folder of their own; gives exit code, records and what standard error says."""

    def call(*arguments, **options):
        done = run("predict", "-m", trained, "-f", "jsonl", *arguments, cwd=tmp_path, **options)
        assert "Traceback" not in done.stderr
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    return call


@pytest.fixture
def folder(tmp_path):
    for name, data in every_kind().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_every_kind_in_one_call_and_what_the_schema_says(predict, folder, schema):
    code, records, errors = predict(*every_kind())
    assert code == 0
    assert all("warning" in line for line in errors.splitlines())
    names = ["a.txt", "a.html", "a.docx", "a.pdf", "a.eml", "a.jsonl:1", "a.jsonl:2", "7", "8", "7", "8", "7", "8"]
    names += ["a.txt.gz", "a.jsonl.zst:1", "a.jsonl.zst:2", "a.zip/b.html", "a.zip/inner/a.txt"]
    assert [record["id"] for record in records] == names
    for record in records:
        schema("prediction").validate(record)
    whole = [record for record in records if record["paragraphs"][0]["text"] == TITLE]
    assert len(whole) == 13
    for record in whole:
        assert [part["text"] for part in record["paragraphs"] if part["text"] in PARAGRAPHS] == PARAGRAPHS


def test_contents_decide_not_names(predict, folder):
    kinds = every_kind()
    _, expected, _ = predict(*kinds)
    for number, name in enumerate(kinds):
        (folder / name).rename(folder / f"{number:02}")
    code, records, _ = predict(*(f"{number:02}" for number in range(len(kinds))))
    assert code == 0
    assert [record["paragraphs"] for record in records] == [record["paragraphs"] for record in expected]
    assert [record.get("metadata") for record in records] == [record.get("metadata") for record in expected]


def test_the_text_of_a_document_can_be_rebuilt_from_its_record(predict, folder):
    _, records, _ = predict(*every_kind())
    for record in records:
        text = ""
        for part in record["paragraphs"]:
            text = text.ljust(part["start"], "\n") + part["text"]
            assert text[part["start"] : part["stop"]] == part["text"]
        assert text.startswith((TITLE, "Погода"))


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(predict, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/.hidden", "p_files/x.js"):
        (tmp_path / "news" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "news" / name).write_text("Завод открыли.", encoding="utf-8")
    (tmp_path / "news" / "p.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "news" / "loop").symlink_to(tmp_path / "news")
    os.mkfifo(tmp_path / "news" / "pipe")
    code, records, _ = predict("news")
    assert code == 0
    assert [record["id"] for record in records] == ["news/a/z.txt", "news/b.txt", "news/p.html"]


def test_patterns_that_the_shell_left_are_expanded(predict, folder):
    (folder / "in").mkdir()
    (folder / "in" / "c.txt").write_text("Завод", encoding="utf-8")
    assert [record["id"] for record in predict("*.txt")[1]] == ["a.txt"]
    assert [record["id"] for record in predict("**/*.txt")[1]] == ["a.txt", "in/c.txt"]
    (folder / "[1].txt").write_text("Завод", encoding="utf-8")
    assert [record["id"] for record in predict("[1].txt")[1]] == ["[1].txt"]


@pytest.mark.parametrize(("name", "what"), [("empty", "is a folder without files"), ("*.html", "no file matches")])
def test_folders_and_patterns_without_files_are_errors_of_use(predict, tmp_path, name, what):
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    code, records, errors = predict(name)
    assert (code, records) == (2, [])
    assert what in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx", "a.xlsx", "a.parquet", "a.jsonl.zst", "a.zip", "a.csv"])
def test_standard_input_may_be_any_document(trained, predict, folder, name):
    command = [COMMAND, "predict", "-m", trained, "-f", "jsonl", "-"]
    done = subprocess.run(command, input=(folder / name).read_bytes(), capture_output=True, check=True)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [record["paragraphs"] for record in records] == [record["paragraphs"] for record in predict(name)[1]]


def test_a_broken_document_is_one_line_and_the_rest_is_done(predict, folder):
    (folder / "broken.docx").write_bytes(word()[:500])
    (folder / "broken.pdf").write_bytes(pdf()[:500])
    code, records, errors = predict("broken.docx", "a.txt", "broken.pdf")
    assert code == 3
    assert ["error" in record for record in records] == [True, False, True]
    assert [line.split(":")[1] for line in errors.splitlines() if "warning" not in line] == [
        " broken.docx",
        " broken.pdf",
    ]


MISSING = """
import sys
for name in {names!r}:
    sys.modules[name] = None
sys.argv = ["tagger", *{arguments!r}]
from tagger.cli.main import run
run()
"""


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("a.html", "trafilatura", "html"),
        ("a.docx", "docx", "docx"),
        ("a.pdf", "pypdf", "pdf"),
        ("a.xlsx", "openpyxl", "xlsx"),
        ("a.parquet", "pyarrow", "parquet"),
        ("a.jsonl.zst", "backports", "zstd"),
    ],
)
def test_a_missing_extra_is_named_with_its_command_and_the_rest_is_done(trained, folder, name, library, extra):
    arguments = ["predict", "-m", str(trained), "-f", "jsonl", name, "a.txt"]
    names = [library, "compression"] if library == "backports" else [library]
    program = MISSING.format(names=names, arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 3
    failed, good = map(json.loads, done.stdout.splitlines())
    assert f"pip install 'event-tagger[{extra}]'" in failed["error"]
    assert good["id"] == "a.txt"
    assert len([line for line in done.stderr.splitlines() if "warning" not in line]) == 1


def test_json_lines_keep_what_they_say_of_the_source(predict, tmp_path):
    record = {
        "id": "1",
        "text": TEXT,
        "title": "Завод",
        "date": "15.11.2024",
        "source": "https://a.ru/1",
        "outlet": "А",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert predict("a.jsonl")[1][0]["metadata"] == {
        "title": "Завод",
        "date": "2024-11-15",
        "outlet": "А",
        "address": "https://a.ru/1",
    }


def test_plain_texts_have_no_metadata_and_the_text_view_shows_that_of_pages(run, trained, predict, folder):
    assert "metadata" not in predict("a.txt")[1][0]
    done = run("predict", "-m", trained, "a.html", cwd=folder)
    assert f"Вестник Лук · 2024-11-15 · {TITLE}" in done.stdout


def test_wrapped_text_says_so_in_its_record(predict, tmp_path):
    import textwrap

    (tmp_path / "w.txt").write_text(
        "\n".join(textwrap.fill(part, 75) for part in [TITLE, *PARAGRAPHS]), encoding="utf-8"
    )
    (record,) = predict("w.txt")[1]
    assert len(record["paragraphs"]) == 4
    assert record["metadata"]["reading"].startswith("wrapped lines joined")


def test_processes_give_the_same_answers(predict, tmp_path):
    (tmp_path / "news.zip").write_bytes(zipped({f"{n}.html": PAGE for n in range(5)} | {"x.jsonl": json_lines()}))
    assert predict("news.zip", "--jobs", 2) == predict("news.zip")


@pytest.mark.parametrize("extra", ["pypdf", "docx", "trafilatura", "openpyxl", "pyarrow", "backports"])
def test_plain_text_imports_none_of_the_libraries(trained, folder, extra):
    program = MISSING.format(names=[], arguments=["predict", "-m", str(trained), "a.txt"])
    program = program.replace("run()\n", f"try:\n    run()\nfinally:\n    assert {extra!r} not in sys.modules\n")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)


@pytest.mark.parametrize("name", ["a.json", "a.txt", "-"])
def test_json_that_is_no_json_lines_is_refused_and_the_rest_is_done(predict, tmp_path, name):
    """Even what this very command writes with -f json, which indents."""
    text = json.dumps([{"id": "1", "text": TEXT}, {"id": "2", "text": TEXT}], indent=1, ensure_ascii=False)
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"[12:30] {TEXT}", encoding="utf-8")
    code, records, errors = predict(name, "b.txt", input=text)
    assert code == 3
    assert ["error" in record for record in records] == [True, False]
    assert "one record a line" in records[0]["error"]
    assert "jq -c" in errors
