"""Start-up: what the installed command imports."""

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
PROGRAM = """
import sys
sys.argv = ["tagger", *{arguments!r}]
from tagger.cli.main import run
try:
    run()
except SystemExit as end:
    assert not end.code, end.code
print("MODULES", *sorted({{name.split(".")[0] for name in sys.modules}}))
"""


def modules_after(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=list(arguments))], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rpartition("MODULES")[2].split())


def test_predict_imports_neither_scikit_learn_nor_scipy():
    loaded = modules_after("predict", str(SAMPLE))
    assert "numpy" in loaded
    assert not loaded & {"sklearn", "scipy", "pandas", "joblib"}


def test_help_imports_no_numpy():
    assert not modules_after("--help") & {"numpy", "pymorphy3", "sklearn"}


def test_bare_folder_names_are_never_importable(tmp_path):
    code = "import tagger, tagger.training, tagger.cli, tagger.seeds, tagger.artifacts\nimport model"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "ModuleNotFoundError: No module named 'model'" in done.stderr
