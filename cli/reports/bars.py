"""Bars: counts as small pictures in SVG, for the page and for print."""

from collections.abc import Sequence

from tagger.cli.reports.page import escaped

WIDTH = 300
"""In units of the SVG."""
_HEIGHT, _TOP, _BOTTOM = 90, 16, 20
_ROW, _NAME, _NUMBER = 20, 148, 34
_LETTERS = 17
"""That find room before a bar."""

Counts = Sequence[tuple[str, int]]
"""Names and their counts, in order."""


def upright(counts: Counts, title: str) -> str:
    """Bars side by side, the highest with its count, the first and last with their names; ``title`` for screen readers."""
    most, step = max(count for _, count in counts), WIDTH / len(counts)
    highest = next(place for place, (_, count) in enumerate(counts) if count == most)
    bars = "".join(_upright(place, step, item, most) for place, item in enumerate(counts))
    x = min(max((highest + 0.5) * step, 12), WIDTH - 12)
    ends = f'<text x="0" y="{_TOP + _HEIGHT + 15}">{escaped(counts[0][0])}</text>'
    if len(counts) > 1:
        ends += f'<text x="{WIDTH}" y="{_TOP + _HEIGHT + 15}" text-anchor="end">{escaped(counts[-1][0])}</text>'
    return (
        f'<svg viewBox="0 0 {WIDTH} {_TOP + _HEIGHT + _BOTTOM}" role="img" aria-label="{escaped(title)}">{bars}'
        f'<line class="base" x1="0" x2="{WIDTH}" y1="{_TOP + _HEIGHT}" y2="{_TOP + _HEIGHT}"/>'
        f'<text x="{x:.1f}" y="{_TOP - 3}" text-anchor="middle">{most}</text>{ends}</svg>'
    )


def lying(counts: Counts, title: str) -> str:
    """Bars below each other, with names before and counts behind them."""
    most = max(count for _, count in counts)
    rows = "".join(_lying(place, item, most) for place, item in enumerate(counts))
    return f'<svg viewBox="0 0 {WIDTH} {_ROW * len(counts)}" role="img" aria-label="{escaped(title)}">{rows}</svg>'


def _upright(place: int, step: float, item: tuple[str, int], most: int) -> str:
    name, count = item
    height = _HEIGHT * count / (most or 1)
    gap = min(step * 0.15, 3)
    width = min(step - 2 * gap, 40)
    return (
        f'<rect class="bar" x="{place * step + gap:.1f}" y="{_TOP + _HEIGHT - height:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}"><title>{escaped(name)}: {count}</title></rect>'
    )


def _lying(place: int, item: tuple[str, int], most: int) -> str:
    name, count = item
    width = (WIDTH - _NAME - _NUMBER) * count / most
    y = place * _ROW
    short = name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
    return (
        f'<text x="{_NAME - 6}" y="{y + 14}" text-anchor="end">{escaped(short)}<title>{escaped(name)}</title></text>'
        f'<rect class="bar" x="{_NAME}" y="{y + 3}" width="{width:.1f}" height="{_ROW - 6}"/>'
        f'<text x="{_NAME + width + 5:.1f}" y="{y + 14}">{count}</text>'
    )
