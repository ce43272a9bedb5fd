"""`tagger predict` to files: each format read back by its own reader says what the JSON Lines say."""

import csv
import io
import json
import os
from datetime import datetime
from functools import cache

import openpyxl
import pyarrow.parquet
import pytest

from tagger.cli.translation import message

AWARD = [
    "=Премия вручена",
    "Учёным вручили премию и награду\u2028\U0001f600. Премию вручил губернатор.",
    "Читайте также",
]
RECORDS = [
    {"id": "a1", "text": "\n".join(AWARD), "date": "2024-11-15", "outlet": "Вестник", "title": "Премия; «лучшим»"},
    {"id": "плохая"},
    {"id": 7, "text": "В Кирове открыли завод\nНовую линию запустили, завод открыт.", "url": "https://example.org/7"},
    {"text": "Погода в выходные\nОжидается дождь."},
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("outputs") / "архив.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tagged(run, trained, archive):
    """Tags the archive into a file of a name and gives its path."""

    @cache
    def call(name, *options, language="ru"):
        path = archive.parent / name
        done = run("--lang", language, "predict", "-m", trained, archive, "--output", path, *options)
        assert done.returncode == 3, done.stderr
        assert done.stdout == ""
        return path

    return call


@pytest.fixture(scope="module")
def records(tagged):
    """What the JSON Lines say."""
    return [json.loads(line) for line in tagged("а.jsonl").read_text(encoding="utf-8").split("\n") if line]


def rows_of(path, **dialect):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), **dialect))


def sheets_of(path):
    """Sheet → its rows, heading → cell."""
    book = openpyxl.load_workbook(path, rich_text=True)
    found = {}
    for sheet in book:
        head, *rows = sheet.iter_rows()
        names = [cell.value for cell in head]
        found[sheet.title] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


def test_the_ending_of_the_output_names_the_format(records, tagged):
    assert [record["id"] for record in records[:3]] == ["a1", "плохая", "7"]
    assert records[0]["labels"] == ["award"]
    assert records[2]["labels"] == ["opening"]
    assert isinstance(json.loads(tagged("а.json").read_bytes()), list)
    assert tagged("а.txt").read_text(encoding="utf-8").startswith("a1")


def test_long_csv_has_the_labels_and_probabilities_of_the_records(records, tagged):
    rows = [row for row in rows_of(tagged("а.csv")) if row["level"] == "article"]
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    for row, record in zip(rows, records, strict=True):
        assert row["labels"].split() == record.get("labels", [])
        assert row["error"] == record.get("error", "")
        for label, probability in record.get("probabilities", {}).items():
            assert float(row[label]) == probability
    assert (rows[0]["date"], rows[0]["outlet"], rows[0]["title"]) == ("2024-11-15", "Вестник", "Премия; «лучшим»")
    assert rows[2]["address"] == "https://example.org/7"


def test_wide_csv_has_a_flag_and_a_probability_for_every_label(records, tagged):
    rows = rows_of(tagged("wide.csv", "--wide", "--level", "paragraph"))
    parts = [part for record in records for part in record.get("paragraphs", [{}])]
    assert len(rows) == len(parts)
    for row, part in zip(rows, parts, strict=True):
        for label, probability in part.get("probabilities", {}).items():
            assert row[label] == str(int(label in part["labels"]))
            assert float(row[f"{label}_probability"]) == probability
    assert "labels" not in rows[0]


def test_excel_csv_is_what_a_russian_excel_opens(records, tagged):
    path = tagged("excel.csv", "--excel")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid;date;")
    assert data.count(b"\r\n") == data.count(b"\n")
    rows = rows_of(path, delimiter=";")
    article, first = rows[0], rows[1]
    assert float(article["award"].replace(",", ".")) == records[0]["probabilities"]["award"]
    assert "." not in article["award"]
    assert article["title"] == "Премия; «лучшим»"
    assert first["text"] == "'=Премия вручена"


def test_parquet_has_the_types_and_values_of_the_records(records, tagged):
    table = pyarrow.parquet.read_table(tagged("а.parquet"))
    rows = table.to_pylist()
    articles = [row for row in rows if row["level"] == "article"]
    for row, record in zip(articles, records, strict=True):
        assert row["id"] == record["id"]
        assert row["labels"] == record.get("labels")
        assert row["error"] == record.get("error")
        for label, probability in record.get("probabilities", {}).items():
            assert row[label] == pytest.approx(probability, abs=5e-5)
    texts = [row["text"] for row in rows if row["level"] == "paragraph" and row["id"] == "a1"]
    assert texts == AWARD
    wide = pyarrow.parquet.read_table(tagged("wide.parquet", "--wide"))
    assert str(wide.schema.field("award").type) == "bool"
    assert wide.column("award").to_pylist()[0] is True


def test_a_workbook_has_articles_and_paragraphs_as_the_records(records, tagged):
    sheets = sheets_of(tagged("а.xlsx"))
    assert list(sheets) == ["Статьи", "Абзацы"]
    articles = sheets["Статьи"]
    assert [row["Статья"].value for row in articles] == [record["id"] for record in records]
    assert [row["События"].value or "" for row in articles] == ["Награждение", "", "Открытие", ""]
    assert articles[0]["Награждение"].value == pytest.approx(records[0]["probabilities"]["award"], abs=5e-5)
    assert articles[0]["Награждение"].number_format == "0%"
    assert (articles[0]["Дата"].value, articles[0]["Дата"].number_format) == (datetime(2024, 11, 15), "dd.mm.yyyy")
    assert articles[1]["Ошибка"].value == message(records[1]["error"], "ru") != records[1]["error"]
    assert articles[2]["Адрес"].hyperlink is None
    first = sheets["Абзацы"][0]["Текст"]
    assert (str(first.value), first.data_type) == (AWARD[0], "s")


