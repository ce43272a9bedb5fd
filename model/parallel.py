"""Parallel work: batches of articles worked on by several processes, in order, never far ahead of who takes the results."""

import atexit
import gc
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

from tagger.chunks import Learned
from tagger.errors import TaggerError
from tagger.model import Model
from tagger.verification import load_model

AHEAD = 3
"""Tasks given out for each worker: one at work, the others so that it never waits; bounds the memory of a stream."""
WATCH_SECONDS = 1
"""How often a process looks whether the one that gave out the work is alive."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Item = TypeVar("Item")
Result = TypeVar("Result")

_started: dict[int, Any] = {}
"""By their number, processes that `start` began and nobody has used yet."""


def start(jobs: int) -> None:
    """Begin the processes that the next `in_processes` of so many ``jobs`` takes, while the caller loads its model."""
    _started[jobs] = executor = _processes(jobs)
    with _deaf_to_interrupts():
        executor.submit(len, ())


def in_processes(
    work: Callable[[Item, Model], Result], batches: Iterable[Item], folder: Path, jobs: int
) -> Iterator[Result]:
    """What ``work`` makes of each batch in one of ``jobs`` processes, which load the artifact in ``folder`` once each.

    Raises:
        TaggerError: a process was killed.
    """
    executor, taker = _started.pop(jobs, None) or _processes(jobs), current_thread()
    learned: deque[Learned] = deque(maxlen=AHEAD * jobs)

    def submit(batch: Item) -> Future[tuple[Result, Learned]]:
        task: Future[tuple[Result, Learned]]
        task = executor.submit(_worked, work, batch, str(folder), list(chain.from_iterable(learned)))
        return task

    try:
        for _, (result, new) in in_order(submit, batches, AHEAD * jobs):
            learned.append(new)
            yield result
    except BrokenProcessPool as error:
        raise TaggerError(
            "a worker process was killed, for lack of memory perhaps; run again with fewer jobs"
        ) from error
    finally:
        # An abandoned stream may be closed by a garbage collection in any thread, also one of loky's, which would then
        # wait for itself. And never `kill_workers`: loky's manager dies of it while tasks wait (joblib 1.6).
        executor.shutdown(wait=current_thread() is taker)


def in_order(
    submit: Callable[[Item], Future[Result]], items: Iterable[Item], ahead: int
) -> Iterator[tuple[Item, Result]]:
    """Each item with the result of its task, in order; at most ``ahead`` items are taken ahead."""
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    try:
        for item in items:
            with _deaf_to_interrupts():
                waiting.append((item, submit(item)))
            if len(waiting) >= ahead:
                item, future = waiting.popleft()
                yield item, future.result()
        while waiting:
            item, future = waiting.popleft()
            yield item, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def _processes(jobs: int) -> Any:
    # An executor of our own: joblib's reusable one belongs to whoever uses joblib beside us.
    from joblib.externals.loky import ProcessPoolExecutor

    return ProcessPoolExecutor(max_workers=jobs, env=_ONE_THREAD, initializer=_end_with, initargs=(os.getpid(),))


def _end_with(parent: int) -> None:
    """Let this process end at once when its work is done, and soon after its ``parent``, which may be killed and tell nothing.

    Linux would send a signal (``PR_SET_PDEATHSIG``), but already at the end of the thread that began the process.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    Thread(target=watch, daemon=True).start()
    # Nothing is left to tidy up; freeing all memory piece by piece would take 0.2 s.
    atexit.register(os._exit, 0)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started inside never hear Ctrl-C, which reaches all of a terminal: ending is up to who gave out the work."""
    # A blocked signal would be simpler, but starting loky's resource tracker unblocks it.
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@cache
def _model(folder: str) -> Model:
    # Who gave out the work has loaded the same folder and settled the question of the dictionary.
    model = load_model(Path(folder), allow_dictionary_change=True)
    gc.freeze()  # what is loaded stays; without psutil loky collects garbage every second and would walk over all of it
    return model


def _worked(
    work: Callable[[Item, Model], Result], batch: Item, folder: str, learned: Learned
) -> tuple[Result, Learned]:
    """What the work makes of the batch, and the tokens first met when it last scored; ``learned`` are those that others met."""
    model = _model(folder)
    model.chunks.learn(learned)
    return work(batch, model), model.chunks.learned
