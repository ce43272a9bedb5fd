"""Figures and dates as Russian and English pages write them."""

import pytest

from tagger.cli.reports.figures import day, decimal, grouped, percent


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ru", ["0,854", "0,8", "95,6\xa0%", "33\xa0%", "–"]), ("en", ["0.854", "0.8", "95.6%", "33%", "–"])],
)
def test_figures(language, expected):
    found = [decimal(0.8544, language), decimal(0.8, language, 1), percent(0.956, language, 1), percent(0.33, language)]
    assert [*found, decimal(float("nan"), language)] == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "0"), (999, "999"), (1234567, "1\u202f234\u202f567")])
def test_digits_are_grouped(number, expected):
    assert grouped(number) == expected


@pytest.mark.parametrize("moment", ["2026-11-27T14:55:23+00:00", "2026-11-27"])
def test_days(moment):
    assert (day(moment, "ru"), day(moment, "en")) == ("27.11.2026", "2026-11-27")


def test_what_is_no_moment_stays():
    assert day("at an unknown time", "ru") == "at an unknown time"
