"""The page: one self-contained file of HTML around a report's own content; nothing in it is fetched, nothing sent.

Texts of articles are hostile until proven otherwise: they enter a page as `escaped` text or as data that the page's script
turns into text nodes, never as markup. A content security policy allows the page's own script by its digest and nothing else.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

STEPS = 3
"""Strengths of highlighting on either side."""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def page(title: str, body: str, *, data: Any = None, style: str = "", script: str = "", language: str = "en") -> bytes:
    """A whole page in UTF-8.

    Args:
        title: plain text, of the window; a heading is the body's business.
        body: HTML; whatever came from outside in it must be `escaped`.
        data: JSON-able values, which the script finds in ``data``.
        style: of the report itself, after the shared one; see `asset`.
        script: likewise.
        language: ``"en"`` or ``"ru"``, of the page; texts of articles are marked by themselves.
    """
    code = f"{asset('page.js')}\n{script}"
    digest = b64encode(sha256(code.encode()).digest()).decode()
    policy = f"{_POLICY}; script-src 'sha256-{digest}'"
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{escaped(title)}</title>
<style>
{asset("page.css")}
{style}</style>
</head>
<body>
{body}
<script type="application/json" id="data">{embedded(data)}</script>
<script>{code}</script>
</body>
</html>
""".encode()


def asset(name: str) -> str:
    """The text of a data file of this package, such as ``"page.css"``."""
    return (files("tagger.cli.reports") / name).read_text(encoding="utf-8")


def escaped(text: object) -> str:
    """Plain text as HTML, fit for content and for quoted attributes."""
    return escape(_seen(str(text)))


def embedded(data: Any) -> str:
    """JSON that nothing in it can end or turn into markup: ``<``, ``>`` and ``&`` are written as escapes [1]_.

    .. [1] HTML Living Standard, section 4.12.1.3, Restrictions for contents of script elements.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _seen(re.sub("[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text))


def runs(text: str, start: int, stop: int, weights: Iterable[tuple[int, int, float]]) -> list[tuple[str, int]]:
    """A paragraph cut where the strength of the highlighting changes; `highlighted` and the page's script draw it.

    Cut here, since the offsets count code points and those of a browser UTF-16 units.

    Args:
        text: the article's text.
        start: where the paragraph begins.
        stop: where it ends.
        weights: ``(start, stop, weight)`` in the article; where spans overlap, weights add up; what is outside does not count.

    Returns:
        Pieces and their strengths, from ``-STEPS`` (strongly against) over 0 (nothing) to ``STEPS`` (strongly for).
    """
    sums = [0.0] * (stop - start)
    for first, last, weight in weights:
        for place in range(max(first, start), min(last, stop)):
            sums[place - start] += weight
    most = max(map(abs, sums), default=0.0) or 1.0
    steps = [round(STEPS * value / most) for value in sums]
    places = groupby(range(start, stop), key=lambda place: steps[place - start])
    return [("".join(text[place] for place in part), step) for step, part in places]


def highlighted(pieces: Iterable[tuple[str, int]]) -> str:
    """`runs` as HTML, for what must be read without a script."""
    return "".join(
        f'<mark class="{"for" if step > 0 else "against"}-{abs(step)}">{escaped(piece)}</mark>'
        if step
        else escaped(piece)
        for piece, step in pieces
    )


def _seen(text: str) -> str:
    """Control characters and lone surrogates, which HTML or UTF-8 cannot hold, as U+FFFD."""
    return _UNSEEN.sub("\ufffd", text)
