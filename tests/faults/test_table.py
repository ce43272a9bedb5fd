"""Every row of the fault contract has a test, and the README's table says so."""

import importlib.util
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CONTRACT = Path(__file__).parents[3] / "shared" / "fault-contract.md"


@pytest.fixture(scope="module")
def table():
    spec = importlib.util.spec_from_file_location("fault_table", HERE / "table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_sixty_four_rows(table):
    assert len(set(table.ROWS)) == 64


@pytest.mark.skipif(not CONTRACT.exists(), reason="needs ../shared")
def test_the_rows_are_those_of_the_contract(table):
    assert re.findall(r"^\| ([AITP]\d+) \|", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE) == table.ROWS


def test_every_row_has_a_test(table):
    shown = {row for name in table.names_in_sources() for row in table.rows_of(name)}
    assert [row for row in table.ROWS if row not in shown] == []


def test_the_readme_lists_every_test_and_none_that_is_gone(table):
    text = (HERE / "README.md").read_text(encoding="utf-8")
    named = {name for name in table.names_in_sources() if table.rows_of(name)}
    listed = [line.split(" | ")[1] for line in text.splitlines() if re.match(r"\| [AITP]\d", line)]
    assert {table._words(name) for name in named} == set(listed), "run python tests/faults/table.py"


@pytest.mark.parametrize(
    ("name", "rows"),
    [("test_i05_x", ["I5"]), ("test_a03_a04_x", ["A3", "A4"]), ("test_it_works", []), ("test_i5x", [])],
)
def test_rows_are_read_from_names(table, name, rows):
    assert table.rows_of(name) == rows
