"""An archive of thousands of articles through the command line: to a workbook, a report, and JSON Lines killed and resumed.

``pytest -m slow -s tests/speed/test_archive.py`` prints time, memory and size of each.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

COMMAND = Path(sys.executable).with_name("tagger")
ARCHIVE = Path(__file__).parents[3] / "shared" / "background" / "news.jsonl.gz"
ARTICLES = 9010
KILLS = 5

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not ARCHIVE.exists(), reason="no background articles here")]


def start(*options):
    return subprocess.Popen([COMMAND, "predict", ARCHIVE, *options], stderr=subprocess.DEVNULL, start_new_session=True)


def measured(*options):
    """Run to the end; gives seconds, seconds of processor and peak memory in MB."""
    begin = time.monotonic()
    process = start(*options)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tell(what, figures, path):
    seconds, processor, memory = figures
    size = path.stat().st_size / 1e6
    print(
        f"\n{what}: {seconds:.0f} s ({processor:.0f} s of processor), {memory:.0f} MB of memory, a file of {size:.1f} MB"
    )


def test_workbook_holds_all_articles(tmp_path):
    path = tmp_path / "a.xlsx"
    figures = measured("--output", path)
    tell("workbook", figures, path)
    book = openpyxl.load_workbook(path, read_only=True)
    assert sum(1 for _ in book["Статьи"].iter_rows(max_col=1)) == ARTICLES + 1
    assert figures[2] < 600


def test_a_browser_opens_the_report(browser, tmp_path):
    path = tmp_path / "a.html"
    tell("report", measured("--report", path), path)
    begin = time.monotonic()
    browser.get(path.as_uri())
    shown = browser.find_element("id", "count").text
    print(f"opened in {time.monotonic() - begin:.1f} s: {shown}")
    assert browser.find_element("class name", "tile").text.startswith("9\u202f010")
    browser.find_element("css selector", "#list summary").click()
    deadline = time.monotonic() + 10
    while not (marked := browser.find_elements("css selector", "#list .opened .labelled mark")):
        assert time.monotonic() < deadline, "no word is marked"
        time.sleep(0.1)
    assert marked[0].text
    assert browser.get_log("browser") == []


def test_killed_and_resumed_it_is_the_bytes_of_a_run_never_stopped(tmp_path):
    whole, output = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    figures = measured("--output", whole)
    tell("JSON Lines", figures, whole)
    moments, unfinished = random.Random(7), tmp_path / "out.jsonl.unfinished"
    for number in range(1, KILLS + 1):
        size = (number + moments.uniform(-0.4, 0.4)) / (KILLS + 1) * whole.stat().st_size
        process = start("--output", output, "--resume")
        while process.poll() is None and not (unfinished.exists() and unfinished.stat().st_size > size):
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    tell("the rest after five kills", measured("--output", output, "--resume"), output)
    assert output.read_bytes() == whole.read_bytes()
