"""Publish a second version again and again, each time failing another of the calls that write; run by the tests.

``python failing_writes.py ROOT ARTIFACT once|on ERRNO|KILL`` publishes ARTIFACT twice in fresh stores under ROOT. While the
second one is published, call number N to the operating system fails with ERRNO, only that one or from then on, or the process
is killed at it (half of what it was to write is written); N = 1, 2, … until nothing fails any more. A line of JSON each.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tagger.errors import EnvironmentFault
from tagger.store import Store

CALLS = ("open", "write", "fsync", "mkdir", "rename", "replace", "close")
REAL = {name: getattr(os, name) for name in CALLS}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
written: Counter[str] = Counter()
"""Files opened for writing: those that the interpreter saw, and those that went through the calls above."""


class Saboteur:
    """Counts the calls and spoils number ``target`` (and the later ones, if ``lasting``)."""

    def __init__(self, target: int, lasting: bool, fault: str) -> None:
        self.target, self.lasting, self.fault = target, lasting, fault
        self.count = 0
        self.spoilt: list[str] = []

    def instead_of(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.count += 1
            written["counted"] += name == "open" and bool(arguments[1] & WRITING)
            if self.count == self.target or (self.lasting and self.count > self.target):
                self.spoilt.append(name)
                self.spoil(name, arguments)
            return REAL[name](*arguments, **options)

        return call

    def spoil(self, name: str, arguments: tuple[Any, ...]) -> None:
        written["spoilt"] += name == "open" and bool(arguments[1] & WRITING)
        if name == "write":
            REAL["write"](arguments[0], arguments[1][: len(arguments[1]) // 2])
        if self.fault == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "close":
            REAL["close"](*arguments)
        raise OSError(int(self.fault), os.strerror(int(self.fault)))


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Called by the interpreter at every file it opens, by whatever function."""
    written["seen"] += event == "open" and bool(arguments[2] & WRITING)


def attempt(store: Store, files: dict[str, bytes], saboteur: Saboteur) -> str | None:
    """The fault that publishing ended in, if any."""
    for name in CALLS:
        setattr(os, name, saboteur.instead_of(name))
    written.clear()
    try:
        store.publish(files)
    except EnvironmentFault as error:
        return str(error)
    finally:
        for name in CALLS:
            setattr(os, name, REAL[name])
        if written["seen"] != written["counted"] - written["spoilt"]:
            raise AssertionError(f"a file was written past the calls that are failed here: {written}")
    return None


def attempt_in_a_child(store: Store, files: dict[str, bytes], saboteur: Saboteur) -> bool:
    """Whether the child was killed."""
    child = os.fork()
    if not child:
        attempt(store, files, saboteur)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(root: str, artifact: str, how: str, fault: str) -> None:
    sys.addaudithook(audit)
    names = sorted((path.name for path in Path(artifact).iterdir()), key=lambda name: name == "manifest.json")
    files = {name: Path(artifact, name).read_bytes() for name in names}
    for target in range(1, 10_000):
        store = Store(Path(root, str(target)))
        store.publish(files)
        saboteur = Saboteur(target, how == "on", fault)
        if fault == "KILL":
            record: dict[str, Any] = {"spoilt": ["?"] * attempt_in_a_child(store, files, saboteur), "error": None}
        else:
            error = attempt(store, files, saboteur)
            record = {"spoilt": saboteur.spoilt, "error": error}
        sys.stdout.write(json.dumps(record | {"store": str(store.root)}) + "\n")
        sys.stdout.flush()
        if not record["spoilt"]:
            return
    raise AssertionError("the run never completes")


if __name__ == "__main__":
    main(*sys.argv[1:])
