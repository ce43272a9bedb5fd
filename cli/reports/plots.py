"""Plots: small pictures in SVG, for people and for print, without a script or a picture file."""

from collections.abc import Iterable, Sequence

from tagger.cli.reports.figures import decimal
from tagger.cli.reports.page import escaped

Point = tuple[float, float]

SIDE = 200
"""Of the plotted square, in units of the SVG; probabilities and shares from 0 to 1 fill it."""
_LEFT, _BOTTOM, _MARGIN = 54, 48, 14


def square(title: str, across: str, up: str, content: str, language: str) -> str:
    """A square plot from 0 to 1 in both directions.

    Args:
        title: what a screen reader says of it.
        across: name of the horizontal axis.
        up: name of the vertical axis.
        content: SVG of `line`, `dots` and the like.
        language: of the ticks.
    """
    ticks = "".join(_tick(number, language) for number in range(5))
    width, height = _LEFT + SIDE + _MARGIN, _MARGIN + SIDE + _BOTTOM
    middle = SIDE / 2
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escaped(title)}">{ticks}{content}'
        f'<text x="{_LEFT + middle}" y="{height - 6}" text-anchor="middle">{escaped(across)}</text>'
        f'<text transform="translate(11 {_MARGIN + middle}) rotate(-90)" text-anchor="middle">{escaped(up)}</text></svg>'
    )


def line(points: Sequence[Point], kind: str) -> str:
    """A line of the class ``kind`` through the points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_place, points))
    return f'<polyline class="{kind}" points="{path}"/>'


def dots(points: Iterable[tuple[Point, float, str]], kind: str) -> str:
    """Dots of the class ``kind``: place, radius and what is said of each when it is pointed at."""
    return "".join(
        f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{escaped(told)}</title></circle>'
        for (x, y), radius, told in ((_place(point), radius, told) for point, radius, told in points)
    )


def key(kind: str) -> str:
    """A short line with a dot of the class ``kind``, to stand before its name in a legend."""
    return (
        f'<svg class="key" viewBox="0 0 36 12" aria-hidden="true"><polyline class="{kind}" points="0,6 36,6"/>'
        f'<circle class="{kind}" cx="18" cy="6" r="4"/></svg>'
    )


def whisker(value: float, low: float, high: float, title: str) -> str:
    """A figure between 0 and 1 with its interval, to stand in a cell of a table; ``title`` for screen readers."""
    x, left, right = (4 + 112 * part for part in (value, low, high))
    return (
        f'<svg class="whisker" viewBox="0 0 120 14" role="img" aria-label="{escaped(title)}">'
        f'<line class="axis" x1="4" x2="116" y1="7" y2="7"/>'
        f'<line class="range" x1="{left:.1f}" x2="{right:.1f}" y1="7" y2="7"/>'
        f'<circle class="value" cx="{x:.1f}" cy="7" r="4"/></svg>'
    )


def _place(point: Point) -> Point:
    return _LEFT + SIDE * point[0], _MARGIN + SIDE * (1 - point[1])


def _tick(quarter: int, language: str) -> str:
    x, y = _place((quarter / 4, quarter / 4))
    left, bottom = _place((0, 0))
    name = decimal(quarter / 4, language, 2)
    return (
        f'<line class="axis" x1="{left}" x2="{left + SIDE}" y1="{y}" y2="{y}"/>'
        f'<line class="axis" x1="{x}" x2="{x}" y1="{_MARGIN}" y2="{bottom}"/>'
        f'<text x="{left - 10}" y="{y + 4}" text-anchor="end">{name}</text>'
        f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{name}</text>'
    )
