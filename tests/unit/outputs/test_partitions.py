"""Partitions: whole files only."""

import pytest

from tagger.cli.outputs.json_text import KeptLines
from tagger.cli.outputs.partitions import Partitions


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6])
def test_each_file_has_so_many_items_and_the_last_the_rest(tmp_path, count):
    with Partitions(tmp_path / "out", "jsonl", 3, KeptLines) as parts:
        for number in range(count):
            parts.add(b"%d\n" % number)
        parts.close()
    found = contents(tmp_path / "out")
    assert sorted(found) == [f"part-{number:05}.jsonl" for number in range((count + 2) // 3)]
    assert b"".join(found[name] for name in sorted(found)) == b"".join(b"%d\n" % number for number in range(count))


def stopped_in_the_second_file(folder):
    """Three items, two a file, then Ctrl-C."""
    with Partitions(folder, "jsonl", 2, KeptLines) as parts:
        parts.add(b"a\n")
        assert not any(name.startswith("part") for name in contents(folder))
        parts.add(b"b\n")
        parts.add(b"c\n")
        assert contents(folder)["part-00000.jsonl"] == b"a\nb\n"
        raise KeyboardInterrupt


def test_a_file_appears_when_it_is_whole_and_never_after_an_error(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        stopped_in_the_second_file(tmp_path / "out")
    assert contents(tmp_path / "out") == {"part-00000.jsonl": b"a\nb\n"}
