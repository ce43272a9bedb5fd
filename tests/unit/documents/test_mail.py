"""Mails, as the standard library writes them."""

import pytest
from documents_made import PAGE, PARAGRAPHS, TEXT, TITLE, mail

from tagger.cli.inputs import Failure


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "windows-1251"])
def test_plain_text_sender_subject_and_date(one, charset):
    text = TEXT if charset == "utf-8" else TEXT.replace("—", "-").replace("«", '"').replace("»", '"')
    article = one(mail(plain=text, charset=charset))
    assert article.paragraphs == text.split("\n")
    assert article.warnings == ()
    assert article.metadata == {
        "title": TITLE,
        "date": "2024-11-15T10:30:00+03:00",
        "outlet": "Пресс-служба завода",
        "format": "eml",
    }


def test_plain_text_comes_before_html_and_the_subject_is_the_headline(one):
    assert one(mail(plain="Коротко о главном.", html=PAGE)).paragraphs == [TITLE, "Коротко о главном."]


def test_html_alone_is_read_as_a_page(one):
    paragraphs = one(mail(plain=None, html=PAGE)).paragraphs
    assert paragraphs[0] == TITLE
    assert [part for part in paragraphs if part in PARAGRAPHS] == PARAGRAPHS


def test_attachments_are_counted(one):
    assert one(mail(attachment=b"123")).warnings == ("1 attachments of the mail were not read",)


def test_a_mail_of_an_attachment_only_is_one_line(one):
    data = mail(plain=None, attachment=b"123")
    failure = one(data)
    assert isinstance(failure, Failure)
    assert "without text" in failure.message


@pytest.mark.parametrize("charset", ["ascii", "x-unknown"])
def test_a_wrong_charset_is_found_out(one, charset):
    data = mail(charset="windows-1251", plain=TEXT.replace("—", "-")).replace(b"windows-1251", charset.encode())
    article = one(data)
    assert article.paragraphs[0] == TITLE
    assert article.warnings == ("decoded as cp1251",)
