"""Write ``tests/faults/README.md``: each row of the fault contract, its tests and how they ended.

Run in an environment with the package installed: ``python tests/faults/table.py`` (some ten minutes, the slow tier included).
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
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

SLOW = """## The slow tier

`pytest -m slow` runs it, with the slow tests of the other folders.

"""


def rows_of(name: str) -> list[str]:
    """The rows that a test shows by its name: ``test_p05_…`` shows P5, ``test_a03_a04_…`` A3 and A4."""
    found = _NAMED.match(name)
    return [f"{part[0].upper()}{int(part[1:])}" for part in found[1].split("_")[1:]] if found else []


def names_in_sources() -> set[str]:
    """The names of all test functions of this folder."""
    sources = (path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    return {name for source in sources for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)}


@dataclass
class Outcome:
    """How the cases of one test function ended, their time, and the figures they recorded."""

    ends: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    figures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items())) or "slow: not run here"


def run(options: list[str]) -> dict[str, Outcome]:
    """Run the tests; gives the outcome of each function."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", str(HERE), f"--junitxml={report}", "-o", "junit_family=xunit1"]
        subprocess.run([*command, *options], check=False)
        outcomes: dict[str, Outcome] = defaultdict(Outcome)
        for case in ElementTree.parse(report).iter("testcase"):
            ends = {child.tag for child in case} & {"failure", "error", "skipped"}
            outcome = outcomes[case.get("name", "").partition("[")[0]]
            outcome.ends[ends.pop() if ends else "passed"] += 1
            outcome.seconds += float(case.get("time", "0"))
            outcome.figures += [
                item.get("value", "") for item in case.iter("property") if item.get("name") == "figures"
            ]
        return outcomes


def table(fast: dict[str, Outcome], slow: dict[str, Outcome]) -> str:
    """The README: a table for each letter and one of the slow tier."""
    known = names_in_sources()
    parts = [HEAD]
    for letter, what in CASES.items():
        parts.append(f"## {letter}: {what}\n\n| row | test | outcome |\n|---|---|---|\n")
        for row in (row for row in ROWS if row[0] == letter):
            names = sorted(name for name in known if row in rows_of(name)) or [""]
            parts += [f"| {row} | {_words(name)} | {fast.get(name) or slow.get(name, Outcome())} |\n" for name in names]
        parts.append("\n")
    parts.append(f"{SLOW}| test | outcome | time | figures |\n|---|---|---|---|\n")
    for name, outcome in slow.items():
        parts.append(f"| {_words(name)} | {outcome} | {outcome.seconds:.0f} s | {'; '.join(outcome.figures)} |\n")
    return "".join(parts)


def _words(name: str) -> str:
    return _NAMED.sub("", name).removeprefix("test_").replace("_", " ") or "**none**"


if __name__ == "__main__":
    target = HERE / "README.md"
    target.write_text(table(run(["-m", "not slow"]), run(["-m", "slow"])), encoding="utf-8")
    print(target)
