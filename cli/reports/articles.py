"""The report of `tagger predict`: counts, plots and a list of articles to filter, open and print, on one page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tagger.cli.inputs import Failure
from tagger.cli.reports.article_entry import Entry, article_entry, month
from tagger.cli.reports.bars import lying, upright
from tagger.cli.reports.counting import by_month, by_outlet, without_reprints
from tagger.cli.reports.figures import grouped
from tagger.cli.reports.page import asset, escaped, page
from tagger.cli.reports.reprints import Reprints
from tagger.cli.reports.wording import WORDING, month_name
from tagger.cli.translation import message
from tagger.codebook import EventType
from tagger.files import replace_file
from tagger.prediction import Prediction
from tagger.tagging import Tagger

MAX_TEXT = 40_000_000
"""Characters of texts that a page holds; browsers open it in seconds."""
OUTLETS = 10
"""Outlets in a plot."""
FAILURES = 200
"""Failures that are listed."""


@contextmanager
def reporting(path: Path, tagger: Tagger, language: str) -> Iterator["Report"]:
    """The report, which becomes the file ``path`` when the block ends well.

    Raises:
        EnvironmentFault: it cannot be written; the old content stands.
    """
    report = Report(tagger, language)
    yield report
    replace_file(path.resolve(), report.page())


class Report:
    """A writer that keeps what the page shows of each answer; texts of articles without events are not kept.

    Args:
        tagger: whose answers they are.
        language: ``"ru"`` or ``"en"``.
    """

    def __init__(self, tagger: Tagger, language: str) -> None:
        self._tagger, self._language, self._words = tagger, language, WORDING[language]
        self._entries: list[Entry] = []
        self._failures: list[str] = []
        self._reprints = Reprints()
        self._characters = self._too_long = 0

    def add(self, item: Prediction | Failure) -> None:
        """Take one answer."""
        if isinstance(item, Failure):
            self._failures.append(f"{item.id}: {message(item.message, self._language)}")
            return
        size = len(item.article.text) if item.labels else 0
        fits = self._characters + size <= MAX_TEXT
        self._characters += size if fits else 0
        self._too_long += not fits
        self._entries.append(article_entry(item, self._tagger.labels, with_text=bool(item.labels) and fits))
        self._reprints.add(item)

    def close(self) -> None:
        """The page is made when all went well, by `reporting`."""

    def page(self) -> bytes:
        """The page, in UTF-8."""
        entries = without_reprints(self._entries, self._reprints.groups())
        titles = [event_type.title(self._language) for event_type in self._tagger.event_types]
        plots = "\n".join(self._plots(entries, place, kind) for place, kind in enumerate(self._tagger.event_types))
        body = "\n".join(
            [
                self._head(entries),
                f"<h2>{self._words['counts']}</h2><div class='grid'>{plots}</div>",
                self._list(),
                self._unread(),
            ]
        )
        data = {"words": self._words, "titles": titles, "articles": entries}
        title = self._words["title"]
        style, script = asset("articles.css"), asset("articles.js")
        return page(title, body, data=data, style=style, script=script, language=self._language)

    def _head(self, entries: Sequence[Entry]) -> str:
        words = self._words
        found = sum(bool(entry["labels"]) for entry in entries)
        figures = {"read": len(self._entries), "once": len(entries), "found": found, "failed": len(self._failures)}
        tiles = "".join(
            f'<div class="tile"><b>{grouped(figure)}</b> {words[name]}</div>'
            for name, figure in figures.items()
            if figure or name != "failed"
        )
        notes = [words["about"].format(model=escaped(self._tagger.version)), words["texts"]]
        if self._too_long:
            notes.append(words["short"].format(count=grouped(self._too_long)))
        if not any(map(month, entries)):
            notes.append(words["dateless"])
        return f'<h1>{words["title"]}</h1><div class="tiles">{tiles}</div><p class="muted">{" ".join(notes)}</p>'

    def _plots(self, entries: Sequence[Entry], place: int, kind: EventType) -> str:
        words, title = self._words, kind.title(self._language)
        with_it = [entry for entry in entries if place in entry["labels"]]
        check = sum(place in entry["review"] for entry in with_it)
        checked = f", {words['to_check']}\xa0{grouped(check)}" if check else ""
        months = [(month_name(name, self._language), count) for name, count in by_month(entries, place)]
        outlets = by_outlet(entries, place, OUTLETS)
        plots = [f'<h3>{escaped(title)}</h3><p class="muted">{words["articles"]}: {grouped(len(with_it))}{checked}</p>']
        if with_it and months:
            undated = sum(not month(entry) for entry in with_it)
            plots.append(
                _figure(words["by_month"], words["undated"], undated, upright(months, f"{title}, {words['by_month']}"))
            )
        if outlets:
            unnamed = sum("outlet" not in entry for entry in with_it)
            plots.append(
                _figure(words["by_outlet"], words["unnamed"], unnamed, lying(outlets, f"{title}, {words['by_outlet']}"))
            )
        return f'<section class="card">{"".join(plots)}</section>'

    def _list(self) -> str:
        words = self._words
        return (
            f'<h2>{words["list"]}</h2><form id="filters"></form><p class="muted" id="count" role="status"></p>'
            f'<p class="muted"><mark class="for-2">{words["legend"]}</mark></p>'
            f'<div id="list"></div><noscript><p>{words["script"]}</p></noscript>'
        )

    def _unread(self) -> str:
        if not self._failures:
            return ""
        rows = "".join(f"<li>{escaped(failure)}</li>" for failure in self._failures[:FAILURES])
        rest = len(self._failures) - FAILURES
        more = f"<li>{self._words['more'].format(count=grouped(rest))}</li>" if rest > 0 else ""
        return f"<h2>{self._words['failures']}</h2><ul>{rows}{more}</ul>"


def _figure(caption: str, missing: str, count: int, picture: str) -> str:
    told = f" ({missing.format(count=grouped(count))})" if count else ""
    return f'<figure><figcaption class="muted">{caption}{told}</figcaption>{picture}</figure>'
