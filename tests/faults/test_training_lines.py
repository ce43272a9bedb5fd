"""Rows T1 to T6 and T14 of the fault contract: bad lines, through `tagger train` on variations of the miniatures."""

import hashlib
import json
import os
import threading

import pytest

from tagger.store import Store
from tagger.verification import manifest_of


@pytest.fixture
def lines(tiny_corpus_path):
    return (tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines()


@pytest.fixture
def refused(run, trained, tiny_corpus_path, tmp_path):
    """Train on lines that must be refused; give what was said, the data called ``bad.jsonl``."""

    def call(*data, options=()):
        path = tmp_path / "bad.jsonl"
        path.write_bytes(b"\n".join(data))
        before = snapshot(trained)
        done = run("train", path, "--event-types", tiny_corpus_path / "event_types.toml", "--output", trained, *options)
        assert (done.returncode, done.stdout) == (5, "")
        assert "Traceback" not in done.stderr
        assert snapshot(trained) == before
        return done.stderr.replace(str(path), "bad.jsonl").removeprefix("tagger: ").strip()

    return call


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def labelled(*labels, **fields):
    """A line whose first paragraph has ``labels``."""
    return json.dumps(fields | {"paragraphs": [{"text": "Завод открыли", "labels": list(labels)}]}).encode()


def assert_each_is_refused(found, messages):
    """Each line after the 24 good ones is listed with its number and reason."""
    listed = found.splitlines()[1:]
    assert len(listed) == len(messages)
    for number, (line, message) in enumerate(zip(listed, messages, strict=True), 25):
        assert line.startswith(f"bad.jsonl:{number}: {message}")


def test_t01_a_syntax_error_on_line_10001_is_found_at_its_column(refused, lines):
    found = refused(*[labelled()] * 10_000, b'{"paragraphs": [}', *lines)
    assert "bad.jsonl:10001:17: not valid JSON" in found
    assert found.startswith("1 bad lines, nothing was trained")


def test_t01_all_bad_lines_are_listed_the_first_twenty_of_them(refused, lines):
    found = refused(*lines, *[b"{", b"[1]", b'"\xd0'] * 8).splitlines()
    assert found[0].startswith("24 bad lines")
    assert [line.split(": ")[0] for line in found[1:4]] == ["bad.jsonl:25:2", "bad.jsonl:26", "bad.jsonl:27:2"]
    assert len(found) == 22
    assert found[-1] == "… and 4 more"


def test_t02_line_and_field_are_named(refused, lines):
    bad = {
        b"[]": "not a JSON object",
        b"{}": "field 'paragraphs'",
        b'{"paragraphs": [{"labels": []}]}': "paragraphs[0].text",
        b'{"paragraphs": [{"text": "a", "labels": "award"}]}': "paragraphs[0].labels: must be a list",
        b'{"paragraphs": [{"text": "a"}]}': "unlabelled: neither the article nor a paragraph has a field 'labels'",
        b'{"labels": "award", "paragraphs": [{"text": "a", "labels": ["award"]}]}': "labels: must be a list",
    }
    assert_each_is_refused(refused(*lines, *bad), bad.values())


def test_t03_json_that_parsers_disagree_on_is_refused(refused, lines):
    bad = {
        b'{"paragraphs": [{"text": "a", "labels": ["award"], "labels": []}]}': "field given twice: 'labels'",
        b'{"paragraphs": [{"text": NaN, "labels": []}]}': "NaN is no JSON value",
        b'{"paragraphs": [{"text": -Infinity, "labels": []}]}': "-Infinity is no JSON value",
        b'{"id": ' + b"7" * 5000 + b', "paragraphs": []}': "a number of 5000 digits",
        b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}": "nested too deeply",
    }
    assert_each_is_refused(refused(*lines, *bad), bad.values())


def test_t04_the_digest_is_of_the_bytes_trained_on(run, tiny_corpus_path, tmp_path):
    """A pipe gives its bytes once: to read it again for the digest would hang or find other bytes."""
    data, pipe = (tiny_corpus_path / "miniatures.jsonl").read_bytes(), tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_bytes, args=(data,), daemon=True).start()
    done = run("train", pipe, "--event-types", tiny_corpus_path / "event_types.toml", "-o", tmp_path / "s", timeout=60)
    assert done.returncode == 0, done.stderr
    provenance = manifest_of(Store(tmp_path / "s").folder("v1"))["provenance"]
    assert provenance["data"] == {"pipe.jsonl": hashlib.sha256(data).hexdigest()}
    assert provenance["articles"] == 24


def test_t04_a_line_that_is_still_being_written_is_refused(refused, lines):
    assert "bad.jsonl:24:" in refused(*lines[:-1], lines[-1][:-20])


def test_t05_an_unknown_label_is_refused_with_the_nearest(refused, lines):
    nearest = {"awards": "award", "openin": "opening", "аward": "award"}
    found = refused(*lines, *map(labelled, nearest), labelled("Пожар"))
    hints = [
        f"paragraphs[0].labels: unknown label '{label}'; did you mean '{near}'?" for label, near in nearest.items()
    ]
    assert_each_is_refused(found, [*hints, "paragraphs[0].labels: unknown label 'Пожар'; known are award, opening"])


def test_t06_a_variant_of_a_label_is_an_error_and_not_merged(refused, lines):
    variants = ["Award", "AWARD", "award ", " award", "award\u200b", "ａward", "a\u0301ward"]
    found = refused(*lines, *map(labelled, variants))
    assert_each_is_refused(found, ["paragraphs[0].labels: unknown label"] * len(variants))
    assert found.count("did you mean 'award'?") == len(variants)


def test_t14_a_paragraph_label_that_its_article_lacks_is_refused(refused, lines):
    found = refused(*lines, labelled("award", labels=["opening"]), labelled("award", labels=[]))
    assert "bad.jsonl:25: paragraphs[0].labels: 'award' is not among the article's labels" in found
    assert "bad.jsonl:26: paragraphs[0].labels: 'award' is not among the article's labels" in found


def test_t14_an_article_label_on_no_paragraph_is_refused_since_it_would_be_lost(refused, lines):
    assert "bad.jsonl:25: labels: 'opening' is on no paragraph" in refused(
        *lines, labelled("award", labels=["award", "opening"])
    )
