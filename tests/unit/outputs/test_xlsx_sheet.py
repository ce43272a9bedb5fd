"""A sheet: texts survive as they are as far as Excel can hold them, and go on in a further sheet."""

import io

import openpyxl
import pytest
from xlsxwriter import Workbook

from tagger.cli.outputs.xlsx_sheet import MAX_CELL, Sheet, fitting, formats


def book_of(rows, **options):
    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True})
    sheet = Sheet(book, "Абзацы", {"id": "Статья", "text": "Текст"}, formats(book), **options)
    for row in rows:
        sheet.add(row)
    sheet.close()
    book.close()
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()), rich_text=True)


@pytest.mark.parametrize(
    "text", ["=1+1", "https://example.org", "{=A1}", " a\n b ", "_x0041_", "<b>&", "00123", "\U0001f600", "'x"]
)
def test_a_text_stays_a_text(text):
    cell = book_of([{"id": "1", "text": text}])["Абзацы"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    "pieces",
    [
        [("Учёным ", False), ("вручили", True), (" премию", False)],
        [("вручили", True), (" ", False), ("премию", True)],
        [("_x0041_ ", False), ("<b>", True)],
    ],
)
def test_highlighted_pieces_are_bold_and_the_whole_is_the_text(pieces):
    value = book_of([{"text": pieces}])["Абзацы"]["B2"].value
    assert "".join(map(str, value)) == "".join(text for text, _ in pieces)
    assert [str(part) for part in value if getattr(part, "font", None) and part.font.b] == [
        t for t, marked in pieces if marked
    ]


def test_one_piece_is_no_rich_text():
    assert book_of([{"text": [("премия", True)]}])["Абзацы"]["B2"].value == "премия"


@pytest.mark.parametrize(("letter", "units"), [("я", 1), ("\U0001f600", 2)])
def test_a_text_too_long_for_a_cell_is_cut_with_an_ellipsis(letter, units):
    value = book_of([{"id": "1", "text": [(letter * 20_000, False), (letter * 20_000, True)]}])["Абзацы"]["B2"].value
    text = "".join(map(str, value)) if not isinstance(value, str) else value
    assert text.endswith("…")
    assert MAX_CELL - units <= len(text.encode("utf-16-le")) // 2 <= MAX_CELL


def test_what_fits_exactly_is_not_cut():
    text = "я" * (MAX_CELL - 1)
    assert fitting([(text, False)]) == [(text, False)]


def test_what_xml_cannot_hold_becomes_a_space():
    assert book_of([{"text": "а\x00\x0b\ud800\uffffб"}])["Абзацы"]["B2"].value == "а    б"


def test_rows_beyond_a_sheet_go_to_the_next():
    book = book_of([{"id": str(number)} for number in range(7)], max_rows=4)
    assert book.sheetnames == ["Абзацы", "Абзацы 2", "Абзацы 3"]
    found = [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in book]
    assert found == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert all(sheet["A1"].value == "Статья" for sheet in book)
