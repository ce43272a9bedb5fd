"""Mails: .eml to paragraphs, sender, subject and date; plain text rather than HTML."""

from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from tagger.article import Article
from tagger.cli.documents.guarding import reading
from tagger.cli.documents.metadata import metadata_of
from tagger.cli.documents.web_page import headed, page_text
from tagger.cli.documents.wrapped import article_from_text
from tagger.errors import DecodingError, InputError
from tagger.reading import Decoded, clean, decode


def read_mail(data: bytes, name: str, encoding: str | None) -> Article:
    """The text of a mail, its subject before it; attachments are not read, and counted in a warning.

    Raises:
        InputError: it has no text, or only HTML and the library that reads it is missing.
    """
    with reading("a mail"):
        message = message_from_bytes(data, policy=policy.default)
        subject, date = str(message["subject"] or ""), str(message["date"] or "")
        sender = _sender(message)
        body = message.get_body(("plain", "html"))
        left_out = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    if body is None:
        raise InputError("a mail without text; save its attachment and give that")
    decoded = _decoded(body, encoding)
    text, notes = decoded.text, decoded.warnings
    if body.get_content_type() == "text/html":
        text, _, more = page_text(text)
        notes += more
    if left_out:
        notes += (f"{left_out} attachments of the mail were not read",)
    blank, controls = clean(headed(text, subject))
    found = metadata_of(format="eml", title=subject, date=date, outlet=sender)
    return article_from_text(blank, name, notes + controls, found)


def _sender(message: EmailMessage) -> str:
    addresses = getattr(message["from"], "addresses", ())
    return str(addresses[0].display_name or addresses[0].addr_spec) if addresses else ""


def _decoded(body: MIMEPart, encoding: str | None) -> Decoded:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return decode(data, encoding or body.get_content_charset())
    except DecodingError:
        if encoding:
            raise
        return decode(data)  # the mail names a wrong charset or one that nobody knows
