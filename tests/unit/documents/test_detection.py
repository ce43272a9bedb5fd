"""Detection: contents tell the kind, whatever the name."""

import pytest
from documents_made import PAGE, TEXT, every_kind, mail, table

from tagger.cli.documents.detection import HEAD, kind_of


@pytest.mark.parametrize("wrong", ["a.txt", "a.pdf", "noname", "-"])
def test_contents_tell_the_kind_under_any_name(wrong):
    kinds = {name: kind_of(data[:HEAD], wrong) for name, data in every_kind().items()}
    assert kinds == {
        "a.txt": "txt",
        "a.html": "html",
        "a.docx": "zip",
        "a.pdf": "pdf",
        "a.eml": "eml",
        "a.jsonl": "jsonl",
        "a.csv": "csv",
        "a.xlsx": "zip",
        "a.parquet": "parquet",
        "a.txt.gz": "gz",
        "a.jsonl.zst": "zst",
        "a.zip": "zip",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_byte_order_marks_and_encodings_do_not_hide_pages_and_tables(encoding):
    page = PAGE.replace("—", "-").replace("–", "-").replace("©", "(c)")
    assert kind_of(f"\n  {page}".encode(encoding), "a") == "html"
    assert kind_of("ид;Текст;дата\n1;Да;\n".encode(encoding), "a") == "csv"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Он сказал: {нет}",
        '{\n "text": "Завод"\n}',
        "<Москва> сообщает",
        "Текст, дата и подпись были на месте",
        "From: мы писали\nа потом пошли домой",
        "Москва: итоги\n\nДата: 1 мая",
        TEXT,
    ],
)
def test_plain_text_stays_plain_text(text):
    assert kind_of(text.encode(), "a.txt") == "txt"


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jsonl", "jsonl"), ("A.NDJSON", "jsonl"), ("a.csv", "csv"), ("a", "txt")]
)
def test_a_name_decides_between_kinds_that_are_plain_text(name, kind):
    assert kind_of("сломано\n".encode(), name) == kind


def test_a_mail_with_folded_fields_and_a_tab_separated_table():
    assert kind_of(b"Received: from a\r\n\tby b\r\nFrom: c\r\n\r\n" + mail(), "a") == "eml"
    assert kind_of(table(delimiter="\t"), "a") == "csv"