def test_words_that_decided_are_highlighted_inside_the_cell(tagged):
    rows = sheets_of(tagged("а.xlsx"))["Абзацы"]
    (cell,) = (row["Текст"] for row in rows if str(row["Текст"].value).startswith("Учёным"))
    marked = [str(piece) for piece in cell.value if getattr(piece, "font", None) and piece.font.b]
    assert "".join(map(str, cell.value)) == AWARD[1]
    assert any(word in ("премию", "Премию", "награду") for word in marked)
    assert not any("Ожидается" in str(row["Текст"].value) and not isinstance(row["Текст"].value, str) for row in rows)


def test_paragraphs_without_event_type_are_there_but_filtered_out(tagged):
    sheet = openpyxl.load_workbook(tagged("а.xlsx"))["Абзацы"]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "События")
    for row in range(2, sheet.max_row + 1):
        assert bool(sheet.row_dimensions[row].hidden) == (not sheet[f"{column}{row}"].value)
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.freeze_panes == "B2"


def test_headings_are_english_on_demand(tagged):
    sheets = sheets_of(tagged("en.xlsx", "--level", "article", language="en"))
    assert list(sheets) == ["Articles"]
    assert {"Article", "Events", "Error"} <= set(sheets["Articles"][0])


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx", "parquet"])
def test_partitions_hold_what_one_file_holds(run, trained, archive, tagged, tmp_path, form):
    done = run("predict", "-m", trained, archive, "-f", form, "--output", tmp_path / "out", "--partition", 3)
    assert done.returncode == 3
    paths = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in paths] == [f"part-00000.{form}", f"part-00001.{form}"]
    if form == "jsonl":
        assert b"".join(path.read_bytes() for path in paths) == tagged("а.jsonl").read_bytes()
    if form == "parquet":
        assert (
            pyarrow.parquet.read_table(tmp_path / "out").num_rows
            == pyarrow.parquet.read_table(tagged("а.parquet")).num_rows
        )
    again = run("predict", "-m", trained, archive, "-f", form, "--output", tmp_path / "out", "--partition", 3)
    assert (again.returncode, "holds files" in again.stderr) == (2, True)


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_binary_formats_go_through_a_pipe(run, trained, archive, form):
    done = run("predict", "-m", trained, archive, "-f", form, text=False, encoding=None)
    assert done.returncode == 3
    if form == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(done.stdout)).sheetnames == ["Статьи", "Абзацы"]
    else:
        assert pyarrow.parquet.read_table(io.BytesIO(done.stdout)).num_rows > 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--excel"], "--excel is a kind of CSV; add -f csv"),
        (["--wide", "-f", "jsonl"], "--wide is a kind of table"),
        (["--explain", "--output", "b.csv"], "--explain adds nothing to csv; add -f jsonl"),
        (["--explain", "--output", "b.parquet"], "--explain adds nothing to parquet; add -f jsonl"),
        (["--explain", "--output", "b.xlsx"], "which mark the words anyway"),
        (["--explain", "--report", "b.html"], "which mark the words anyway"),
        (["--explain", "--level", "article", "-f", "jsonl"], "--explain is about paragraphs"),
        (["--partition", "5"], "--partition needs --output FOLDER"),
        (["--output", "new/"], "is a folder; name a file, or add --partition"),
        (["--output", "b.xls"], "--output b.xls: answers are not written as .xls; let it end in .txt, .json, .jsonl,"),
        (["--output", "b.csv.gz", "-f", "csv"], "--output b.csv.gz: answers are not written as .gz"),
        (["--output", "b.PDF"], "--output b.PDF: answers are not written as .pdf"),
        (["--resume"], "--resume writes JSON Lines to a file"),
        (["--resume", "--output", "b.csv"], "--resume writes JSON Lines to a file"),
        (["--resume", "--strict", "--output", "b.jsonl"], "leave one of them out"),
        (["--report", "b.html", "--output", "b.html"], "name the same file"),
        (["--report", "архив.jsonl", "--force"], "--report архив.jsonl is also an input"),
    ],
)
def test_options_that_do_not_fit_together_are_refused_before_any_work(run, trained, archive, options, message):
    before = sorted(archive.parent.iterdir())
    done = run("predict", "-m", trained, archive, *options, cwd=archive.parent)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(archive.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("module", "extra", "options"),
    [
        ("xlsxwriter", "xlsx", ["--output", "b.xlsx"]),
        ("pyarrow", "parquet", ["--output", "b.parquet"]),
        ("rensa", "report", ["--report", "b.html"]),
    ],
)
def test_a_missing_extra_is_named_with_its_pip_line(run, trained, archive, tmp_path, module, extra, options):
    # A finder that does not find it stands for an environment without the library.
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nclass Missing:\n    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.partition('.')[0] == {module!r}: raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Missing())\n"
    )
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    done = run("predict", "-m", trained, archive, *options, cwd=tmp_path, env=os.environ | {"PYTHONPATH": path})
    assert done.returncode == 6
    assert f"pip install 'event-tagger[{extra}]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
