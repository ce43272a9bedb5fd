"""The table of a search, and the time it may take."""

from types import SimpleNamespace

import click
import pytest

from tagger.cli.searching import SHOWN, duration, trials_table


def trial(number, fault=""):
    return SimpleNamespace(
        configuration=SimpleNamespace(min_df=number), paragraph=0.5, article=0.7, value=0.6, seconds=1.25, fault=fault
    )


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("10m", 600), ("1.5h", 5400), ("0.5s", 0.5)])
def test_a_time_has_a_unit(text, seconds):
    assert duration(None, None, text) == seconds


@pytest.mark.parametrize("text", ["", "10", "0m", "10 m", "-1s", "m", "1e3s", "١s"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(click.BadParameter, match="write 90s"):
        duration(None, None, text)


def test_the_table_shows_the_best_and_the_given_one():
    trials = [trial(number) for number in range(SHOWN + 10)]
    lines = trials_table(trials, ["min_df"], trials[-3].configuration).splitlines()
    assert lines[0].startswith(f"{SHOWN + 10} configurations tried")
    assert lines[2].split() == ["taken", "0", "0.500", "0.700", "0.600", "1.2"]
    assert lines[-2].split()[:2] == ["given", str(SHOWN + 7)]
    assert lines[-1] == "… and 9 more"
    assert len(lines) == 2 + SHOWN + 2


def test_a_short_table_is_whole():
    trials = [trial(1), trial(2, fault="empty vocabulary")]
    lines = trials_table(trials, ["min_df"], trials[0].configuration).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("taken given")
    assert "cannot be trained with" in lines[3]
