"""Shell completion: the protocol of each shell, spoken to the installed command, and a real bash."""

import os
import shutil
import subprocess
import sys

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


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_a_real_bash_completes(run, store, tmp_path):
    script = tmp_path / "completion.bash"
    script.write_text(run("completion", "bash").stdout)
    command = f"{os.path.dirname(sys.executable)}/tagger"  # noqa: PTH120 - for a script
    ask = (
        f"source {script}; COMP_WORDS=(tagger models use v1); COMP_CWORD=3; "
        f"_tagger_completion {command}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    environment = os.environ | {"TAGGER_STORE": str(store)}
    done = subprocess.run(["bash", "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["v1", "v10"]
