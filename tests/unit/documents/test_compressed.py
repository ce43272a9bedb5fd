"""Compressed files: what is in them is read as if it lay open; bombs are not read to their end."""

import gzip
import io
import tracemalloc
import zipfile

import pytest
from documents_made import PAGE, PARAGRAPHS, TEXT, TITLE, every_kind, json_lines, pdf, spreadsheet, word, zipped, zstd

from tagger.article import Article
from tagger.cli.documents.compressed import RATIO
from tagger.cli.inputs import Failure

PACK = {"gz": gzip.compress, "zst": zstd, "zip": lambda data: zipped({"x": data})}


@pytest.mark.parametrize("pack", PACK)
def test_every_kind_is_read_through_every_compression(read, pack):
    for name, data in every_kind().items():
        plain = read(data, "a")
        assert all(isinstance(item, Article) for item in plain), name
        packed = read(PACK[pack](data), "a")
        assert [item.text for item in packed] == [item.text for item in plain], name
        assert [item.metadata for item in packed] == [item.metadata for item in plain], name


def test_names_in_an_archive_are_sorted_and_only_names(read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    items = read(zipped({"b.txt": "Б", "../../evil.txt": "В", "/etc/a.txt": "Г", "a/": ""}), "n.zip")
    assert [(item.id, item.text) for item in items] == [
        ("n.zip/../../evil.txt", "В"),
        ("n.zip//etc/a.txt", "Г"),
        ("n.zip/b.txt", "Б"),
    ]
    assert list(tmp_path.iterdir()) == []


def test_hidden_files_and_the_companions_of_a_saved_page_are_passed_over(read):
    contents = {
        "p.html": PAGE,
        "p_files/logo.png": b"\x89PNG....",
        "p_files/a.html": PAGE,
        "q_files/a.txt": "Да",
        "__MACOSX/x": "1",
        ".DS_Store": "1",
        "a/.git/x": "1",
    }
    assert [item.id for item in read(zipped(contents), "n.zip")] == ["n.zip/p.html", "n.zip/q_files/a.txt"]


def test_a_bad_file_in_an_archive_fails_in_its_place(read):
    items = read(zipped({"a.txt": "А", "b.png": b"\x89PNG\r\n\x1a\n", "c.txt": "В", "d.pdf": pdf()[:300]}), "n.zip")
    assert [isinstance(item, Failure) for item in items] == [False, True, False, True]
    assert items[1].message.startswith("binary data, detected a PNG")


def test_russian_names_of_an_old_windows(read):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("?" * 7 + ".txt", "Да")
    data = stream.getvalue().replace(b"?" * 7, "новость".encode("cp866"))
    assert [item.id for item in read(data, "n.zip")] == ["n.zip/новость.txt"]


def test_an_encrypted_file_is_told(read):
    data = bytearray(zipped({"a.txt": "Да"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    (failure,) = read(bytes(data), "n.zip")
    assert failure == Failure("n.zip/a.txt", "is encrypted; unpack the archive with its password first")


@pytest.mark.parametrize("pack", PACK)
def test_a_bomb_of_one_text_takes_no_memory(one, pack):
    bomb = PACK[pack](b"a" * 60_000_000)
    tracemalloc.start()
    failure = one(bomb, max_bytes=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert failure.message.startswith("over 100,000 bytes")
    assert peak < 5_000_000


@pytest.mark.parametrize("pack", PACK)
@pytest.mark.parametrize("line", [b'{"text": ""}\n', b"\n"])
def test_a_bomb_of_many_lines_is_not_read_to_its_end(read, pack, line):
    head = b'{"text": "a"}\n'
    *articles, failure = read(PACK[pack](head + line * (1_000_000 // len(line))), max_bytes=10_000)
    assert len(articles) < 200_000
    assert failure.message.startswith(f"unpacks to over {RATIO} times its size")


def test_archives_in_archives_end_somewhere(read):
    data = TEXT.encode()
    for _ in range(3):
        data = gzip.compress(data)
    assert read(data)[0].text == TEXT
    (failure,) = read(gzip.compress(data))
    assert "unpack it first" in failure.message


def test_a_truncated_archive_gives_what_can_be_read_and_one_line(read):
    data = gzip.compress(json_lines([f"Завод {n} открыли" for n in range(20_000)]))
    *articles, failure = read(data[: len(data) // 2])
    assert len(articles) > 1000
    assert isinstance(failure, Failure)
    assert failure.message.startswith("binary data, detected gzip, but it is damaged")


@pytest.mark.parametrize("names", [["mimetype", "content.xml"], ["[Content_Types].xml", "ppt/presentation.xml"]])
def test_other_office_documents_are_named(read, names):
    (failure,) = read(zipped(dict.fromkeys(names, "x")))
    assert "office document" in failure.message


def test_an_empty_archive_has_no_articles(read):
    assert read(zipped({})) == []


def test_documents_in_an_archive_keep_their_metadata(read):
    page, sheet, again, text = read(zipped({"1": PAGE, "2.xlsx": spreadsheet(), "3": word()}), "n.zip")
    assert page.metadata["title"] == TITLE
    assert (sheet.id, again.id) == ("7", "8")
    assert text.paragraphs == [TITLE, *PARAGRAPHS]


def test_files_of_the_same_name_are_all_read(read):
    """As in an archive to which something was appended."""
    stream = io.BytesIO(zipped({"a.txt": "Было"}))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.txt", "Стало")
    items = read(stream.getvalue(), "n.zip")
    assert [(item.id, item.text) for item in items] == [("n.zip/a.txt", "Было"), ("n.zip/a.txt", "Стало")]
