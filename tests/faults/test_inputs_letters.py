"""Rows I10 to I13 of the fault contract: other languages, odd characters, bad records of JSON Lines."""

import json
import unicodedata
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("The ministry and the university signed an agreement on Monday.", "not Russian: few Cyrillic letters"),
        ("部長と大学が協定に署名した。研究と学生の実習について定めている。", "not Russian: few Cyrillic letters"),
        ("Міністерство і університет підписали угоду.", "not Russian: letters of another Cyrillic alphabet"),
        ("Ұлттық компания мен өңір әкімі келісімге қол қойды.", "not Russian: letters of another Cyrillic alphabet"),
        ("😀😀😀 🎉", "nearly empty"),
        ("12 34 567 89", "nearly empty"),
        ("Да.", "nearly empty"),
        ("Глокая куздра штеко будланула бокра и курдячит бокрёнка, хливкие шорьки пырялись.", "mostly unknown words"),
    ],
)
def test_i10_what_is_no_russian_news_is_answered_with_a_warning(answers, text, warning):
    code, (record,) = answers(text)
    assert code == 0
    assert record["warnings"] == [warning]


def test_i10_russian_news_has_no_warning(clean_record):
    assert clean_record["warnings"] == []


@pytest.mark.parametrize("level", ["both", "article"])
@pytest.mark.parametrize("form", ["text", "csv", "json", "jsonl"])
def test_i11_control_characters_are_counted_and_never_echoed(run, tmp_path, form, level):
    path = tmp_path / "a\x1b[31m\x07.txt"
    path.write_text(TEXT.replace(" ", " \x00\x1b[2J\x9b31m\x7f", 10), encoding="utf-8")
    done = run("predict", "-f", form, "--level", level, path)
    assert done.returncode == 0
    assert not {"\x00", "\x1b", "\x07", "\x7f", "\x9b"} & set(done.stdout + done.stderr)
    assert "40 control characters replaced by spaces" in done.stderr


def test_i11_marks_that_turn_the_direction_of_writing_do_not_reach_the_terminal(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT.replace(" ", " \u202e", 3), encoding="utf-8")
    done = run("predict", path)
    assert done.returncode == 0
    assert "\u202e" not in done.stdout
    assert "\\u202e" in done.stdout


def test_i11_control_characters_change_no_label(answers, clean_record):
    _, (record,) = answers(TEXT.replace(" ", "\x00", 40))
    assert record["labels"] == clean_record["labels"]
    assert [part["labels"] for part in record["paragraphs"]] == [part["labels"] for part in clean_record["paragraphs"]]


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_i11_control_characters_in_json_ids_and_texts_reach_no_terminal(run, tmp_path, form):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "x\x1b[31m", "text": TEXT + "\x1b[31m"}) + "\n" + json.dumps({"id": "\x1by"}))
    done = run("predict", "-f", form, path)
    assert done.returncode == 3
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "bad",
    [
        r'{"id": "2", "text": "Завод \ud800 открыли"}',
        r'{"id": "2", "paragraphs": [{"text": "Завод"}, {"text": "\udfff"}]}',
    ],
)
def test_i12_a_record_with_a_lone_surrogate_is_refused_alone_and_in_its_place(answers, bad):
    good = json.dumps({"id": "1", "text": TEXT})
    code, records = answers("\n".join([good, bad, good.replace('"1"', '"3"')]), "a.jsonl")
    assert code == 3
    assert [record["id"] for record in records] == ["1", "2", "3"]
    assert "a.jsonl:2: " in records[1]["error"]
    assert "lone surrogate" in records[1]["error"]
    assert records[0]["labels"] == records[2]["labels"]


def test_i12_a_pair_of_surrogates_is_a_character(answers):
    code, (record,) = answers(r'{"id": "\ud83d\ude00", "text": "Завод \ud83d\ude00 открыли вчера в городе"}', "a.jsonl")
    assert (code, record["id"]) == (0, "😀")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"text": "a"', ": not valid JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "9"}', "needs a field 'text'"),
        ('{"text": 5}', "needs a field 'text'"),
        ('{"text": "а", "paragraphs": []}', "not both"),
        ('{"paragraphs": ["а"]}', "paragraphs[0]"),
        ('{"paragraphs": [{"text": "а"}, {"text": null}]}', "paragraphs[1]"),
        ('{"id": [1], "text": "а"}', "field 'id'"),
        (r'{"id": "\ud800", "text": "а"}', "field 'id'"),
        ('{"text": "а", "text": "б"}', "field given twice"),
        ('{"text": "а", "x": NaN}', "NaN"),
        ('{"text": "а", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "recursion"),
        ('{"text": "а", "x": ' + "9" * 5000 + "}", "digits"),
        (b'{"text": "\xe0"}', "UTF-8"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "bytes",
)
def test_i12_every_bad_record_is_an_error_with_file_and_line(answers, bad, why):
    good = json.dumps({"id": "1", "text": TEXT}).encode() + b"\n"
    code, records = answers(good + b"\n" + (bad if isinstance(bad, bytes) else bad.encode()) + b"\n" + good, "a.jsonl")
    assert code == 3
    assert ["error" in record for record in records] == [False, True, False]
    assert "a.jsonl:3" in records[1]["id"] + records[1]["error"]
    assert why in records[1]["error"]


def test_i12_a_line_over_the_limit_is_refused_and_the_next_is_read(answers):
    lines = [json.dumps({"id": "1", "text": "ж" * 90_000}), json.dumps({"id": "2", "text": TEXT}, ensure_ascii=False)]
    code, records = answers("\n".join(lines), "a.jsonl", "--max-bytes", "5000")
    assert code == 3
    assert "--max-bytes" in records[0]["error"]
    assert records[1]["id"] == "2"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (unicodedata.normalize("NFD", TEXT), TEXT),
        (TEXT.replace("Соглашение", "Согла\u00adшение"), TEXT),
        (TEXT.replace("Соглашение", "Согла\u200bшение"), TEXT),
        (TEXT.replace("Соглашение", "Соглаше\u0301ние"), TEXT),
        (TEXT.replace("Соглашение", "Coглaшeниe"), TEXT),
    ],
    ids=["NFD", "soft hyphen", "zero width", "stress", "Latin look-alikes"],
)
def test_i13_spelling_variants_get_the_tags_of_clean_text(answers, clean_record, written, plain):
    assert written != plain
    code, (record,) = answers(written)
    assert code == 0
    assert record["labels"] == clean_record["labels"]
    assert [part["labels"] for part in record["paragraphs"]] == [part["labels"] for part in clean_record["paragraphs"]]
    lines = written.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines) - 1)]
    assert [part["start"] for part in record["paragraphs"]] == starts
    assert [written[part["start"] : part["stop"]] for part in record["paragraphs"]] == lines[:-1]
