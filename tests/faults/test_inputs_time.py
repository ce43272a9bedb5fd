"""Row I8 of the fault contract: no document takes more than linear time to read."""

import io
import time

import pytest

from tagger.article import Article
from tagger.cli.documents.pdf_file import _on_one_line
from tagger.cli.documents.reader import Limits, read_document

SECONDS = 3
"""Of the processor; each of these takes a tenth of it, and took more than three times as long when it was found."""
ENDLESS = {
    "spaces-between-sentences": "Завод открыли." + " " * 20_000 + "и " + "слово " * 300,
    "wide-spaces": "Завод открыли." + "\u3000" * 20_000 + "и " + "слово " * 300,
    "dots": "." * 1_000_000,
    "quotes": "Завод открыли." + "»" * 100_000 + "и " + "слово " * 300,
    "dashes": "Завод. — " * 50_000,
    "comments": "<!---->" * 24 + "Завод",
    "lines": ("ж" * 70 + "\n") * 20_000,
    "line-ends": "\r" * 1_000_000,
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_i08_no_text_takes_more_than_linear_time_to_cut(text):
    begin = time.process_time()
    stream = io.BufferedReader(io.BytesIO(text.encode()))
    (article,) = read_document(stream, "a.txt", Limits("utf-8", 10_000_000))
    assert time.process_time() - begin < SECONDS
    assert isinstance(article, Article)
    assert article.text == text


def test_i08_a_word_without_end_on_a_page_of_a_pdf_takes_linear_time():
    word = "ж" * 30_000
    begin = time.process_time()
    assert _on_one_line(f"{word} пред-\nприятие") == f"{word} предприятие"
    assert time.process_time() - begin < SECONDS
