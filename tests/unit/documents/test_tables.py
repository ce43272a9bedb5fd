"""Tables: an article a row, in CSV, .xlsx and Parquet, each written by its own writer."""

import csv
import io

import pytest
from documents_made import ADDRESS, PARAGRAPHS, ROWS, TITLE, parquet, spreadsheet, table

from tagger.article import Article
from tagger.cli.documents.tables import read_csv
from tagger.cli.inputs import Failure

MADE = {"csv": table, "xlsx": spreadsheet, "parquet": parquet}


@pytest.mark.parametrize("form", MADE)
def test_a_row_is_an_article_with_its_title_first(read, form):
    first, second = read(MADE[form]())
    assert (first.id, second.id) == ("7", "8")
    assert first.paragraphs == [TITLE, *PARAGRAPHS]
    assert first.metadata == {"title": TITLE, "date": "2024-11-15", "outlet": "Вестник Лук", "format": form}
    assert second.paragraphs == ["Погода", "Ожидается дождь; ветер, «порывы»."]
    assert second.metadata == {"title": "Погода", "address": ADDRESS, "format": form}
    assert first.warnings == second.warnings == ()


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("heading", ["text", "Текст", " BODY "])
def test_the_column_of_texts_goes_by_several_names_and_rows_without_id_by_their_number(read, form, heading):
    rows = [{"n": 1, heading: "Да."}, {"n": 2, heading: "Нет."}]
    items = read(MADE[form](rows), "t.csv")
    first = 1 if form == "parquet" else 2
    assert [(item.id, item.text) for item in items] == [(f"t.csv:{first}", "Да."), (f"t.csv:{first + 1}", "Нет.")]


@pytest.mark.parametrize("form", MADE)
def test_a_table_without_texts_names_its_headings(read, form):
    (failure,) = read(MADE[form]([{"имя": "а", "итог": 3}]), "t.csv")
    assert isinstance(failure, Failure)
    assert "текст" in failure.message
    assert "имя, итог" in failure.message


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_empty_rows_are_passed_over_and_empty_texts_are_articles(read, form):
    rows = [{"id": "1", "text": ""}, {"id": "", "text": ""}, {"id": "3", "text": "Да."}]
    assert [(item.id, len(item.spans)) for item in read(MADE[form](rows))] == [("1", 0), ("3", 1)]


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_text_that_is_too_large_fails_alone(read, form):
    rows = [{"id": "1", "text": "Да. " * 1000}, {"id": "2", "text": "Нет."}]
    first, second = read(MADE[form](rows), max_bytes=3500)
    assert first == Failure("1", "a.bin:2: over 3,500 bytes; split it or allow more with --max-bytes".replace(
        "a.bin:2", "a.bin:2" if form == "xlsx" else "a.bin:1"))  # fmt: skip
    assert second.text == "Нет."


def test_a_line_that_is_too_large_ends_a_csv_table(read):
    rows = [{"id": "1", "text": "Да."}, {"id": "2", "text": "Нет. " * 1000}]
    first, failure = read(table(rows), max_bytes=3500)
    assert first.text == "Да."
    assert "over 3,500 bytes" in failure.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_in_any_encoding_with_any_delimiter(read, encoding, delimiter):
    rows = [dict(ROWS[0], текст="Завод, цех; линия | труба\n«Да»")]
    (article,) = read(table(rows, encoding=encoding, delimiter=delimiter))
    assert article.paragraphs == [TITLE, "Завод, цех; линия | труба", "«Да»"]
    told = {"cp1251": ("decoded as cp1251",), "utf-16": ("decoded as UTF-16",)}
    assert article.warnings == told.get(encoding, ())


def test_an_encoding_that_is_named_is_used(read):
    rows = [{"id": "1", "text": "Да, я."}]
    assert read(table(rows, encoding="mac-cyrillic"), encoding="mac-cyrillic")[0].text == "Да, я."


def test_what_does_not_fit_the_encoding_ends_the_table_with_a_line(read):
    head = table([{"id": n, "text": "Завод открыли."} for n in range(3000)], encoding="utf-8")
    *articles, failure = read(head + "9;Да\r\n".encode("cp1251"))
    assert len(articles) >= 2700  # what stands in the same buffer is lost
    assert isinstance(failure, Failure)
    assert "--encoding" in failure.message


