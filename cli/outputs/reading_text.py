"""Text: what a person reads in a terminal."""

from typing import TextIO

import click

from tagger.cli.inputs import Failure
from tagger.cli.reading_view import article_view
from tagger.cli.translation import reader_language
from tagger.prediction import Prediction
from tagger.tagging import Tagger


class ReadingText:
    """Writes the text view of each prediction; failures are told on standard error alone."""

    def __init__(self, out: TextIO, tagger: Tagger, level: str, explain: bool) -> None:
        self._out = out
        language = reader_language()
        self._titles = {event_type.id: event_type.title(language) for event_type in tagger.event_types}
        self._level, self._explain = level, explain
        self._first = True

    def add(self, item: Prediction | Failure) -> None:
        """Write one answer."""
        if isinstance(item, Failure):
            return
        view = article_view(item, self._titles, self._level, self._explain)
        click.echo(("" if self._first else "\n") + view, file=self._out)
        self._first = False

    def close(self) -> None:
        """Nothing comes after the last."""
