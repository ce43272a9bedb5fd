"""Help pages: of every command, in both languages, and the reference that is written from them."""

import re
from pathlib import Path

import click
import pytest
from command_tree import contexts
from reference_page import reference_page

from tagger.cli.help_pages import EXAMPLES, HelpPage, paragraphs

ROOT = Path(__file__).parents[2]
PAGES = {ctx.command_path: ctx for ctx in contexts()}
WIDTH = 80
EXAMPLE_WIDTH = 120


@pytest.fixture(params=["en", "ru"])
def page(request, monkeypatch):
    """Gives the help page of a command, wrapped as in a terminal of 80 columns."""
    monkeypatch.setenv("TAGGER_LANG", request.param)
    monkeypatch.setattr(click.Context, "formatter_class", HelpPage)

    def made(path):
        return PAGES[path].get_help()

    return made


def test_all_commands_are_found():
    assert {"tagger", "tagger predict", "tagger models use", "tagger data check", "tagger completion"} <= PAGES.keys()


@pytest.mark.parametrize("path", PAGES)
def test_examples_keep_their_lines(path, page):
    (examples,) = (part for part in paragraphs(PAGES[path].command.help) if part.startswith(EXAMPLES))
    commands = examples.splitlines()[1:]
    assert commands
    for command in commands:
        assert "tagger" in command
        assert f"\n  {command}\n" in page(path)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_clean_and_narrow(path, page):
    text = page(path)
    assert "\\b" not in text
    assert "\b" not in text
    assert "..." not in text.split("\n", 1)[1], "a short help was cut"
    shown = [line for line in text.splitlines() if "tagger " not in line]
    assert max(map(len, shown)) <= WIDTH
    assert max(map(len, text.splitlines())) <= EXAMPLE_WIDTH


@pytest.mark.parametrize("path", PAGES)
def test_every_option_is_explained(path):
    options = [
        parameter for parameter in PAGES[path].command.get_params(PAGES[path]) if isinstance(parameter, click.Option)
    ]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("path", PAGES)
def test_options_of_the_examples_exist(path):
    """Of every example that begins with the command itself."""
    ctx = PAGES[path]
    known = {name for parameter in ctx.command.get_params(ctx) for name in (*parameter.opts, *parameter.secondary_opts)}
    for line in paragraphs(ctx.command.help)[-1].splitlines():
        if line.strip().startswith(f"{path} ") and not isinstance(ctx.command, click.Group):
            own = re.split(r" [|>&]+ ", line)[0]
            assert set(re.findall(r"(?<= )--?[a-z][a-z0-9-]*", own)) <= known, line


@pytest.mark.parametrize(
    ("arguments", "environment", "begins"),
    [
        (["models", "gc", "--help"], {}, "Usage: tagger models gc"),
        (["--lang", "ru", "models", "gc", "-h"], {}, "Использование: tagger models gc"),
        (["--lang", "en", "--help"], {"TAGGER_LANG": "ru"}, "Usage: tagger"),
        (["--help"], {"LC_ALL": "ru_RU.UTF-8"}, "Использование: tagger"),
    ],
)
def test_the_installed_command_speaks_the_language(run, arguments, environment, begins):
    import os

    kept = {name: value for name, value in os.environ.items() if name != "TAGGER_LANG" and not name.startswith("LC_")}
    done = run(*arguments, env=kept | {"LANG": "C"} | environment)
    assert done.returncode == 0
    assert done.stdout.startswith(begins)


def test_the_reference_is_what_its_script_writes():
    assert (ROOT / "REFERENCE.md").read_text(encoding="utf-8") == reference_page(), (
        "write it again: python tests/making/reference_page.py > REFERENCE.md"
    )


def test_the_reference_is_the_same_in_any_language(monkeypatch):
    monkeypatch.setenv("TAGGER_LANG", "ru")
    assert "Использование" not in reference_page()
