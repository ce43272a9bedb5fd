"""Rows I1 to I9 of the fault contract: texts that are empty, in odd encodings, no texts at all, or large."""

import codecs
import gzip
import io
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("tagger")
SAMPLE = Path(__file__).parents[1] / "samples" / "agreement.txt"
TEXT = SAMPLE.read_text(encoding="utf-8")
ENCODABLE = TEXT.replace("—", "-").replace("«", '"').replace("»", '"')
"""The same with signs that koi8-r and cp866 have too."""


@pytest.fixture
def answer(run, tmp_path):
    """Tag bytes; gives the exit code, the record and what standard error says."""

    def call(data, *options, name="text.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        done = run("predict", "-f", "jsonl", path, *options)
        assert "Traceback" not in done.stderr
        return done.returncode, json.loads(done.stdout), done.stderr

    return call


@pytest.mark.parametrize("data", [b"", b" \t \n\r\n\xc2\xa0\n", codecs.BOM_UTF8])
def test_i01_an_empty_text_is_a_result_without_paragraphs(answer, data):
    code, record, _ = answer(data)
    assert code == 0
    assert record["paragraphs"] == []
    assert record["labels"] == []
    assert record["warnings"] == ["nearly empty"]


def test_i02_a_utf8_bom_is_removed(answer, clean_record):
    code, record, errors = answer(codecs.BOM_UTF8 + TEXT.encode())
    assert (code, errors) == (0, "")
    assert record["paragraphs"] == clean_record["paragraphs"]


def test_i02_a_utf8_bom_before_json_lines_is_removed(answer):
    code, record, _ = answer(codecs.BOM_UTF8 + json.dumps({"id": "7", "text": TEXT}).encode() + b"\n", name="a.jsonl")
    assert (code, record["id"]) == (0, "7")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic"])
def test_i03_russian_single_byte_encodings_are_decoded_and_reported(answer, encoding):
    code, record, errors = answer(ENCODABLE.encode(encoding))
    assert code == 0
    assert record["warnings"] == [f"decoded as {encoding}"]
    assert [part["text"] for part in record["paragraphs"]] == ENCODABLE.splitlines()
    assert f"text.txt: warning: decoded as {encoding}" in errors


def test_i03_what_cannot_be_told_is_refused_with_byte_candidates_and_the_option(answer):
    code, record, errors = answer("Café crème, garçon, à côté".encode("latin-1"))
    assert code == 3
    for part in ("byte 3", "it may be", "--encoding"):
        assert part in record["error"]
    assert errors.count("\n") == 1


def test_i03_the_option_reads_what_cannot_be_told(answer):
    code, record, _ = answer("Да, я.".encode("mac-cyrillic"), "--encoding", "mac-cyrillic")
    assert (code, record["paragraphs"][0]["text"]) == (0, "Да, я.")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_i04_utf16_with_bom_is_decoded_and_reported(answer, clean_record, encoding):
    code, record, _ = answer(("\ufeff" + TEXT).encode(encoding))
    assert code == 0
    assert record["warnings"] == ["decoded as UTF-16"]
    assert record["paragraphs"] == clean_record["paragraphs"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_i05_utf16_without_bom_is_decoded_and_reported_though_it_is_valid_utf8(answer, clean_record, encoding):
    data = ENCODABLE.encode(encoding)
    "Да и нет".encode(encoding).decode("utf-8")  # the trap is there
    code, record, _ = answer(data)
    assert code == 0
    assert record["warnings"] == [f"decoded as {encoding.upper()} (no BOM)"]
    assert [part["text"] for part in record["paragraphs"]] == ENCODABLE.splitlines()


def test_i05_other_text_full_of_control_characters_is_refused(answer):
    code, record, _ = answer("".join(f"{letter}\x01\x02" for letter in "Завод открыл цех").encode())
    assert code == 3
    assert "control characters" in record["error"]


@pytest.mark.parametrize("codec", ["cp1251", "cp1252"])
@pytest.mark.parametrize("lost", ["latin-1", "replacement"])
def test_i06_mojibake_is_refused(answer, codec, lost):
    def wrong(byte):
        other = bytes([byte]).decode("latin-1") if lost == "latin-1" else "\ufffd"
        decoded = bytes([byte]).decode(codec, "replace")
        return other if decoded == "\ufffd" else decoded

    broken = "".join(map(wrong, TEXT.encode()))
    code, record, _ = answer(broken.encode())
    assert code == 3
    assert f"UTF-8 read as {codec}" in record["error"]


def docx():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", TEXT)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG"),
        (b"%PDF-1.7\n" + TEXT.encode(), "PDF"),
        (gzip.compress(TEXT.encode())[:-20], "gzip"),
        (docx(), ".docx"),
    ],
    ids=["png", "damaged-pdf", "damaged-gzip", "damaged-docx"],
)
def test_i07_binaries_are_refused_by_name(answer, data, what):
    code, record, _ = answer(data)
    assert code == 3
    assert record["error"].startswith("binary data, detected")
    assert what in record["error"]


def peak_and_seconds(path, *options):
    """Peak memory in MB and processor seconds of tagging a file."""
    program = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(code, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)\n"
    )
    command = [sys.executable, "-c", program, str(COMMAND), "predict", "-f", "jsonl", "--level", "article", str(path)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=300, check=True)
    code, megabytes, seconds = map(float, done.stdout.split())
    return int(code), megabytes, seconds


def test_i08_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path):
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_bytes(b"a" * 100)
    with large.open("wb") as stream:
        for _ in range(100):
            stream.write(("завод " * 90_000).encode()[:1_000_000])
    code, megabytes, _ = peak_and_seconds(large)
    assert code == 3
    assert megabytes < peak_and_seconds(small)[1] + 40


def test_i08_one_long_line_costs_linear_time_and_memory(tmp_path):
    def cost(copies):
        path = tmp_path / f"{copies}.txt"
        path.write_text(TEXT.replace("\n", " ") * copies, encoding="utf-8")
        code, megabytes, seconds = peak_and_seconds(path, "--max-bytes", "100000000")
        assert code == 0
        return path.stat().st_size / 1e6, megabytes, seconds

    base = cost(1)
    (size, megabytes, seconds), (large, more_megabytes, more_seconds) = cost(1500), cost(6000)
    assert more_seconds - base[2] < 2 * (large / size) * (seconds - base[2]) + 0.5
    assert more_megabytes - base[1] < 1.5 * (large / size) * max(megabytes - base[1], 20)
    assert more_megabytes - base[1] < 40 * large


def test_i09_a_paragraph_of_five_megabytes_is_tagged(answer):
    code, record, _ = answer((TEXT.replace("\n", " ") * 2800).encode(), "--max-bytes", "20000000", "--level", "article")
    assert code == 0
    assert "labels" in record


def test_i09_a_word_of_a_million_letters_is_tagged_in_the_time_of_a_text(tmp_path, answer):
    start = time.perf_counter()
    code, record, _ = answer((TEXT + "\n" + "ж" * 1_000_000).encode())
    assert code == 0
    assert len(record["paragraphs"]) == len(TEXT.splitlines()) + 1
    assert time.perf_counter() - start < 20
