"""A process of the concurrency tests: ``python publishing_process.py publish|replace|read STORE ARTIFACT SECONDS``.

``publish`` publishes ARTIFACT again and again; ``replace`` does too and deletes all other versions; ``read`` loads the current
model and predicts with it, in one process and for as long. Each writes what it did as lines.
"""

import shutil
import sys
import time
from pathlib import Path

from tagger import load
from tagger.store import Store

TEXT = "Учителю вручили премию\nНаграду и орден вручил министр."


def publish(store: Store, files: dict[str, bytes]) -> str:
    return store.publish(files)


def replace(store: Store, files: dict[str, bytes]) -> str:
    name = store.publish(files)
    for other in store.versions():
        if other != name:
            shutil.rmtree(store.root / other)
    return name


def read(store: Store, _files: dict[str, bytes]) -> str:
    tagger = load(store.root, allow_dictionary_change=True)
    labels = {tagger.predict(TEXT).labels for _ in range(3)}
    assert labels == {("award",)}, labels
    return tagger.version


def main(what: str, root: str, artifact: str, seconds: str) -> None:
    names = sorted((path.name for path in Path(artifact).iterdir()), key=lambda name: name == "manifest.json")
    files = {name: Path(artifact, name).read_bytes() for name in names}
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        sys.stdout.write({"publish": publish, "replace": replace, "read": read}[what](Store(Path(root)), files) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
