"""Parquet: an article a row, by pyarrow, a few rows in memory at a time."""

from collections.abc import Iterator
from typing import IO, Any

from tagger.article import Article
from tagger.cli.documents.guarding import missing, reading
from tagger.cli.documents.headings import find_columns
from tagger.cli.documents.tables import Row, articles
from tagger.cli.inputs import Failure

ROWS = 64
"""Rows that are unpacked at a time."""


def read_parquet(stream: IO[bytes], name: str, max_bytes: int) -> Iterator[Article | Failure]:
    """Articles of a Parquet file; only the columns that `find_columns` knows are read.

    Raises:
        InputError: pyarrow is missing, the file is damaged, or no column holds texts.
    """
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise missing(error, "a Parquet file", "parquet") from error
    with reading("a Parquet file"):
        table: Any = ParquetFile(stream)
        headings = table.schema_arrow.names
    wanted = [headings[place] for place in find_columns(headings).values()]
    yield from articles(_rows(table, wanted), wanted or headings, name, "parquet", max_bytes)


def _rows(table: Any, wanted: list[str]) -> Iterator[Row]:
    batches = table.iter_batches(batch_size=ROWS, columns=wanted)
    number = 0
    while True:
        with reading("a Parquet file"):
            batch = next(batches, None)
            rows = [tuple(row.values()) for row in batch.to_pylist()] if batch is not None else []
        if batch is None:
            return
        for row in rows:
            number += 1
            yield number, row
