"""Detection: contents tell the kind, whatever the name."""

import json

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
        "{Сноска} о заводе",
        '{"Завод" открыли} вчера\nи пустили цех',
        "[12:30] Вести",
        "[{1}] Вести: завод открыли",
        '["Вести"] Завод открыли',
        '["Завод": цех открыли]',
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


RECORDS = [{"id": "1", "text": "Завод\nоткрыли"}, {"id": "2", "text": "Да"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=1, ensure_ascii=False),
        json.dumps(RECORDS[0], indent=1),
        json.dumps(RECORDS).replace("}, ", "},\n"),
        "".join(json.dumps(record, indent=1) for record in RECORDS),
        '\n{"a \\" b" :\n1}',
    ],
)
def test_json_that_is_no_json_lines_is_no_text(text, encoding):
    assert kind_of(text.encode(encoding), "a.txt") == "json"


@pytest.mark.parametrize(
    ("text", "kind"), [('["Завод", "цех"]', "json"), ('{"text": "Завод"}', "jsonl"), ("Завод", "txt")]
)
def test_under_a_name_of_json_a_bracket_will_do(text, kind):
    assert kind_of(text.encode(), "A.JSON") == kind
