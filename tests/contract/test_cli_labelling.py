"""`tagger data audit`, `queue`, `split` and `curve` on the miniatures, through the command line."""

import json
from hashlib import sha256

import pytest

LABELS = {"award", "opening"}


@pytest.fixture
def records(tiny_corpus_path):
    return [json.loads(line) for line in (tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines()]


@pytest.fixture
def codebook(tiny_corpus_path):
    return tiny_corpus_path / "event_types.toml"


def write(path, records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def unlabelled(record):
    return {
        "id": record["id"],
        "outlet": "газета",
        "paragraphs": [{"text": part["text"]} for part in record["paragraphs"]],
    }


def swapped(records):
    """The first article with its award as an opening."""
    first = json.loads(json.dumps(records[0]))
    first["paragraphs"][2]["labels"] = ["opening"]
    return [first, *records[1:]]


def test_audit_names_place_labels_and_words(run, records, codebook, tmp_path):
    path = write(tmp_path / "mine.jsonl", swapped(records))
    done = run("data", "audit", path, "--event-types", codebook, "-f", "jsonl")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    planted = next(record for record in found if (record["id"], record["paragraph"]) == ("t0-0", 2))
    assert planted["file"] == str(path)
    assert planted["line"] == 1
    assert (planted["labels"], planted["suggested"]) == (["opening"], ["award"])
    assert planted["text"] == records[0]["paragraphs"][2]["text"]
    assert set(planted["probabilities"]) == set(planted["words"]) == LABELS
    assert [record["doubt"] for record in found] == sorted((record["doubt"] for record in found), reverse=True)


def test_audit_as_text(run, records, codebook, tmp_path):
    path = write(tmp_path / "mine.jsonl", swapped(records))
    done = run("data", "audit", path, "--event-types", codebook, "--top", 30)
    assert f"{path}:1 (t0-0), paragraphs[2]\n   Премию получили пятеро" in done.stdout
    assert "opening → award\n" in done.stdout
    assert "award is missing, probability " in done.stdout
    assert "; for it: " in done.stdout


def test_audit_lists_no_more_than_top(run, tiny_corpus_path):
    done = run("data", "audit", tiny_corpus_path, "--top", 2, "-f", "jsonl")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert done.stderr == ""  # nothing of a progress bar, either


def test_audit_of_bad_lines_is_refused(run, codebook, tmp_path):
    path = write(tmp_path / "mine.jsonl", [{"paragraphs": [{"text": "а", "labels": ["awards"]}]}])
    done = run("data", "audit", path, "--event-types", codebook)
    assert done.returncode == 5
    assert f"{path}:1: paragraphs[0].labels: unknown label 'awards'" in done.stderr


@pytest.fixture(scope="session")
def model(trained):
    return trained / (trained / "CURRENT").read_text(encoding="utf-8").strip()


def test_queue_gives_the_records_with_a_reason(run, model, records, tmp_path):
    pool = write(tmp_path / "pool.jsonl", map(unlabelled, records))
    done = run("data", "queue", pool, "-m", model, "--count", 10)
    assert done.returncode == 0
    assert done.stderr == "tagger: 10 articles chosen: 7 uncertain, 2 diverse, 1 random\n"
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len({record["id"] for record in found}) == len(found) == 10
    for record in found:
        why, about = record.pop("why"), record.pop("about", None)
        assert record in [unlabelled(given) for given in records]
        assert (about in LABELS) if why == "uncertain" else (why in {"diverse", "random"} and about is None)
    assert "Премию" in done.stdout or "открыли" in done.stdout


def test_queue_leaves_out_what_is_labelled(run, model, records, tmp_path):
    pool = write(tmp_path / "pool.jsonl", map(unlabelled, records))
    mine = write(tmp_path / "mine.jsonl", records[:20])
    done = run("data", "queue", pool, "--labelled", mine, "-m", model)
    assert {json.loads(line)["id"] for line in done.stdout.splitlines()} == {record["id"] for record in records[20:]}
    assert "tagger: 4 articles chosen: " in done.stderr
    assert done.stderr.endswith("tagger: there are no more that differ from what is labelled\n")


def test_queue_of_what_is_no_json_lines_says_only_that(run, model, tmp_path):
    pool = tmp_path / "pool.txt"
    pool.write_text("Премию вручили.", "utf-8")
    done = run("data", "queue", pool, "-m", model)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"{pool}:1: column 1: not valid JSON" in done.stderr
    assert "no more" not in done.stderr


def test_queue_takes_what_predict_makes_of_other_files(run, model, news, tmp_path):
    tagged = tmp_path / "news.jsonl"
    texts = [news / f"{name}.txt" for name in ("награда", "открытие", "погода")]
    assert run("predict", *texts, "-m", model, "--output", tagged).returncode == 0
    done = run("data", "queue", tagged, "-m", model)
    assert done.returncode == 0, done.stderr
    assert {json.loads(line)["id"] for line in done.stdout.splitlines()} == set(map(str, texts))


def test_queue_goes_on_after_a_bad_line(run, model, tmp_path):
    pool = tmp_path / "pool.jsonl"
    pool.write_text('\ufeff{"id": "а", "text": "Премию вручили."}\n\n{"id": 1.5}\n{"text": "Открыли завод"}\n', "utf-8")
    done = run("data", "queue", pool, "-m", model, "--count", 2)
    assert done.returncode == 3
    assert f"{pool}:3: field 'id' must be a text or a whole number" in done.stderr
    assert {json.loads(line)["text"] for line in done.stdout.splitlines()} == {"Премию вручили.", "Открыли завод"}


def test_split_copies_every_line_once(run, tiny_corpus_path, tmp_path):
    done = run("data", "split", tiny_corpus_path, "--dev", 0.2, "--test", 0.2, "--output", tmp_path / "parts")
    assert (done.returncode, done.stderr) == (0, "")
    files = {path.name: path.read_bytes() for path in (tmp_path / "parts").iterdir()}
    assert set(files) == {"train.jsonl", "dev.jsonl", "test.jsonl"}
    lines = sorted(line for data in files.values() for line in data.splitlines())
    assert lines == sorted((tiny_corpus_path / "miniatures.jsonl").read_bytes().splitlines())
    for name, data in files.items():
        assert f"{sha256(data).hexdigest()}  {name}" in done.stdout
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line}
    assert rows["articles"] == [str(len(files[f"{name}.jsonl"].splitlines())) for name in ("train", "dev", "test")]
    assert sum(map(int, rows["award"])) == 8


def test_split_is_reproducible_and_leaves_out_a_part_without_share(run, tiny_corpus_path, tmp_path):
    outputs = []
    for name in ("one", "two"):
        done = run("data", "split", tiny_corpus_path, "--dev", 0, "--output", tmp_path / name)
        assert sorted(path.name for path in (tmp_path / name).iterdir()) == ["test.jsonl", "train.jsonl"]
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--dev", 0.5, "--test", 0.5), 2, "leave nothing to train on"),
        (("--dev", 0.001), 5, "part 'dev' would be empty: 24 articles"),
    ],
)
def test_split_that_cannot_be_is_refused(run, tiny_corpus_path, tmp_path, options, code, message):
    done = run("data", "split", tiny_corpus_path, *options, "--output", tmp_path / "parts")
    assert done.returncode == code
    assert message in done.stderr
    assert not (tmp_path / "parts").exists()


def test_split_writes_over_nothing(run, tiny_corpus_path, tmp_path):
    done = run("data", "split", tiny_corpus_path, "--output", tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path} exists" in done.stderr
    assert not list(tmp_path.iterdir())


def test_curve_has_a_row_for_each_share(run, tiny_corpus_path):
    done = run("data", "curve", tiny_corpus_path)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split() for line in done.stdout.splitlines()[1:5]]
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)
    assert float(rows[-1][1]) > 0
    assert "articles that were not trained on" in done.stdout