def test_a_quote_that_never_ends_takes_no_memory(read):
    broken = b'id;text\r\n1;ok\r\n2;"' + b"a" * 50 + b"\r\n" + b"aaa aaa\r\n" * 1000
    first, failure = read(broken, max_bytes=5000)
    assert first.text == "ok"
    assert isinstance(failure, Failure)


def test_a_row_without_a_cell_for_the_text_fails_alone(read):
    items = read(b"id;text\r\n1;one\r\n2\r\n3;three\r\n")
    assert [type(item) for item in items] == [Article, Failure, Article]
    assert items[1] == Failure("2", "a.bin:3: the row has no cell for the text; is a separator missing?")


def test_csv_rows_are_given_while_the_file_is_still_read():
    rows = table([{"id": n, "text": "Завод открыли вчера." * 20} for n in range(2000)])
    raw = io.BytesIO(rows)
    articles = read_csv(io.BufferedReader(raw, 1 << 16), "a", None, 10_000)
    assert next(articles).id == "0"
    assert raw.tell() < len(rows) / 2


def test_csv_numbers_are_lines_of_the_file(read):
    stream = io.StringIO()
    csv.writer(stream).writerows([["text", "n"], ["a\nb", 1], ["c", 2]])
    assert [item.id for item in read(stream.getvalue().encode())] == ["a.bin:2", "a.bin:4"]


def test_headings_below_a_title_and_other_sheets(read):
    above = (["Мониторинг СМИ"], ["за ноябрь 2024"], [])
    items = read(spreadsheet(above=above, other_sheet=True), "m.xlsx")
    assert [item.id for item in items] == ["7", "8"]
    rows = [{"текст": "Да.", "n": 1}]
    assert [item.id for item in read(spreadsheet(rows, above=above), "m.xlsx")] == ["m.xlsx:5"]
    assert [item.id for item in read(spreadsheet(rows, other_sheet=True), "m.xlsx")] == ["m.xlsx:Sheet:2"]


def test_surrogates_and_control_characters_of_a_cell(read):
    (article,) = read(parquet([{"text": "Завод\x1b открыли", "title": "\x07Да"}]))
    assert "\x1b" not in article.text
    assert article.warnings == ("2 control characters replaced by spaces",)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (b'1;"one"\r\n2;"two\r\n3;three\r\n', 3),  # up to the end of the file
        (b'1;"one"\r\n2;"two\r\n3;"three"\r\n4;four\r\n', 3),  # up to the next quote
    ],
)
def test_an_open_quote_swallows_no_rows(read, rows, line):
    first, failure = read(b"id;text\r\n" + rows)
    assert first.text == "one"
    assert isinstance(failure, Failure)
    assert failure.message.startswith(f"line {line}: the row has no proper end (")
    assert failure.message.endswith(", and the rest was not read; mend its quotes")


def test_an_open_quote_among_the_headings_is_told(read):
    (failure,) = read(b'id;text;"note\r\n1;one;\r\n')
    assert failure.message.startswith("line 1: the row has no proper end (")


def test_quotes_inside_a_cell_are_no_quotes_around_it(read):
    items = read('id;text\n1;Завод "Луч" открыт\n2;"Завод ""Луч"" открыт"\n'.encode())
    assert [item.text for item in items] == ['Завод "Луч" открыт'] * 2


def test_text_after_a_closing_quote_is_read(read):
    items = read('id;text\n1;"Луч" открыт\n2;Да\n'.encode())
    assert [item.text for item in items] == ["Луч открыт", "Да"]


def test_bytes_in_a_cell_are_text_in_utf_8_or_a_failure(read):
    rows = [{"id": b"7", "text": "Завод".encode()}, {"id": b"8", "text": "Завод".encode("cp1251")}]
    first, second = read(parquet(rows), "t.parquet")
    assert (first.id, first.text) == ("7", "Завод")
    assert second == Failure("t.parquet:2", "binary data in a column: byte 0 is not UTF-8; write texts into it")
