"""Progress: a bar with count, rate and time left on a terminal after a while, and nothing anywhere else."""

import io
import re
import sys

import pytest

import tagger.cli.progress
from tagger.cli.inputs import Failure
from tagger.cli.progress import Meter, progress_bar, step_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def shown(monkeypatch, tmp_path):
    """What standard error gets while answers pass by, each of which takes ten bytes to read."""

    def call(terminal, count=5, delay=0.0, path=None):
        out = Terminal() if terminal else io.StringIO()
        monkeypatch.setattr(sys, "stderr", out)
        monkeypatch.setattr(tagger.cli.progress, "DELAY", delay)
        monkeypatch.setattr(tagger.cli.progress, "EVERY", 0.0)
        (tmp_path / "a").write_bytes(bytes(10 * count))
        meter = Meter([path or str(tmp_path / "a")])

        def answers():
            with io.BufferedReader(meter.open(str(tmp_path / "a")), 10) as stream:
                for number in range(count):
                    assert stream.read(10)
                    yield Failure(str(number), "binary data")

        with meter.watching(answers()) as watched:
            assert [answer.id for answer in watched] == list(map(str, range(count)))
        return out.getvalue()

    return call


def test_a_terminal_sees_the_share_read_the_count_and_the_rate(shown):
    written = shown(terminal=True)
    assert "tagging" in written
    assert "60%" in written
    assert re.search(r"3 texts, [\d,]+ a second", written)
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")  # the cursor is back


def test_standard_input_has_no_time_left_but_a_count(shown):
    written = shown(terminal=True, path="-")
    assert "%" not in written
    assert "5 texts" in written


def test_nothing_is_shown_where_it_is_no_terminal_or_quickly_done(shown):
    assert shown(terminal=False) == ""
    assert shown(terminal=True, delay=60.0) == ""


def test_a_message_does_not_run_into_the_bar(shown):
    assert shown(terminal=True).count("\r\x1b[K") == 5


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_steps_are_named_on_a_terminal_and_nowhere_else(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", out := stream())
    with step_bar("training", 3) as progress:
        progress("folds")
        progress("weights")
    assert [word in out.getvalue() for word in ("training", "folds", "weights")] == [out.isatty()] * 3
    assert out.isatty() or not out.getvalue()


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_items_pass_a_bar_unchanged(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", out := stream())
    with progress_bar("report", ["a", "b"]) as items:
        assert list(items) == ["a", "b"]
    assert ("report" in out.getvalue()) == out.isatty() == bool(out.getvalue())
