"""Word files, as python-docx writes them."""

import io
import zipfile

import pytest
from documents_made import PARAGRAPHS, TITLE, word

from tagger.cli.inputs import Failure


def test_paragraphs_are_those_of_the_document(one):
    article = one(word())
    assert article.paragraphs == [TITLE, *PARAGRAPHS]
    assert article.metadata == {"format": "docx"}
    assert article.warnings == ()


def test_rows_of_tables_are_paragraphs_in_their_place_and_the_title_is_taken(one):
    article = one(word([TITLE, ""], [("Завод", "Рабочих мест"), ("Новая\nлиния", "200")], title="Сводка"))
    assert article.paragraphs == [TITLE, "Завод | Рабочих мест", "Новая линия | 200"]
    assert article.metadata["title"] == "Сводка"


def test_an_empty_document_has_no_paragraphs(one):
    assert one(word([])).spans == ()


def changed(data, name, content):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return stream.getvalue()


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(one):
    failure = one(changed(word(), "word/media/image1.png", bytes(3_000_000)))
    assert failure == Failure("a.bin", "over 1,000,000 bytes; split it or allow more with --max-bytes")


@pytest.mark.parametrize("entity", ['"{}"', 'SYSTEM "file:///etc/hostname"'])
def test_entities_are_not_expanded(one, entity):
    with zipfile.ZipFile(io.BytesIO(word(["МЕСТО"]))) as archive:
        xml = archive.read("word/document.xml").decode()
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    xml = xml.replace("<w:document", f"<!DOCTYPE d [<!ENTITY e0 {entity.format('ха')}>{laughs}]><w:document", 1)
    item = one(changed(word(), "word/document.xml", xml.replace("МЕСТО", "Да &e8;" if "{}" in entity else "Да &e0;")))
    text = item.message if isinstance(item, Failure) else item.text
    assert len(text) < 500
    with open("/etc/hostname") as host:
        assert host.read().strip() not in text
