"""Scheduling: many articles tagged by the workers of a Dask scheduler, from any address fsspec reads to partitioned JSON Lines.

Each task reads its own block and writes its own file under a fixed name, so that a task done again after the loss of a
worker replaces its result: no article is lost, none is there twice.
"""

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import uuid4

import click
from click.core import ParameterSource

from tagger.artifact import model_digest
from tagger.cli.drifting import corpus_statistics, counted, tell_drift
from tagger.cli.exits import OK, SOME_FAILED
from tagger.cli.inputs import Failure
from tagger.cli.json_lines import unread_records
from tagger.cli.lining import lines_in_order
from tagger.cli.outputs.json_text import json_line
from tagger.drift import Statistics, Tally
from tagger.errors import EnvironmentFault
from tagger.loading import artifact_folder, load
from tagger.tagging import Tagger
from tagger.verification import manifest_of

BLOCK = 8_000_000
"""Bytes of JSON Lines that a task reads."""
RETRIES = 5
"""How often a block is given out again after an error."""
_UNFINISHED = ".unfinished-"
_USED = {
    *("files", "scheduler", "output", "level", "explain", "max_bytes"),
    *("model", "expect_digest", "allow_dictionary_change"),
}
"""Parameters of `tagger predict` that mean the same with a scheduler."""


class Block(NamedTuple):
    """What a task reads: bytes ``[start, stop)`` of JSON Lines, or the row group ``start`` of a Parquet file."""

    address: str
    start: int
    stop: int


class Tagged(NamedTuple):
    """What is told of a tagged block: records that failed, what its texts are like, and those that the model learnt from."""

    failed: int
    tally: Tally
    corpus: Statistics | None


class Settings(NamedTuple):
    """What a worker needs to know."""

    model: str | None
    digest: str
    allow_dictionary_change: bool
    level: str
    explain: bool
    max_bytes: int
    output: str


def predict_scheduled(scheduler: str, inputs: tuple[str, ...], settings: Settings) -> int:
    """Tag ``inputs`` into the folder ``settings.output`` and give the exit code.

    Args:
        scheduler: its address, ``tcp://…``, or ``local`` for two workers on this machine.
        inputs: addresses of ``.jsonl`` and ``.parquet`` files.
        settings: the same for all workers; an empty ``digest`` becomes that of the model here, so that no worker takes another.

    Raises:
        EnvironmentFault: the extra is not installed, or scheduler or inputs cannot be reached.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise EnvironmentFault(f"--scheduler needs {error.name}; pip install 'event-tagger[dask]'") from error
    files, folder = url_to_fs(settings.output)
    if files.exists(folder) and files.ls(folder):
        raise click.UsageError(f"--output {settings.output} holds files; name an empty or new folder")
    files.makedirs(folder, exist_ok=True)
    digest = settings.digest or model_digest(manifest_of(artifact_folder(settings.model)))
    shared = settings._replace(digest=digest)
    try:
        blocks = [block for address in inputs for block in _blocks(address)]
        local = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0"}
        connect: Any = Client  # distributed has no types
        finished: Any = as_completed
        with connect(**local) if scheduler == "local" else connect(scheduler, timeout=10) as client:
            numbers = range(len(blocks))
            tasks = client.map(_tag_block, blocks, numbers, settings=shared, pure=False, retries=RETRIES)
            tagged: list[Tagged] = [task.result() for task in finished(tasks)]
        for path in files.glob(f"{folder}/{_UNFINISHED}*"):
            files.rm(path)
    except KilledWorker as error:
        raise EnvironmentFault(
            "workers were killed again and again, for lack of memory perhaps; give them more"
        ) from error
    except OSError as error:
        raise EnvironmentFault(f"{scheduler}: {error}; is it running, can the inputs be read?") from error
    return _concluded(tagged)


def _concluded(tagged: list[Tagged]) -> int:
    """Say if all texts together drift, and give the exit code."""
    together = Tally(())
    for part in tagged:
        together.merge(part.tally)
    tell_drift(together, tagged[0].corpus if tagged else None)
    return SOME_FAILED if any(part.failed for part in tagged) else OK


def _blocks(address: str) -> Iterator[Block]:
    from fsspec.core import url_to_fs

    files, path = url_to_fs(address)
    if address.endswith(".parquet"):
        with files.open(path) as stream:
            yield from (Block(address, group, group + 1) for group in range(_parquet(stream).num_row_groups))
        return
    size = files.size(path)
    yield from (Block(address, start, min(start + BLOCK, size)) for start in range(0, size, BLOCK))


def _parquet(stream: Any) -> Any:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(stream)


def _tag_block(block: Block, number: int, *, settings: Settings) -> Tagged:
    """Tag a block into file ``number`` of the output."""
    from fsspec.core import url_to_fs

    tagger = _tagger(settings.model, settings.digest, settings.allow_dictionary_change)
    lines, failed, tally = [], 0, Tally(tagger.labels)
    records = unread_records(io.BytesIO(_read(block)), f"{block.address}@{block.start}", settings.max_bytes)
    for answer in counted(lines_in_order(tagger, records, settings.level, settings.explain), tally):
        failed += isinstance(answer, Failure)
        lines.append(json_line(answer, settings.level, settings.explain))
    files, folder = url_to_fs(settings.output)
    # Written beside and moved, so that a worker killed in the middle leaves no half file under the name. The name beside
    # is of this attempt alone: a worker that was given up may still be writing.
    temporary = f"{folder}/{_UNFINISHED}{number:05}-{uuid4().hex}"
    files.pipe_file(temporary, b"".join(lines))
    files.mv(temporary, f"{folder}/part-{number:05}.jsonl")
    return Tagged(failed, tally, corpus_statistics(tagger))


@cache
def _tagger(model: str | None, digest: str, allow_dictionary_change: bool) -> Tagger:
    return load(model, allow_dictionary_change=allow_dictionary_change, expect_digest=digest)


def _read(block: Block) -> bytes:
    """The lines of JSON that begin in the block."""
    from fsspec.core import url_to_fs

    files, path = url_to_fs(block.address)
    with files.open(path, "rb") as stream:
        if block.address.endswith(".parquet"):
            rows = _parquet(stream).read_row_group(block.start).to_pylist()
            return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode()
        if block.start:
            stream.seek(block.start - 1)
            stream.readline()  # a line that began before belongs to the block before
        begin = stream.tell()
        data: bytes = stream.read(max(block.stop - begin, 0))
        return data + stream.readline() if data and not data.endswith(b"\n") else data


def check_scheduled(ctx: click.Context) -> str:
    """The output folder of a call of `tagger predict`; raises `click.UsageError` for what a scheduler cannot do."""
    used = _USED | ({"form"} if ctx.params["form"] == "jsonl" else set())
    unused = [
        max(parameter.opts, key=len)
        for parameter in ctx.command.params
        if str(parameter.name) not in used and ctx.get_parameter_source(str(parameter.name)) != ParameterSource.DEFAULT
    ]
    if unused:
        raise click.UsageError(
            f"--scheduler writes JSON Lines and has no use for {', '.join(unused)}; leave out these or --scheduler"
        )
    output: str | None = ctx.params["output"]
    if output is None:
        raise click.UsageError("--scheduler needs --output FOLDER")
    for path in ctx.params["files"]:
        if not path.endswith((".jsonl", ".parquet")):
            raise click.UsageError(
                f"{path}: a scheduler reads .jsonl and .parquet; convert it or leave out --scheduler"
            )
    return output
