"""Shell completion: the protocol of each shell, spoken to the installed command, and the real shells."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tagger.store import Store

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with three versions and what is none."""
    root = tmp_path_factory.mktemp("completion") / "store"
    for name in ("v1", "v2", "v10"):
        (root / name).mkdir(parents=True)
        (root / name / "manifest.json").write_text("{}")
    (root / "v3").mkdir()
    (root / "v2.note").write_text("x")
    return root


def complete(run, store, shell, line, **environment):
    """What the command answers to the shell when Tab is pressed at the end of ``line``."""
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "fish": {"COMP_WORDS": line, "COMP_CWORD": words[-1]},
    }[shell]
    environment = {"TAGGER_STORE": str(store), "_TAGGER_COMPLETE": f"{shell}_complete", **asked, **environment}
    done = run(env=os.environ | environment)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.split("\n")
    if shell == "zsh":
        return [value for kind, value in zip(lines[::3], lines[1::3], strict=False) if kind]
    if shell == "fish" and "dir" in lines:
        return [lines[1]]
    return [entry.split(",", 1)[1].split("\t")[0] for entry in lines if "," in entry]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("tagger models show ", ["v1", "v10", "v2"]),
        ("tagger predict -m v1", ["v1", "v10"]),
        ("tagger models ver", ["verify"]),
    ],
)
def test_each_shell_is_answered(run, store, shell, line, found):
    assert complete(run, store, shell, line) == found


@pytest.mark.parametrize(
    "line",
    [
        "tagger predict --model ",
        "tagger evaluate -m ",
        "tagger models compare v1 ",
        "tagger models use ",
        "tagger models note ",
        "tagger models verify ",
        "tagger data export -m ",
        "tagger data queue -m ",
    ],
)
def test_models_are_completed_wherever_one_is_named(run, store, line):
    assert complete(run, store, "bash", line) == ["v1", "v10", "v2"]


def test_a_named_store_is_looked_into(run, store, tmp_path):
    assert complete(run, tmp_path, "bash", f"tagger models use --store {store} v2") == ["v2"]


def test_what_is_no_version_is_completed_as_a_folder(run, store):
    assert complete(run, store, "bash", "tagger predict -m my-mod") == ["my-mod"]


def test_names_are_those_of_the_store(store):
    assert sorted(Store(store).versions()) == ["v1", "v10", "v2"]


def test_completion_imports_no_numpy(store):
    code = (
        "import sys\nsys.argv = ['tagger']\nfrom tagger.cli.main import run\ntry:\n    run()\n"
        "except SystemExit:\n    print('numpy' in sys.modules, 'pymorphy3' in sys.modules)"
    )
    asked = {"_TAGGER_COMPLETE": "bash_complete", "COMP_WORDS": "tagger predict -m v", "COMP_CWORD": "3"}
    environment = os.environ | {"TAGGER_STORE": str(store)} | asked
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["plain,v1", "plain,v10", "plain,v2", "False False"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_of_the_shell(run, shell):
    done = run("completion", shell)
    assert done.returncode == 0
    assert f"_TAGGER_COMPLETE={shell}_complete" in done.stdout
    if program := shutil.which(shell):
        subprocess.run([program, "-n", "/dev/stdin"], input=done.stdout, text=True, check=True)


def test_an_unknown_shell_is_a_wrong_call(run):
    assert run("completion", "csh").returncode == 2


ZSH = """
zmodload zsh/zpty
zpty shell 'zsh -f -i'
zpty -w shell "PS1='>'; autoload -Uz compinit && compinit -u -D; source $1; echo rea''dy"
zpty -r shell seen '*ready*'
zpty -n -w shell $2$'\\t\\t'
zpty -r shell seen "*$3*"
print -r -- $seen
zpty -d shell
"""
"""Types $2 and Tab twice into an interactive zsh with the script $1, and prints what it shows until $3 comes."""


@pytest.fixture
def script(run, tmp_path):
    """Writes the script of a shell and gives its path."""

    def made(shell):
        path = tmp_path / f"_tagger.{shell}"
        path.write_text(run("completion", shell).stdout)
        return path

    return made


def shown_by(shell, store, *arguments):
    """What a real shell prints; skips where there is none."""
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"TAGGER_STORE": str(store), "PATH": path, "TERM": "xterm"}
    done = subprocess.run(
        [shell, *map(str, arguments)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_a_real_bash_completes(store, script):
    ask = (
        f"source {script('bash')}; complete -p tagger; COMP_WORDS=(tagger models use v1); COMP_CWORD=3; "
        "_tagger_completion tagger; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    registered, *found = shown_by("bash", store, "--norc", "-c", ask).splitlines()
    assert "-F _tagger_completion tagger" in registered
    assert found == ["v1", "v10"]


def test_a_real_zsh_completes(store, script):
    shown = shown_by("zsh", store, "-f", "-c", ZSH, "zsh", script("zsh"), "tagger predict -m v1", "v10")
    assert re.search("v1 +v10", shown)
    assert "v2" not in shown


def test_a_real_fish_completes(store, script):
    asked = ["tagger predict -m ", "tagger predict --model v1", "tagger mod"]
    ask = "; ".join([f"source {script('fish')}", *(f"complete -C '{line}'; echo" for line in asked)])
    everything, begun, described = shown_by("fish", store, "--no-config", "-c", ask).strip().split("\n\n")
    assert everything.split() == ["v1", "v2", "v10"]
    assert begun.split() == ["v1", "v10"]
    assert described == "models\tList, show, verify, compare and choose trained models."
