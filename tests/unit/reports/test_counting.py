"""Counting: each text once, months without gaps, the most frequent outlets."""

from tagger.cli.reports.bars import lying, upright
from tagger.cli.reports.counting import by_month, by_outlet, without_reprints


def entry(id, labels=(0,), **metadata):
    return {"id": id, "title": id, "labels": list(labels), **metadata}


def test_the_earliest_of_a_group_stands_for_it_and_names_the_others():
    entries = [entry("late", date="2024-05-02"), entry("early", date="2024-04-30"), entry("undated"), entry("other")]
    kept = without_reprints(entries, [0, 0, 0, 3])
    assert [found["id"] for found in kept] == ["early", "other"]
    assert [other["id"] for other in kept[0]["reprints"]] == ["late", "undated"]
    assert "labels" not in kept[0]["reprints"][0]
    assert "reprints" not in kept[1]


def test_the_latest_come_first_and_the_undated_last_in_their_order():
    entries = [entry("x"), entry("a", date="2023-01-01"), entry("y"), entry("b", date="2024-01-01")]
    assert [found["id"] for found in without_reprints(entries, range(4))] == ["b", "a", "x", "y"]


def test_months_without_articles_are_shown_and_odd_dates_are_not():
    entries = [entry("a", date="2023-11-30"), entry("b", date="2024-02-01T10:00"), entry("c", [1], date="2024-03-01")]
    entries += [entry("d", date="вчера"), entry("e")]
    expected = [("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1), ("2024-03", 0)]
    assert by_month(entries, 0) == expected
    assert by_month([entry("e")], 0) == []


def test_the_most_frequent_outlets_come_first():
    entries = [
        entry("1", outlet="Б"),
        entry("2", outlet="А"),
        entry("3", outlet="Б"),
        entry("4", [1], outlet="В"),
        entry("5"),
    ]
    assert by_outlet(entries, 0, 10) == [("Б", 2), ("А", 1)]
    assert by_outlet(entries, 0, 1) == [("Б", 2)]


def test_bars_are_as_long_as_their_counts_and_names_are_escaped():
    picture = lying([("<Вестник>", 10), ("Б" * 40, 5)], "Издания & «СМИ»")
    long, short = (float(part.split('width="')[1].split('"')[0]) for part in picture.split("<rect")[1:])
    assert long == 2 * short
    assert "&lt;Вестник&gt;" in picture
    assert "<Вестник>" not in picture
    tall = upright([("2024-01", 4), ("2024-02", 0), ("2024-03", 1)], "Месяцы")
    heights = [float(part.split('height="')[1].split('"')[0]) for part in tall.split("<rect")[1:]]
    assert heights[0] == 4 * heights[2]
    assert heights[1] == 0
    assert upright([("2024-01", 0)], "Месяцы").count("<rect") == 1
