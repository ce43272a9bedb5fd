"""The codebook: event types from TOML, and what is refused."""

from importlib.resources import files

import pytest

from tagger.codebook import CodebookError, EventType, read_codebook
from tagger.errors import TaggerError

FULL = """
[[event_type]]
id = "award"
title_ru = "Награждение"
title_en = "Award"
definition = "Кому-то вручают награду."
inclusions = ["премия", "звание"]
exclusions = ["конкурс объявлен"]
examples = ["Орден вручили агроному."]

[[event_type]]
id = "opening_2"
title_ru = "Открытие"
title_en = "Opening"
definition = "Открывают завод."
"""


def test_event_types_are_read_in_order():
    assert read_codebook(FULL) == (
        EventType(
            "award",
            "Награждение",
            "Award",
            "Кому-то вручают награду.",
            ("премия", "звание"),
            ("конкурс объявлен",),
            ("Орден вручили агроному.",),
        ),
        EventType("opening_2", "Открытие", "Opening", "Открывают завод."),
    )


def test_titles_are_given_by_language():
    event_type = read_codebook(FULL)[0]
    assert event_type.title("ru") == "Награждение"
    assert event_type.title("en") == "Award"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "award"', "", "event_type 1: field 'id' must be a non-empty text"),
        ('id = "award"', 'id = "Award"', "event_type 1: id 'Award' must be lower-case ASCII"),
        ('id = "award"', 'id = "награда"', "id 'награда' must be lower-case ASCII"),
        ('id = "award"', 'id = "award-1"', "id 'award-1' must be"),
        ('id = "award"', 'id = "2award"', "id '2award' must be"),
        ('id = "award"', f'id = "{"a" * 65}"', "must be lower-case ASCII"),
        ('id = "award"', 'id = "award\\n"', "must be lower-case ASCII"),
        ('id = "award"', "id = 5", "field 'id' must be a non-empty text"),
        ('id = "award"', 'id = "opening_2"', "id used twice: opening_2"),
        ('title_en = "Opening"', 'title_en = ""', "event_type 2: field 'title_en' must be a non-empty text"),
        ('definition = "Открывают завод."', "", "event_type 2: field 'definition' must be"),
        ('inclusions = ["премия", "звание"]', 'inclusions = "премия"', "field 'inclusions' must be a list of texts"),
        ('inclusions = ["премия", "звание"]', "inclusions = [1]", "field 'inclusions' must be a list of texts"),
        ('title_en = "Award"', 'title_en = "A"\ncolour = "red"', "unknown field 'colour'; known are id, title_ru"),
        ('id = "award"', "id = award", "not valid TOML"),
    ],
)
def test_a_bad_codebook_is_refused_with_place_and_reason(old, new, message):
    assert old in FULL
    with pytest.raises(CodebookError) as caught:
        read_codebook(FULL.replace(old, new), "my.toml")
    assert str(caught.value).startswith("my.toml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "title = 1", "event_type = 3", "event_type = [1]", 'event_type = "award"'])
def test_a_file_without_event_types_is_refused(text):
    with pytest.raises(CodebookError, match="no \\[\\[event_type\\]\\] tables"):
        read_codebook(text)


def test_an_empty_list_of_event_types_is_refused():
    with pytest.raises(CodebookError):
        read_codebook("event_type = []")


def test_the_error_belongs_to_the_one_tree():
    assert issubclass(CodebookError, TaggerError)


def test_an_id_of_64_letters_is_accepted():
    assert read_codebook(FULL.replace("award", "a" * 64))[0].id == "a" * 64


def test_the_codebook_of_the_seed_corpus_is_complete():
    event_types = read_codebook((files("tagger.seeds") / "event_types.toml").read_text(encoding="utf-8"))
    assert len(event_types) == 4
    for event_type in event_types:
        assert event_type.inclusions
        assert event_type.exclusions
        assert event_type.examples
