"""Tables: long and wide, CSV of any Excel, workbooks written by openpyxl."""

import pytest


@pytest.fixture
def csv_file(tmp_path):
    def call(text, encoding="utf-8"):
        path = tmp_path / "таблица.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return call


@pytest.fixture
def workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")

    def call(rows, *more):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for title in more:
            book.create_sheet(title)
        path = tmp_path / "книга.xlsx"
        book.save(path)
        return path

    return call


def test_a_row_a_label_from_a_russian_excel(converted, labels):
    """Semicolons, cp1251, Russian column names; the rows of one text are one labelling."""
    done = converted("long_cp1251.csv", renames={"награда": "award", "открытие": "opening"})
    assert labels(done) == {"Учёным в": ["award"], "Открыли ": ["award", "opening"], "Ожидаетс": []}
    (problem,) = done.problems
    assert problem.where.endswith("long_cp1251.csv:6")
    assert "no text in column 'Текст'" in problem.message


def test_a_column_a_label(converted, labels):
    """BOM; rows that are blank are unlabelled; a column of towns is no label."""
    done = converted("wide.csv")
    expected = {"Учёным в": ["award"], "Открыли ": ["award", "opening"], "Ожидаетс": [], "В Кирове": ["opening"]}
    assert labels(done) == expected
    assert done.counts["blank cells read as 0"] == 1
    assert done.counts["texts that nobody has labelled"] == 1


@pytest.mark.parametrize(
    "cell", ["award#opening", "award; opening", "award|opening", "award, opening", " opening,award,"]
)
def test_several_labels_in_a_cell(converted, csv_file, cell):
    path = csv_file(f'text,label\nПремия,"{cell}"\n')
    assert converted(path).records[0]["labels"] == ["award", "opening"]


def test_the_separators_can_be_given(converted, csv_file):
    path = csv_file("text\tlabel\nПремия\tзакон, принят/award\n")
    assert converted(path, separators="/").records[0]["labels"] == ["award", "закон, принят"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_dialects(converted, csv_file, encoding, mark):
    rows = [["text", "label"], ["«Нива» получила премию за труд, выданную вчера", "award"], ["Ожидается дождь", ""]]
    text = "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
    assert [record["labels"] for record in converted(csv_file(text, encoding)).records] == [["award"], []]


def test_line_numbers_count_lines_inside_cells(converted, csv_file):
    done = converted(csv_file('text,label\n"раз\nдва",award\n,award\n'))
    assert [problem.where.rpartition(":")[2] for problem in done.problems] == ["4"]
    assert done.records[0]["text"] == "раз\nдва"


def test_broken_quotes_are_told(converted, csv_file):
    done = converted(csv_file('text,label\nПремия,award\n"Дождь,\nСнег,award\n'), "table")
    assert "broken quotes" in done.problems[0].message


def test_too_many_cells_are_told(converted, csv_file):
    done = converted(csv_file("text,label\nПремия, вручена,award\nДождь,\n"))
    assert [(problem.where.rpartition(":")[2], problem.message[:7]) for problem in done.problems] == [("2", "3 cells")]


def test_a_column_given_twice_is_told(converted, csv_file):
    done = converted(csv_file("text,label,label\nПремия,award,opening\n"))
    assert "columns with the same name: label" in done.problems[0].message


def test_columns_that_cannot_be_told_are_asked_for(converted, csv_file):
    path = csv_file("заметка,рубрика\nПремия,award\n")
    assert "no column of texts among заметка, рубрика; name it with --text-field" in converted(path).problems[0].message
    assert "--label-field" in converted(path, text="заметка").problems[0].message
    assert converted(path, text="заметка", label="рубрика").records[0]["labels"] == ["award"]
    assert "no field 'нет'; there are" in converted(path, text="нет").problems[0].message


def test_rows_of_paragraphs_become_an_article(converted, csv_file, parts):
    path = csv_file("article,paragraph,text,label\na,1,Вторая,award\na,0,Первая,\na,2,Меню,boilerplate\n")
    done = converted(path)
    assert [part["text"] for part in done.records[0]["paragraphs"]] == ["Первая", "Вторая", "Меню"]
    assert parts(done) == [[], ["award"], ["chrome"]]


def test_a_paragraph_number_that_is_none_is_told(converted, csv_file):
    done = converted(csv_file("article,paragraph,text,label\na,первый,Текст,award\n,1,Текст,award\n"))
    assert "must be the paragraph's number" in done.problems[0].message
    assert "no 'article'" in done.problems[1].message


def test_a_workbook(converted, workbook, labels):
    rows = [["id", "text", "award", "opening"], [1, "Премия", 1, 0], [2, "Завод", 0.0, True], [3, "Дождь", None, 0]]
    done = converted(workbook(rows, "Черновик"))
    assert labels(done) == {"Премия": ["award"], "Завод": ["opening"], "Дождь": []}
    assert [record["id"] for record in done.records] == ["книга:1", "книга:2", "книга:3"]
    assert done.counts["sheet «Черновик» (only the first one is read)"] == 1


def test_a_row_of_a_workbook_is_told_by_its_number(converted, workbook):
    done = converted(workbook([["text", "label"], ["Премия", "award"], [None, "award"]]))
    assert done.problems[0].where.endswith("книга.xlsx: row 3")


def test_an_archive_that_is_no_workbook_is_told(converted, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    assert "no .xlsx workbook" in converted(path).problems[0].message
