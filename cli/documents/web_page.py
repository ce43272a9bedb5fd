"""Web pages: saved HTML to paragraphs, headline, date, outlet and address, by trafilatura."""

import re
from typing import Any

from tagger.article import Article
from tagger.cli.documents.guarding import missing, reading
from tagger.cli.documents.metadata import metadata_of
from tagger.cli.documents.wrapped import article_from_text
from tagger.errors import DecodingError, InputError
from tagger.reading import Decoded, clean, decode

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+) -->")
_OPTIONS: dict[str, Any] = {
    "include_comments": False,
    "date_extraction_params": {"original_date": True, "extensive_search": False},
}


def read_web_page(data: bytes, name: str, encoding: str | None) -> Article:
    """The article on a saved page; its headline is the first paragraph.

    Args:
        data: HTML.
        name: the article's id.
        encoding: None takes what the page declares, or finds it out.

    Raises:
        InputError: a library is missing, or there is no text.
    """
    decoded = _decoded(data, encoding)
    text, fields, notes = page_text(decoded.text)
    blank, controls = clean(text)
    return article_from_text(blank, name, decoded.warnings + notes + controls, metadata_of(format="html", **fields))


def page_text(page: str) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Text, metadata and warnings of a page; all of its text if no article is found on it.

    Raises:
        InputError: a library is missing, or there is no text.
    """
    try:
        from trafilatura import bare_extraction, html2txt
    except ImportError as error:
        raise missing(error, "a web page", "html") from error
    saved_from = _SAVED_FROM.search(page[:4096])
    address = saved_from[1] if saved_from else None
    with reading("a web page"):
        found: Any = bare_extraction(page, url=address, with_metadata=True, **_OPTIONS)
        if found is not None and found.text:
            fields = {
                "title": found.title,
                "date": found.date or _shown_date(page),
                "outlet": found.sitename or found.hostname,
                "address": found.url or address,
            }
            return headed(found.text, found.title or ""), {k: v for k, v in fields.items() if v}, ()
        whole = html2txt(f"<html><body>{page}</body></html>")
    if not whole.strip():
        raise InputError("a web page without text; save it again when it has loaded")
    return whole, {"address": address} if address else {}, ("no article found on the page; all its text was taken",)


def _shown_date(page: str) -> str | None:
    """The date that a reader sees on a page which declares none; a first of January is but a copyright's year."""
    from htmldate import find_date

    found = find_date(page, original_date=True, extensive_search=True)
    return None if found is None or found.endswith("-01-01") else str(found)


def headed(text: str, title: str) -> str:
    """``text`` with ``title`` as its first line, unless it begins with it: headlines say what an article is about."""
    title = " ".join(title.split())
    begins = " ".join(text[: 2 * len(title) + 100].split()).casefold().startswith(title.casefold())
    return text if begins else f"{title}\n{text}"


def _decoded(data: bytes, encoding: str | None) -> Decoded:
    declared = _CHARSET.search(data, 0, 4096)
    if encoding is None and declared:
        try:
            return decode(data, declared[1].decode())
        except DecodingError:
            pass  # declared wrongly
    return decode(data, encoding)
