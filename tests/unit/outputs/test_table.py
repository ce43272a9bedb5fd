"""The table: a row for everything that is said, under columns of fixed names."""

import csv
import io

import pytest

from tagger import Article, Tagger
from tagger.cli.inputs import Failure
from tagger.cli.outputs.csv_text import Csv
from tagger.cli.outputs.table import Table

TEXT = "Учёным вручили премию\nПремию и награду учёным вручил губернатор."


@pytest.fixture(scope="module")
def answer(tiny_model):
    text = Article.from_text(TEXT, "a")
    return Tagger(tiny_model).predict(Article(text.text, text.spans, "a", (), {"date": "2024-01-02", "format": "html"}))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(("level", "levels"), [("article", "a"), ("paragraph", "pp"), ("both", "app")])
def test_rows_are_those_of_the_level_and_hold_known_columns_only(answer, level, levels, wide):
    table = Table(tuple(answer.probabilities), level, wide)
    rows = list(table.rows(answer))
    assert "".join(row["level"][0] for row in rows) == levels
    assert all(set(row) <= set(table.columns) for row in rows)
    assert {row["date"] for row in rows} == {"2024-01-02"}


def test_a_wide_row_has_a_truth_value_for_every_label(answer):
    (row,) = Table(tuple(answer.probabilities), "article", wide=True).rows(answer)
    assert (row["award"], row["opening"]) == (True, False)
    assert row["award_probability"] == answer.probabilities["award"]


def test_a_failure_is_a_row_with_its_error():
    (row,) = Table(("award",), "paragraph", wide=False).rows(Failure("a", "binary data"))
    assert row == {"id": "a", "level": "article", "error": "binary data"}


@pytest.mark.parametrize("text", ["=1+1", "+7", "-1", "@a", "\tx"])
def test_a_text_like_a_formula_is_disarmed_for_excel_alone(text):
    for excel, expected in ((True, f"'{text}"), (False, text)):
        out = io.StringIO(newline="")
        Csv(out, Table(("award",), "article", wide=False), excel=excel).add(Failure("a", text))
        rows = csv.reader(
            io.StringIO(out.getvalue().removeprefix("\ufeff"), newline=""), delimiter=";" if excel else ","
        )
        assert list(rows)[1][-1] == expected
