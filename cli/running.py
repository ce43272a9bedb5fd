"""Running: files in, answers out, by one way for every kind of output."""

from collections.abc import Generator, Iterable
from contextlib import closing
from typing import NamedTuple

from tagger.cli.answering import write_answers, writers
from tagger.cli.drifting import telling_drift
from tagger.cli.exits import OK, SOME_FAILED
from tagger.cli.inputs import Failure, Input, predict_in_order, read_inputs
from tagger.cli.lining import lines_in_order
from tagger.cli.outputs.json_text import Line
from tagger.cli.outputs.wanted import Wanted
from tagger.cli.progress import Meter
from tagger.prediction import Prediction
from tagger.tagging import Tagger


class Running(NamedTuple):
    """How the work is done: see the options of `tagger predict`."""

    encoding: str | None
    max_bytes: int
    jobs: int
    strict: bool


def run(tagger: Tagger, files: tuple[str, ...], wanted: Wanted, how: Running) -> int:
    """Tag all texts of ``files``, write what is wanted, and give the exit code.

    Raises:
        Stopped: a signal came; the message says how far the work is.
        EnvironmentFault: an output cannot be written.
    """
    meter = Meter(files)
    inputs = read_inputs(files, how.encoding, how.max_bytes, meter.open)
    if wanted.resume:
        from tagger.cli.resuming import resuming

        with (
            resuming(wanted, tagger) as kept,
            telling_drift(tagger) as counted,
            closing(_answers(tagger, kept.pending(inputs), wanted, how.jobs)) as stream,
            meter.watching(stream) as answers,
        ):
            write_answers(counted(answers), kept, strict=False)
        return SOME_FAILED if kept.failures else OK
    with (
        writers(wanted, tagger) as writer,
        telling_drift(tagger) as counted,
        closing(_answers(tagger, inputs, wanted, how.jobs)) as stream,
        meter.watching(stream) as answers,
    ):
        return write_answers(counted(answers), writer, strict=how.strict)


def _answers(
    tagger: Tagger, inputs: Iterable[Input], wanted: Wanted, jobs: int
) -> Generator[Line | Failure, None, None] | Generator[Prediction | Failure, None, None]:
    if wanted.only_lines:
        return lines_in_order(tagger, inputs, wanted.level, wanted.explain, jobs)
    return predict_in_order(tagger, inputs, jobs)
