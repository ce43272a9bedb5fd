"""Figures of the shipped model, for the gate and for pinning its floors. Run it to print them; it trains nothing.

python tests/quality/measuring.py                 prints the figures beside their floors
python tests/quality/measuring.py --raise         raises every floor that the figures now pass by more than the slack
python tests/quality/measuring.py --lower REASON  sets all floors anew, also lower ones, and keeps the reason in the file
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from tagger.loading import artifact_folder, load
from tagger.training.corpus import read_corpus
from tagger.training.evaluation import evaluate
from tagger.verification import manifest_of

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
DEV = HERE.parents[2] / "shared" / "dev"
HELD_OUT = ("regional", "border", "federal")
SETS = {
    path.stem: path
    for path in (
        *(DEV / f"{name}.jsonl" for name in ("faithful", "oblique", "general", "seeds")),
        *(HERE / "held_out" / f"{name}.jsonl" for name in HELD_OUT),
    )
    if path.is_file()
}
"""What no training sees: the development sets where they are there, and the articles held out."""
SLACK = 0.01
CROSS_VALIDATION = "cross-validation"


def figures():
    """Set → level → label → F1: out of fold on seeds/ as trained, and on the sets that are there."""
    found = {CROSS_VALIDATION: _rows(manifest_of(artifact_folder())["provenance"]["out_of_fold"])}
    tagger = load()
    for name, path in SETS.items():
        found[name] = _rows(evaluate(tagger.model, read_corpus([path], tagger.labels)).to_dict())
    return found


def digests():
    """SHA-256 of the sets that are there."""
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in SETS.items()}


def _rows(evaluation):
    levels = ("paragraph", "article")
    return {level: {row["label"]: row["f1"] for row in evaluation[level] if row["support"]} for level in levels}


def pinned(found, floors, lower):
    """New floors: figures minus the slack, never under the old floors unless ``lower``."""
    result = {}
    for name, levels in found.items():
        for level, labels in levels.items():
            for label, value in labels.items():
                old = floors.get(name, {}).get(level, {}).get(label, 0.0)
                new = round(value - SLACK, 3)
                result.setdefault(name, {}).setdefault(level, {})[label] = new if lower else max(new, old)
    return {**floors, **result}


def main(arguments):
    file = (
        json.loads(FLOORS.read_text(encoding="utf-8"))
        if FLOORS.exists()
        else {"floors": {}, "digests": {}, "reasons": []}
    )
    found = figures()
    for name, levels in found.items():
        for level, labels in levels.items():
            floors = file["floors"].get(name, {}).get(level, {})
            print(
                name, level, *(f"{label} {value:.3f} ({floors.get(label, 0):.3f})" for label, value in labels.items())
            )
    if arguments[:1] == ["--lower"] and len(arguments) == 2:
        file["reasons"].append(arguments[1])
    elif arguments != ["--raise"]:
        return
    file["floors"] = pinned(found, file["floors"], lower=arguments[0] == "--lower")
    file["digests"] |= digests()
    FLOORS.write_text(json.dumps(file, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
