"""Write ``tests/faults/README.md``: each row of the fault contract, its tests and how they ended.

Run in an environment with the package installed: ``python tests/faults/table.py`` (``--slow`` runs the slow ones too).
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).parent
SIZES = {"A": 21, "I": 17, "T": 16, "P": 10}
ROWS = [f"{letter}{number}" for letter, size in SIZES.items() for number in range(1, size + 1)]
_NAMED = re.compile(r"test((?:_[aitp]\d\d)+)_")

CASES = {
    "A": "the artifact: damaged, forged, named oddly, written while the machine fails",
    "I": "the texts: encodings, binaries, sizes, languages, odd characters, paths",
    "T": "the training data: malformed, contradictory, too few, changing",
    "P": "the process: streams, signals, surroundings, memory, output",
}
HEAD = """# Faults

What the program does when things go wrong, row by row of the fault contract. A test is named after its row:
`test_i05_…` shows row I5. This file is written by `python tests/faults/table.py`, which runs them.

"""


def rows_of(name: str) -> list[str]:
    """The rows that a test shows by its name: ``test_p05_…`` shows P5, ``test_a03_a04_…`` A3 and A4."""
    found = _NAMED.match(name)
    return [f"{part[0].upper()}{int(part[1:])}" for part in found[1].split("_")[1:]] if found else []


def names_in_sources() -> set[str]:
    """The names of all test functions of this folder."""
    sources = (path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    return {name for source in sources for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)}


def run(options: list[str]) -> dict[str, Counter[str]]:
    """Run the tests; gives for each function how many of its cases ended how."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        subprocess.run([sys.executable, "-m", "pytest", "-q", str(HERE), f"--junitxml={report}", *options], check=False)
        outcomes: dict[str, Counter[str]] = {}
        for case in ElementTree.parse(report).iter("testcase"):
            ends = {child.tag for child in case} & {"failure", "error", "skipped"}
            name = case.get("name", "").partition("[")[0]
            outcomes.setdefault(name, Counter())[ends.pop() if ends else "passed"] += 1
    return outcomes


def table(outcomes: dict[str, Counter[str]]) -> str:
    """The README: a table for each letter; tests that did not run are the slow ones."""
    known = names_in_sources()
    parts = [HEAD]
    for letter, what in CASES.items():
        parts.append(f"## {letter}: {what}\n\n| row | test | outcome |\n|---|---|---|\n")
        for row in (row for row in ROWS if row[0] == letter):
            names = sorted(name for name in known if row in rows_of(name)) or [""]
            parts += [f"| {row} | {_words(name)} | {_outcome(outcomes.get(name, Counter()))} |\n" for name in names]
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


def _words(name: str) -> str:
    return _NAMED.sub("", name).replace("_", " ") or "**none**"


def _outcome(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {end}" for end, count in sorted(counts.items())) or "slow: not run here"


if __name__ == "__main__":
    target = HERE / "README.md"
    target.write_text(table(run([] if "--slow" in sys.argv else ["-m", "not slow"])), encoding="utf-8")
    print(target)
