"""Metadata: one spelling for what documents say of themselves."""

import pytest

from tagger.cli.documents.metadata import iso_date, metadata_of


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-11-15", "2024-11-15"),
        ("2024-11-15T10:30:00+03:00", "2024-11-15T10:30:00+03:00"),
        ("15.11.2024", "2024-11-15"),
        ("5.1.2024", "2024-01-05"),
        ("15.11.2024 9:30", "2024-11-15T09:30"),
        ("пятница, 15 ноября 2024", "2024-11-15"),
        ("1 мая 2023 г.", "2023-05-01"),
        ("Fri, 15 Nov 2024 10:30:00 +0300", "2024-11-15T10:30:00+03:00"),
        ("31.02.2024", "31.02.2024"),
        ("вчера", "вчера"),
        ("", ""),
    ],
)
def test_dates(written, iso):
    assert iso_date(written) == iso


def test_a_source_is_an_address_or_an_outlet():
    assert metadata_of(source="https://a.ru/1") == {"address": "https://a.ru/1"}
    assert metadata_of(source="ТАСС") == {"outlet": "ТАСС"}
    assert metadata_of(source="ТАСС", outlet="Новости", address="https://a.ru") == {
        "outlet": "Новости",
        "address": "https://a.ru",
    }


def test_values_are_one_line_of_letters_that_any_output_holds():
    assert metadata_of(title=" Завод\n открыт \ud800", date=None, outlet="") == {"title": "Завод открыт ?"}
