import io

import pytest

from tagger.cli.documents.reader import Limits, read_document
from tagger.cli.inputs import articles_of


@pytest.fixture
def read():
    """Read a document from memory; gives the list of articles and failures."""

    def call(data, name="a.bin", *, encoding=None, max_bytes=1_000_000):
        stream = io.BufferedReader(io.BytesIO(data), 1 << 16)
        return list(articles_of(read_document(stream, name, Limits(encoding, max_bytes))))

    return call


@pytest.fixture
def one(read):
    """Read a document that holds one article."""

    def call(*arguments, **options):
        (item,) = read(*arguments, **options)
        return item

    return call
