"""Articles: where paragraphs begin and end."""

import pytest

from tagger.article import Article, Span


def spans(text):
    return [(span.start, span.stop) for span in Article.from_text(text).spans]


def test_one_non_empty_line_is_one_paragraph():
    article = Article.from_text("Один\n\n  \nДва слова\n")
    assert article.paragraphs == ["Один", "Два слова"]
    assert spans("Один\n\n  \nДва слова\n") == [(0, 4), (9, 18)]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\r\n", "\r\r"])
def test_lf_cr_and_crlf_end_a_line(end):
    assert Article.from_text(f"Один{end}Два").paragraphs == ["Один", "Два"]
    assert spans(f"Один{end}Два") == [(0, 4), (4 + len(end), 7 + len(end))]


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c"])
def test_other_line_separators_stand_inside_paragraphs(inside):
    assert Article.from_text(f"Один{inside}два").paragraphs == [f"Один{inside}два"]


def test_white_space_around_a_paragraph_is_not_part_of_it():
    text = "\t Один  два \u00a0\n\u3000Три\u2028\n"
    assert Article.from_text(text).paragraphs == ["Один  два", "Три"]
    assert spans(text) == [(2, 11), (15, 18)]


@pytest.mark.parametrize("text", ["", "\n", " \t\r\n\u00a0\n"])
def test_a_text_without_content_has_no_paragraphs(text):
    article = Article.from_text(text)
    assert article.spans == ()
    assert "".join(article.pieces()) == text


def test_offsets_count_code_points_not_bytes_or_utf16_units():
    assert spans("😀😀\n𝕏й") == [(0, 2), (3, 5)]


def test_a_decomposed_letter_counts_as_its_code_points():
    assert spans("и\u0306\nй") == [(0, 2), (3, 4)]


def test_pieces_are_gaps_and_paragraphs_in_turn():
    assert list(Article.from_text("\n Да \r\nНет").pieces()) == ["\n ", "Да", " \r\n", "Нет", ""]


def test_id_and_warnings_are_kept():
    article = Article.from_text("Да", "новость.txt", ("decoded as cp1251",))
    assert (article.id, article.warnings) == ("новость.txt", ("decoded as cp1251",))
    assert Article.from_text("Да").id == ""


def test_ready_paragraphs_keep_their_number_length_and_order():
    article = Article.from_paragraphs(["Один", "", " два ", "три"], "7")
    assert article.text == "Один\n\n два \nтри"
    assert article.spans == (Span(0, 4), Span(5, 5), Span(6, 11), Span(12, 15))
    assert article.paragraphs == ["Один", "", " два ", "три"]
    assert article.id == "7"


def test_line_ends_in_a_ready_paragraph_become_spaces_without_moving_anything():
    article = Article.from_paragraphs(["а\r\nб", "в\nг"])
    assert article.paragraphs == ["а  б", "в г"]
    assert article.spans == (Span(0, 4), Span(5, 8))


def test_no_ready_paragraphs_make_an_empty_article():
    assert Article.from_paragraphs([]) == Article("", ())


def test_articles_and_spans_are_frozen():
    with pytest.raises(AttributeError):
        Article.from_text("Да").text = "Нет"
    with pytest.raises(AttributeError):
        Span(0, 1).start = 2
