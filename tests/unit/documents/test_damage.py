"""Damaged documents and noise end in articles or one-line failures, never in another error."""

import re

import pytest
from documents_made import every_kind, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.article import Article
from tagger.cli.inputs import Failure

KINDS = every_kind()


def check(items):
    for item in items:
        assert isinstance(item, Article | Failure)
        if isinstance(item, Failure):
            assert re.fullmatch(r"[^\r\n]+", item.message), item.message
        else:
            (item.text + item.id + "".join(item.metadata.values())).encode()


@pytest.fixture(scope="session")
def quiet(request):
    """The reader as a function of bytes, for properties."""
    import io

    from tagger.cli.documents.reader import Limits, read_document
    from tagger.cli.inputs import articles_of

    def call(data):
        stream = io.BufferedReader(io.BytesIO(data), 1 << 16)
        return list(articles_of(read_document(stream, "a", Limits(None, 1_000_000))))

    return call


@pytest.mark.parametrize("name", KINDS)
@given(share=st.floats(0, 1))
@settings(max_examples=8)
def test_truncated(quiet, name, share):
    check(quiet(KINDS[name][: int(share * len(KINDS[name]))]))


@pytest.mark.parametrize("name", KINDS)
@given(places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=10)
def test_flipped(quiet, name, places):
    data = bytearray(KINDS[name])
    for place, value in places:
        data[int(place * (len(data) - 1))] = value
    check(quiet(bytes(data)))


@pytest.mark.parametrize("magic", [b"", b"%PDF-1.7\n", b"PAR1", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"PK\x03\x04",
                                   b"<html>", b"From: a\nTo: b\n\n", b"id;text\n", b'{"text": "'])  # fmt: skip
@given(noise=st.binary(max_size=300))
@settings(max_examples=15)
def test_noise(quiet, magic, noise):
    check(quiet(magic + noise))


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml"])
@given(noise=st.binary(max_size=60))
@settings(max_examples=10)
def test_office_documents_of_noise(quiet, part, noise):
    (failure,) = quiet(zipped({part: noise, "[Content_Types].xml": noise}))
    assert failure.message.startswith("binary data, detected a ")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.xlsx", "a.parquet", "a.txt.gz", "a.jsonl.zst", "a.zip"])
def test_half_a_document_is_named_as_what_it_was(quiet, name, capfd):
    failure = quiet(KINDS[name][: len(KINDS[name]) // 2])[-1]
    assert isinstance(failure, Failure)
    assert failure.message.startswith("binary data, detected")
    assert capfd.readouterr() == ("", "")
