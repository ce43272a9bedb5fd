"""The house rules, checked on the syntax trees of the sources."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {"model": "tagger", "training": "tagger.training", "cli": "tagger.cli"}
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
STDLIB_FORBIDDEN = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "logging"}
WRITING_CALLS = {"write_text", "write_bytes", "mkdir", "rename", "unlink", "rmtree", "replace_file"}


def imports(path: Path) -> set[str]:
    """Full names of all modules that ``path`` imports, also inside functions and under TYPE_CHECKING."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def named(tree: ast.AST, module: str) -> list[ast.AST]:
    """Import statements of ``module`` anywhere under ``tree``."""
    kinds = {
        ast.Import: lambda node: [alias.name for alias in node.names],
        ast.ImportFrom: lambda node: [node.module or ""],
    }
    found = [node for node in ast.walk(tree) if type(node) in kinds]
    return [node for node in found if any(name.split(".")[0] == module for name in kinds[type(node)](node))]


def test_joblib_is_imported_inside_one_function_of_the_model():
    homes = []
    for path in sorted((ROOT / "model").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and named(node, "joblib")]
        homes += [f"{path.name}:{node.name}" for node in functions]
        assert sum(len(named(node, "joblib")) for node in functions) == len(named(tree, "joblib")), path
    assert homes == ["parallel.py:_processes"]


def test_sources_are_found():
    assert len(SOURCES) > 30


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_imports_go_one_way(path):
    forbidden = {
        "model": ("tagger.training", "tagger.cli", "sklearn", "scipy", "pandas", "click"),
        "training": ("tagger.cli", "click"),
        "cli": ("sklearn", "scipy", "pandas"),
    }[path.relative_to(ROOT).parts[0]]
    for name in imports(path):
        assert not any(name == module or name.startswith(module + ".") for module in forbidden), name
        assert name.split(".")[0] not in STDLIB_FORBIDDEN, name
        assert name.split(".")[0] not in {"model", "training", "cli"}, f"import tagger…, not {name}"


@pytest.mark.parametrize("path", sorted((ROOT / "model").glob("*.py")), ids=lambda path: path.name)
def test_model_is_light_and_silent(path):
    known = {"numpy", "pymorphy3", "pymorphy3_dicts_ru", "tagger"} | (
        {"joblib"} if path.name == "parallel.py" else set()
    )
    import sys

    for name in imports(path):
        top = name.split(".")[0]
        assert top in known or top in sys.stdlib_module_names, name
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not any(isinstance(call, ast.Name) and call.id in {"print", "eval", "exec"} for call in calls)
    if path.name != "files.py":
        opened = [
            call for call in calls if isinstance(call, ast.Attribute) and call.attr in WRITING_CALLS - {"replace_file"}
        ]
        assert not opened, "only model/files.py writes files"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_and_functions_are_short(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_module_names():
    taken = {"types", "io", "token", "select", "inspect"}
    assert not taken & {path.stem for path in SOURCES}


def test_no_event_type_is_named_in_the_code():
    ids = ("agreement_signing", "strategy_session", "business_mission")
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
                assert not any(label in node.value for label in ids), f"{path}: {node.value!r}"
