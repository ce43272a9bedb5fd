"""`tagger data check`: what training would refuse, leave out or keep together, in one table."""

import json

import pytest


@pytest.fixture
def records(tiny_corpus_path):
    return [json.loads(line) for line in (tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines()]


@pytest.fixture
def check(run, tiny_corpus_path, tmp_path):
    """Check records; gives the exit code and the table."""

    def call(records, *options):
        path = write(tmp_path / "data.jsonl", records)
        done = run("data", "check", path, "--event-types", tiny_corpus_path / "event_types.toml", *options)
        assert done.stderr == ""
        return done.returncode, done.stdout.replace(str(tmp_path) + "/", "")

    return call


def write(path, records):
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def with_text(record, text, **fields):
    """The record with a first paragraph of ``text``."""
    return record | {"paragraphs": [{"text": text, "labels": []} | fields, *record["paragraphs"]]}


def test_sound_data_are_counted(run, tiny_corpus_path):
    """The codebook beside the data is found."""
    done = run("data", "check", tiny_corpus_path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line}
    assert (rows["award"], rows["opening"]) == (["8", "8", "16"], ["8", "8", "16"])
    assert rows["sound"] == []


def test_what_training_copes_with_is_told(check, records):
    report = " ".join(f"слово{first}{second}" for first in "абвгде" for second in "жзиклмнопр")
    reprints = [with_text(record, report) for record in records[16:18]]
    data = [record for number, record in enumerate(records) if number not in range(12, 18)]
    code, table = check([*data, *reprints, records[3]])
    assert code == 0
    assert "training copes with: duplicates (1)\n  data.jsonl:4 = data.jsonl:21" in table
    assert "near-duplicates (1)\n  data.jsonl:19 ~ data.jsonl:20" in table
    assert "labels with too few articles (1)\n  opening: 4 articles" in table


def test_data_without_page_chrome_are_sound_and_that_is_told(check, records):
    bare = [
        record | {"paragraphs": [part for part in record["paragraphs"] if not part["boilerplate"]]}
        for record in records
    ]
    code, table = check(bare)
    assert code == 0
    assert "training copes with: no page chrome (1)\n  no page chrome is marked: none will be recognised" in table


def test_all_that_must_be_mended_is_told_at_once(check, records):
    changed = records[3] | {
        "paragraphs": [
            part | {"labels": [] if part["boilerplate"] else ["opening"]} for part in records[3]["paragraphs"]
        ]
    }
    no_openings = [record for number, record in enumerate(records) if number not in range(8, 16)]
    code, table = check([*no_openings, changed, "{"])
    assert code == 5
    assert "must be mended: bad lines (1)\n  data.jsonl:18:2: not valid JSON" in table
    assert (
        "must be mended: conflicting labels (1)\n  data.jsonl:4 = data.jsonl:17: paragraphs[1] is award / opening"
        in table
    )
    assert table.rstrip().splitlines()[-1].startswith("not sound")


def test_a_label_without_example_must_be_mended(check, records):
    code, table = check([record for number, record in enumerate(records) if number not in range(8, 16)])
    assert code == 5
    assert "label 'opening': no article carries it" in table


def test_texts_in_common_with_an_evaluation_must_be_mended(check, records, tmp_path):
    apart = write(tmp_path / "apart.jsonl", [with_text(records[0], "Совсем другая новость о дожде и о снеге в горах")])
    assert check(records[1:], "--against", apart)[0] == 0
    dev = write(tmp_path / "dev.jsonl", [records[5] | {"id": "x"}])
    code, table = check(records, "--against", dev)
    assert code == 5
    assert "must be mended: texts that dev.jsonl has too (1)\n  data.jsonl:6 ~ dev.jsonl:1" in table


def test_many_findings_are_cut_and_counted(check, records):
    code, table = check([*records, *["["] * 30])
    assert code == 5
    assert "bad lines (30)" in table
    assert "  … and 10 more" in table
