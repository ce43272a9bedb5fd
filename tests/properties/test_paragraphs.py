"""Paragraphs partition a text exactly, whatever it holds."""

from hypothesis import given
from hypothesis import strategies as st

from tagger.article import Article

ANY = st.text(st.characters(exclude_categories=("Cs",)))
LINES = st.lists(st.sampled_from(["Завод", " да ", "", "\t", "\u00a0x\u2028", "\ufeff", "😀 й\u0306"]), max_size=12)
ENDS = st.sampled_from(["\n", "\r", "\r\n", "\n\n", "\r\r\n"])


@given(ANY)
def test_pieces_joined_are_the_text(text):
    article = Article.from_text(text)
    assert "".join(article.pieces()) == text
    assert article.text == text


@given(ANY)
def test_spans_ascend_and_lie_apart(text):
    position = -1
    for span in Article.from_text(text).spans:
        assert position < span.start < span.stop <= len(text)
        position = span.stop


@given(ANY)
def test_a_paragraph_is_the_stripped_content_of_a_line_and_every_line_is_there(text):
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    assert Article.from_text(text).paragraphs == [line for line in lines if line]


@given(LINES, ENDS)
def test_the_kind_of_line_end_changes_no_paragraph(lines, end):
    assert Article.from_text(end.join(lines)).paragraphs == Article.from_text("\n".join(lines)).paragraphs


@given(ANY)
def test_gaps_hold_nothing_but_white_space(text):
    gaps = list(Article.from_text(text).pieces())[::2]
    assert all(not gap.strip() for gap in gaps)


@given(st.lists(ANY, max_size=8))
def test_ready_paragraphs_keep_their_number_and_lengths(paragraphs):
    article = Article.from_paragraphs(paragraphs)
    assert [len(text) for text in article.paragraphs] == [len(text) for text in paragraphs]
    assert "".join(article.pieces()) == article.text
    for found, given_text in zip(article.paragraphs, paragraphs, strict=True):
        assert found == given_text.replace("\r", " ").replace("\n", " ")


@given(ANY)
def test_cutting_a_text_again_at_its_paragraphs_changes_nothing(text):
    paragraphs = Article.from_text(text).paragraphs
    again = Article.from_paragraphs(paragraphs)
    assert again.paragraphs == paragraphs
    assert Article.from_text(again.text).paragraphs == paragraphs
