"""A fifth event type is taught with forty articles: alone, and on top of the seed corpus."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AWARDS = ROOT / "tests" / "samples" / "award"
HELD_OUT = AWARDS / "award_held_out.jsonl"
"""Ten articles written apart from the forty."""


def figures(run, store, *data):
    done = run("evaluate", *data, "-m", store, "-f", "json")
    assert done.returncode == 0, done.stderr
    return {(level, row["label"]): row for level in ("paragraph", "article") for row in json.loads(done.stdout)[level]}


def test_forty_articles_of_ones_own_teach_it(run, tmp_path):
    store, codebook = tmp_path / "store", AWARDS / "event_types.toml"
    done = run("train", AWARDS / "award.jsonl", "--event-types", codebook, "--output", store)
    assert done.returncode == 0, done.stderr
    found = figures(run, store, HELD_OUT)
    assert found["paragraph", "award"]["support"] == 9
    assert found["paragraph", "award"]["f1"] > 0.7
    assert found["article", "award"]["f1"] > 0.7
    tagged = run("predict", "-m", store, "-f", "jsonl", "-", input="Врачу вручили медаль\nМедаль врачу вручил мэр.\n")
    assert json.loads(tagged.stdout)["labels"] == ["award"]


@pytest.mark.slow
def test_on_top_of_the_seed_corpus_it_does_not_spoil_the_other_four(run, tmp_path):
    store, codebook = tmp_path / "store", tmp_path / "five.toml"
    parts = [ROOT / "seeds" / "event_types.toml", AWARDS / "event_types.toml"]
    codebook.write_text("\n".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    done = run("train", AWARDS / "award.jsonl", "--with-seeds", "--event-types", codebook, "-o", store, timeout=3600)
    assert done.returncode == 0, done.stderr
    assert "the seed corpus is not labelled for award" in done.stderr
    assert "your articles are not labelled for agreement_signing" in done.stderr
    found = figures(run, store, HELD_OUT)
    assert found["paragraph", "award"]["f1"] > 0.6
    assert found["article", "award"]["f1"] > 0.7
    provenance = json.loads((store / "v1" / "manifest.json").read_bytes())["provenance"]
    assert {"award.jsonl", "seeds/agreements.jsonl"} <= set(provenance["data"])
    four = [row for row in provenance["out_of_fold"]["paragraph"] if row["label"] not in ("award", "macro", "micro")]
    assert sum(row["f1"] for row in four) / len(four) > 0.8
    texts = [json.loads(line) for line in (ROOT / "seeds" / "ordinary_news.jsonl").read_bytes().splitlines()]
    (tmp_path / "news.jsonl").write_text(
        "\n".join(json.dumps({"text": "\n".join(part["text"] for part in text["paragraphs"])}) for text in texts)
    )
    tagged = run("predict", "-m", store, "-f", "jsonl", tmp_path / "news.jsonl")
    flagged = [line for line in tagged.stdout.splitlines() if "award" in json.loads(line)["labels"]]
    assert len(flagged) < 0.1 * len(texts)
