"""Word files: .docx to paragraphs, by python-docx."""

from collections.abc import Iterator
from typing import IO, Any

from tagger.article import Article
from tagger.cli.documents.guarding import missing, reading
from tagger.cli.documents.metadata import metadata_of
from tagger.cli.documents.wrapped import article_from_text
from tagger.reading import clean


def read_word(stream: IO[bytes], name: str) -> Article:
    """Paragraphs and tables in the document's order; the cells of a table's row are one paragraph.

    Its dates are not taken: they tell when the file was written, not when the article was.

    Args:
        stream: a .docx whose size, unpacked too, was looked at.
        name: the article's id.

    Raises:
        InputError: python-docx is missing, or the document is damaged.
    """
    try:
        import docx
    except ImportError as error:
        raise missing(error, "a Word document", "docx") from error
    with reading("a Word document (.docx)"):
        document = docx.Document(stream)
        text = "\n".join(_blocks(document))
        title = str(document.core_properties.title)
    blank, controls = clean(text)
    return article_from_text(blank, name, controls, metadata_of(format="docx", title=title))


def _blocks(holder: Any) -> Iterator[str]:
    from docx.table import Table

    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            yield from (_row(row) for row in block.rows)
        else:
            yield block.text


def _row(row: Any) -> str:
    texts = (" ".join(" ".join(_blocks(cell)).split()) for cell in row.cells)
    return " | ".join(dict.fromkeys(text for text in texts if text))  # a merged cell is given once for each column
