"""Plots: well-formed SVG, points where they belong."""

import re
from xml.etree import ElementTree

import pytest

from tagger.cli.reports.plots import SIDE, dots, key, line, square, whisker


def test_a_plot_is_well_formed_whatever_its_names_are():
    content = line([(0, 0), (1, 1)], "solid") + dots([((0.5, 0.5), 3, 'a < b & "c"')], "solid")
    root = ElementTree.fromstring(square('<"title">', "a & b", "<up>", content, "en"))
    assert root.get("aria-label") == '<"title">'
    texts = [node.text for node in root.iter("text")]
    assert {"a & b", "<up>", "0.00", "0.25", "1.00"} <= set(texts)
    assert root.find("circle/title").text == 'a < b & "c"'


def test_points_fill_the_square_upwards():
    found = [
        tuple(map(float, pair.split(",")))
        for pair in re.search('points="(.*?)"', line([(0, 0), (1, 1)], "x"))[1].split()
    ]
    (left, bottom), (right, top) = found
    assert (right - left, bottom - top) == (SIDE, SIDE)


@pytest.mark.parametrize("figures", [(0, 0, 0), (0.5, 0.25, 1)])
def test_a_whisker_is_where_its_figures_are(figures):
    root = ElementTree.fromstring(whisker(*figures, "a < b"))
    assert root.get("aria-label") == "a < b"
    value, low, high = (
        float(root.find(".//*[@class='value']").get("cx")),
        *(float(root.find(".//*[@class='range']").get(side)) for side in ("x1", "x2")),
    )
    assert low <= value <= high
    assert (value - 4) / 112 == pytest.approx(figures[0], abs=1e-3)


def test_ticks_are_those_of_the_language():
    texts = [node.text for node in ElementTree.fromstring(square("", "", "", "", "ru")).iter("text")]
    assert "0,25" in texts
    assert "0.25" not in texts


@pytest.mark.parametrize("kind", ["solid", "dashed"])
def test_a_legend_shows_line_and_dot_as_the_plot_does(kind):
    root = ElementTree.fromstring(key(kind))
    assert [node.get("class") for node in root] == [kind, kind]
