"""`tagger predict` when things go wrong: bad files among good ones, wrong calls, readers that leave."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tagger import load
from tagger.cli.answering import writers
from tagger.cli.outputs.wanted import Wanted
from tagger.errors import EnvironmentFault

COMMAND = Path(sys.executable).with_name("tagger")
NEWS = ("награда.txt", "открытие.txt", "погода.txt")


@pytest.fixture
def predict(run, trained, news):
    def call(*arguments, **options):
        return run("predict", "-m", trained, *arguments, **({"cwd": news} | options))

    return call


@pytest.mark.parametrize(("form", "place"), [("json", 0), ("jsonl", 1), ("csv", 3), ("json", 3)])
def test_a_bad_file_yields_an_error_in_its_place_and_the_others_are_done(predict, schema, form, place):
    names = list(NEWS)
    names.insert(place, "картинка.txt")
    done = predict("-f", form, "--level", "article", *names)
    assert done.returncode == 3
    if form == "csv":
        records = [
            {name: value for name, value in row.items() if value} for row in csv.DictReader(io.StringIO(done.stdout))
        ]
    else:
        records = json.loads(done.stdout) if form == "json" else [json.loads(line) for line in done.stdout.splitlines()]
        for record in records:
            schema("prediction").validate(record)
    assert [record["id"] for record in records] == names
    assert ["error" in record for record in records] == [name == "картинка.txt" for name in names]
    assert "PNG" in records[place]["error"]
    (line,) = (line for line in done.stderr.splitlines() if "картинка" in line)
    assert line.startswith("tagger: картинка.txt: binary data")


def test_a_bad_file_is_told_on_standard_error_alone_in_text(predict):
    done = predict("картинка.txt", "погода.txt")
    assert done.returncode == 3
    assert "картинка" not in done.stdout
    assert "погода.txt" in done.stdout


def test_strict_stops_at_the_first_bad_file(predict):
    done = predict("--strict", "-f", "json", "награда.txt", "картинка.txt", "погода.txt")
    assert done.returncode == 3
    assert [record["id"] for record in json.loads(done.stdout) if "error" not in record] == ["награда.txt"]
    assert "картинка.txt" in done.stderr


@pytest.mark.parametrize(("name", "code"), [("картинка.txt", 3), (os.devnull, 0)])
def test_nothing_but_a_bad_or_empty_file_is_no_bug(predict, name, code):
    done = predict("-f", "json", name)
    assert done.returncode == code
    assert len(json.loads(done.stdout)) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-m", "v77", "погода.txt"], 4, "no model 'v77'; available: "),
        (["-m", "nowhere/v1", "погода.txt"], 4, "nowhere/v1"),
        (["-m", "V1!", "погода.txt"], 2, "model name 'V1!'"),
        (["нет.txt"], 2, "нет.txt: no such file"),
        (["погода.txt", "нет.txt"], 2, "нет.txt: no such file"),
        ([], 2, "FILE"),
        (["-", "-"], 2, "'-' can be given only once"),
        (["-f", "xml", "погода.txt"], 2, "xml"),
        (["--level", "word", "погода.txt"], 2, "word"),
        (["--max-bytes", "0", "погода.txt"], 2, "max-bytes"),
        (["--colour", "погода.txt"], 2, "--colour"),
    ],
)
def test_a_wrong_call_says_so_and_writes_no_result(run, news, arguments, code, message):
    done = run("predict", *arguments, cwd=news, input="")
    assert done.returncode == code
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_damaged_model_is_refused(run, trained, news, tmp_path):
    shutil.copytree(trained, tmp_path / "store")
    path = tmp_path / "store" / "v1" / "coef.npy"
    path.write_bytes(path.read_bytes()[:-1])
    done = run("predict", "-m", tmp_path / "store", "погода.txt", cwd=news)
    assert (done.returncode, done.stdout) == (4, "")
    assert "coef.npy" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_large_file_is_refused_or_allowed(predict):
    refused = predict("--max-bytes", 50, "-f", "jsonl", "награда.txt", "погода.txt", "-", input="Дождь")
    assert refused.returncode == 3
    assert ["over 50 bytes" in line for line in refused.stdout.splitlines()] == [True, True, False]
    assert predict("--max-bytes", 5000, "награда.txt").returncode == 0


def test_a_named_encoding_is_used(predict, news, tmp_path):
    (tmp_path / "a.txt").write_bytes((news / "награда.txt").read_bytes().decode().encode("cp1251"))
    done = predict("-f", "jsonl", "--encoding", "cp1251", tmp_path / "a.txt")
    assert json.loads(done.stdout)["labels"] == ["award"]
    assert predict("--encoding", "utf-8", tmp_path / "a.txt", "погода.txt").returncode == 3


@pytest.mark.parametrize("form", ["text", "jsonl", "csv"])
def test_a_reader_that_leaves_early_ends_the_command_in_silence(trained, news, form):
    command = [COMMAND, "predict", "-m", trained, "-f", form, *["награда.txt"] * 1500]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=news)
    assert process.stdout.readline()
    process.stdout.close()
    messages = process.stderr.read().decode().splitlines()
    assert [message for message in messages if "warning" not in message] == []
    assert process.wait() == 141
    process.stderr.close()


@pytest.mark.parametrize("option", ["--output", "--report"])
def test_a_place_that_cannot_be_written_is_told_before_any_work(predict, tmp_path, option):
    done = predict("картинка.txt", "погода.txt", "-f", "csv", option, tmp_path / "no" / "place")
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr.startswith(f"tagger: cannot write {tmp_path}/no/place: its folder is not there")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "no").exists()


def test_answers_are_there_though_the_report_fails_at_the_end(trained, tmp_path):
    (tmp_path / "reports").mkdir()
    wanted = Wanted("csv", output=str(tmp_path / "out.csv"), report=str(tmp_path / "reports" / "r.html"))
    with pytest.raises(EnvironmentFault, match=r"cannot write .*r\.html"), writers(wanted, load(trained)):
        (tmp_path / "reports").rmdir()
    assert (tmp_path / "out.csv").exists()
