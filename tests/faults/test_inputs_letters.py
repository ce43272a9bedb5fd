"""Rows I10 to I17 of the fault contract: other languages, odd characters, line ends, JSON Lines, paths."""

import json
import os
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def answers(run, tmp_path):
    """Tag a text or JSON Lines; gives the exit code and the records."""

    def call(text, name="text.txt", *options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = run("predict", "-f", "jsonl", *options, path)
        assert "Traceback" not in done.stderr
        assert "bug" not in done.stderr
        return done.returncode, [json.loads(line) for line in done.stdout.split("\n")[:-1]]

    return call


@pytest.fixture(scope="module")
def clean_record(run):
    """What the sample gets when nothing is wrong with it."""
    return json.loads(run("predict", "-f", "jsonl", SAMPLE).stdout)


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


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\u0085", "\x0c"])
def test_i14_other_separators_cut_neither_records_nor_paragraphs(answers, inside):
    text = f"Завод{inside}открыли вчера в городе у реки"
    raw = f'{{"id": "1", "text": "{text}"}}\n{{"id": "2", "text": "Да"}}\n'
    code, records = answers(raw if inside != "\x0c" else raw.replace(inside, "\\f"), "a.jsonl")
    assert code == 0
    assert [record["id"] for record in records] == ["1", "2"]
    assert [part["text"] for part in records[0]["paragraphs"]] == [text]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n", "\n" * 100_001])
def test_i15_any_line_ends_give_the_same_paragraphs_and_exact_offsets(answers, clean_record, end):
    text = end.join(TEXT.split("\n")[:-1])  # no final line end
    code, (record,) = answers(text)
    assert code == 0
    assert [part["text"] for part in record["paragraphs"]] == [part["text"] for part in clean_record["paragraphs"]]
    assert [part["labels"] for part in record["paragraphs"]] == [part["labels"] for part in clean_record["paragraphs"]]
    assert all(text[part["start"] : part["stop"]] == part["text"] for part in record["paragraphs"])


@pytest.mark.parametrize(("name", "what"), [("nowhere.txt", "no such file"), (".", "is a folder")])
def test_i16_a_missing_path_or_a_folder_is_one_usage_line(run, tmp_path, name, what):
    done = run("predict", SAMPLE, tmp_path / name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert what in done.stderr


def test_i16_a_fifo_and_standard_input_are_read(run, tmp_path, clean_record):
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_text, args=(TEXT, "utf-8"))
    writer.start()
    done = run("predict", "-f", "jsonl", fifo, "-", input=TEXT)
    writer.join()
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(record["id"]).name for record in records] == ["pipe", "-"]
    assert all(record["paragraphs"] == clean_record["paragraphs"] for record in records)


def test_i16_json_lines_from_a_fifo_are_answered_while_it_is_open(tmp_path):
    fifo = tmp_path / "pipe.jsonl"
    os.mkfifo(fifo)
    answered = threading.Event()

    def feed():
        with fifo.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps({"text": TEXT}) + "\n" for _ in range(700))  # more than one batch
            stream.flush()
            answered.wait(60)

    feeder = threading.Thread(target=feed)
    feeder.start()
    command = [str(COMMAND), "predict", "-f", "jsonl", "--level", "article", str(fifo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        first = json.loads(process.stdout.readline())
        open_still = feeder.is_alive()
        answered.set()
        rest = process.stdout.readlines()
    feeder.join()
    assert open_still
    assert first["id"].endswith("pipe.jsonl:1")
    assert (len(rest), process.returncode) == (699, 0)


def test_i16_an_unreadable_file_is_refused_before_any_work(run, tmp_path, plain_user):
    path = tmp_path / "secret.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    done = run("predict", SAMPLE, path, preexec_fn=plain_user)
    assert done.returncode == 6
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "secret.txt: may not be read" in done.stderr


@pytest.mark.parametrize("text", ["ъыь щщщ жжж ъъъ", "zzz qqq xxx www", "½ ¾ € £ ☎"])
def test_i17_a_text_without_a_known_word_gets_no_tag_and_no_evidence(answers, text):
    code, (record,) = answers(f"{text}\n{text}\n", "text.txt", "--explain")
    assert code == 0
    assert record["labels"] == []
    assert len(record["paragraphs"]) == 2
    assert all(part["labels"] == [] and part["evidence"] == {} for part in record["paragraphs"])
