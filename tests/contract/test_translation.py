"""Russian: help is translated whole, no translation is dead, and data and exit codes are the same in both languages."""

import errno
import json
import os
import re
import string
import subprocess
import sys

import click
import pytest
from command_tree import contexts, help_texts, raised_texts, source_texts

from tagger.cli.main import tagger
from tagger.cli.translation import Catalogue, entries, message

WRONG_CALLS = {
    "Missing argument {}.": ["predict"],
    "Missing option {}.": ["train", "/"],
    "No such command {}.": ["nope"],
    "No such option {}.": ["predict", "--qqqqqqqq", "x"],
    "{} (Did you mean one of: {}?)": ["predict", "--modle", "x", "a"],
    "{} Did you mean {}?": ["predict", "--modl", "x", "a"],
    "Option {} requires an argument.": ["predict", "a", "-m"],
    "Option {} does not take a value.": ["predict", "--explain=3", "a"],
    "Got unexpected extra argument ({})": ["models", "use", "a", "b"],
    "Got unexpected extra arguments ({})": ["models", "use", "a", "b", "c"],
    "{} is not one of {}.": ["predict", "a", "-f", "x"],
    "{} is not a valid integer range.": ["predict", "a", "--jobs", "x"],
    "{} is not a valid float range.": ["evaluate", "/", "--min-f1", "x"],
    "{} is not in the range {}.": ["predict", "a", "--jobs", "0"],
    "Invalid value for {}: {}": ["predict", "a", "--jobs", "-1"],
    "Path {} does not exist.": ["train", "/nope", "-o", "x"],
    "File {} does not exist.": ["data", "export", "/nope"],
    "Directory {} does not exist.": ["models", "list", "--store", "/nope"],
    "File {} is a directory.": ["data", "export", "/", "--to", "prodigy", "-o", "x"],
    "Directory {} is a file.": ["models", "list", "--store", __file__],
}
"""What click says → a call that makes it say so."""


@pytest.mark.parametrize("ctx", list(contexts()), ids=lambda ctx: ctx.command_path)
def test_every_help_page_is_translated(ctx):
    assert sorted(help_texts(ctx) - entries("help").keys()) == []


def test_no_translation_of_help_is_dead():
    texts = set().union(*map(help_texts, contexts()))
    pages = " ".join(ctx.get_help() for ctx in contexts())
    metavars = {name for name in entries("help") if name.isupper() and name in pages}
    fixed = {"Usage", "Options", "Commands"}
    assert sorted(entries("help").keys() - texts - metavars - fixed) == []


@pytest.mark.parametrize("section", ["messages", "headings"])
def test_no_translation_of_messages_is_dead(section):
    """Each is a text of the sources, or one that something stands before or behind."""
    texts = source_texts()
    keys = entries(section)
    assert [key for key in keys if not {key, key.removeprefix("{}"), key.removesuffix("{}")} & texts] == []


@pytest.mark.parametrize(
    "part",
    [
        "cli/documents", "cli/json_lines.py", "cli/answering.py", "cli/outputs", "cli/scheduling.py", "model/reading.py",
        "model/store.py", "model/codebook.py", "training/preparing.py", "training/records.py", "training/splitting.py",
    ],
)  # fmt: skip
def test_what_analysts_do_wrong_is_told_in_russian(part):
    catalogue = Catalogue(entries("messages"))
    texts = raised_texts(part)
    assert texts
    told = {text: catalogue.translated(text.replace("{}", "7")) for text in texts}
    assert [text for text, russian in told.items() if not re.search("[а-яё]{3}", russian)] == []


def test_the_system_says_what_is_translated():
    assert entries("system").keys() <= {os.strerror(number) for number in errno.errorcode}


@pytest.mark.parametrize("section", ["help", "messages", "headings", "click", "system"])
def test_translations_are_russian_and_fill_in_what_their_texts_fill_in(section):
    for text, russian in entries(section).items():
        if "{}" in text:
            places = [name for _, name, kind, _ in string.Formatter().parse(russian) if kind in ("", "t")]
            assert len(places) <= text.count("{}"), text
            assert all(not name or int(name) < text.count("{}") for name in places), text
        assert re.search("[а-яё]", russian, re.IGNORECASE) or not re.search("[a-z]{2,}", text), text


@pytest.mark.parametrize("text", entries("click"))
def test_wrong_calls_are_told_in_russian(text, monkeypatch):
    monkeypatch.setenv("TAGGER_LANG", "ru")
    with pytest.raises(click.UsageError) as caught:
        tagger.main(WRONG_CALLS[text], prog_name="tagger", standalone_mode=False)
    told = message(caught.value.format_message())
    russian = entries("click")[text]
    pieces = re.sub(r"\{\d?(?::t)?\}", "\0", russian).split("\0")
    assert all(piece in told for piece in pieces), told
    assert not re.search("Invalid|does not|Missing|No such", told), told


@pytest.mark.parametrize(
    "arguments",
    [
        ["predict", "-f", "jsonl"],
        ["predict", "-f", "csv", "--wide", "--level", "article"],
    ],
    ids=" ".join,
)
def test_data_and_exit_codes_are_the_same_in_both_languages(run, trained, news, arguments):
    both = [run("--lang", language, *arguments, "-m", trained, news) for language in ("en", "ru")]
    assert both[0].returncode == both[1].returncode == 3
    assert both[0].stdout == both[1].stdout
    assert "binary data" in both[0].stderr
    assert "binary data" not in both[1].stderr


@pytest.mark.parametrize(("language", "told"), [(None, "абзацев: "), ("ru", "абзацев: "), ("en", "paragraphs: ")])
def test_answers_are_russian_unless_a_language_is_chosen(run, trained, news, language, told):
    done = run(*(["--lang", language] if language else []), "predict", "-m", trained, news)
    assert re.search(f"^  {told}", done.stdout, re.MULTILINE)
    assert ("binary data" in done.stderr) == (language != "ru")


def test_figures_as_json_are_the_same_in_both_languages(run, trained, tiny_corpus_path):
    both = [run("--lang", name, "evaluate", tiny_corpus_path, "-m", trained, "-f", "json") for name in ("en", "ru")]
    assert json.loads(both[0].stdout) == json.loads(both[1].stdout)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["predict", "нет.txt"], 2, "tagger: нет.txt: нет такого файла (см. tagger predict --help)\n"),
        (["models", "use", "V1"], 2, "строчные латинские буквы"),
        (["models", "use", "v77"], 4, "нет модели 'v77'; есть: v1"),
        (["predict", "x", "--jobs", "0"], 2, "Неверное значение '--jobs': 0 вне границ x>=1."),
        (["models"], 2, "Использование: tagger models [ПАРАМЕТРЫ] КОМАНДА"),
    ],
)
def test_errors_are_told_in_russian(run, trained, arguments, code, told):
    done = run(*arguments, env=os.environ | {"TAGGER_LANG": "ru", "TAGGER_STORE": str(trained)})
    assert done.returncode == code
    assert told in done.stderr


def test_tables_have_russian_headings(run, trained, tiny_corpus_path):
    done = run("--lang", "ru", "evaluate", tiny_corpus_path, "-m", trained)
    assert {"полнота", "калибровка", "абзац", "статья"} <= set(done.stdout.split())
    assert done.stdout.startswith("статей 24, абзацев ")


def test_english_reads_no_catalogue():
    code = "import sys\nfrom tagger.cli.translation import message\nmessage('x: no such file')\nprint('tomllib' in sys.modules)"
    shown = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"TAGGER_LANG": name},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name in ("en", "ru")
    ]
    assert shown == ["False\n", "True\n"]
