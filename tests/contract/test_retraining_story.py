"""A week of an analyst: from a labelling tool to a model, to what to label next, back to the tool, and to a better model.

Every step is a command, and looks at what the analyst would look at. The codebook lies beside the data, so nobody names it.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Record = dict[str, Any]
Step = Callable[..., Any]

SAMPLES = Path(__file__).parents[1] / "samples"
TITLES = {"award": "Награждение", "opening": "Открытие", "boilerplate": "Служебное"}
"""What the first project called the labels, before it knew of our codebook."""
COUNT = 12
"""Articles that the annotator gets."""
SKIPPED = 1
"""Of them, articles that she skips."""


def test_from_a_labelling_tool_to_a_better_model(step, folder):
    week_one(step, folder)
    choose_a_model(step, folder)
    proposed = ask_for_labels(step, folder)
    meant = annotate(folder, proposed)
    week_two(step, folder, meant)


def week_one(step: Step, folder: Path) -> None:
    """The export of the tool becomes labelled articles, checked before anything is trained."""
    before = tiny()
    write_json(folder / "project-7.json", first_project(before))
    step(0, "data", "convert", "project-7.json", "--output", "raw.jsonl")
    done = step(5, "data", "check", "raw.jsonl")
    assert "unknown label 'Награждение'; known are award, opening" in done.stdout
    renames = [argument for label, title in TITLES.items() for argument in ("--map", f"{title}={label}")]
    done = step(0, "data", "convert", "project-7.json", *renames, "--output", "mine.jsonl")
    assert "tagger: labels: boilerplate 33, award 16, opening 16\n" in done.stderr
    assert "24 articles in mine.jsonl, 0 of them labelled only as a whole; 0 problems" in done.stderr
    assert contents(read(folder / "mine.jsonl")) == contents(before)
    done = step(0, "data", "check", "mine.jsonl", "--against", "dev.jsonl")
    assert done.stdout.splitlines()[0] == "24 articles, 105 paragraphs"
    assert done.stdout.splitlines()[-1] == "sound"


def choose_a_model(step: Step, folder: Path) -> None:
    """Two trainings; the second, which hardly looks at the words, is worse beyond chance, so the first is kept."""
    for version, options in (("v1", ()), ("v2", ("--inverse-penalty", 0.001))):
        done = step(0, "train", "mine.jsonl", *options, "--output", "models")
        assert Path(done.stdout.strip()) == Path("models") / version
    done = step(0, "models", "compare", "models/v1", "models/v2", "--data", "dev.jsonl")
    assert done.stdout.startswith("A is models/v1, B is models/v2; 10 articles, 37 paragraphs\n")
    macro = next(line for line in done.stdout.splitlines() if line.startswith("  macro "))
    assert macro.endswith("*")
    assert float(macro.split()[8]) < 0, "B − A"
    done = step(0, "models", "use", "models/v1")
    assert done.stderr == "v1 is current\n"
    done = step(0, "models", "list", "--store", "models")
    assert [line[:4] for line in done.stdout.splitlines()] == ["* v1", "  v2"]


def ask_for_labels(step: Step, folder: Path) -> list[Record]:
    """News are tagged, the most useful ones chosen, and proposed to the annotator; gives the tasks."""
    news = [unlabelled(record) for record in (*samples("award/award.jsonl"), tiny()[0])]
    write_lines(folder / "news.jsonl", news)
    step(0, "predict", "news.jsonl", "-m", "models", "-f", "jsonl", "--output", "tagged.jsonl")
    tagged = read(folder / "tagged.jsonl")
    assert [(record["id"], record["model"]) for record in tagged] == [(record["id"], "v1") for record in news]
    done = step(0, "data", "queue", "tagged.jsonl", "--labelled", "mine.jsonl", "-m", "models", "--count", COUNT)
    assert f"{COUNT} articles chosen: " in done.stderr
    (folder / "next.jsonl").write_text(done.stdout, encoding="utf-8")
    chosen = read(folder / "next.jsonl")
    ids = [record["id"] for record in chosen]
    assert len(set(ids)) == COUNT
    assert tiny()[0]["id"] not in ids, "labelled already"
    done = step(0, "data", "export", "next.jsonl", "--to", "label-studio", "--output", "tasks.json")
    proposed: list[Record] = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    assert f"{len(proposed)} tasks in tasks.json, tasks.xml" in done.stderr
    assert len(proposed) == sum(len(record["paragraphs"]) for record in chosen)
    assert '<Choice value="award" html="Награждение"/>' in (folder / "tasks.xml").read_text(encoding="utf-8")
    done = step(5, "data", "convert", "tasks.json", "--output", "nothing.jsonl")
    assert f"{COUNT} × articles that nobody has labelled" in done.stderr, "proposals are no labels"
    return proposed


def annotate(folder: Path, proposed: list[Record]) -> list[Record]:
    """The annotator accepts what is right, corrects what is wrong, and skips an article; gives what she meant."""
    truth = {record["id"]: record for record in map(with_source, samples("award/award.jsonl"))}
    ids = list(dict.fromkeys(task["data"]["article"] for task in proposed))
    saved, corrected = [], 0
    for number, task in enumerate(proposed, 1):
        place = task["data"]
        part = truth[place["article"]]["paragraphs"][place["paragraph"]]
        assert (place["text"], place["source"]) == (part["text"], truth[place["article"]]["source"])
        wanted = choices(part)
        given = [label for result in task["predictions"][0]["result"] for label in result["value"]["choices"]]
        corrected += given != wanted
        origin = "prediction" if given == wanted else "prediction-changed"
        saved.append(
            studio_task(number, place, wanted, origin, task["predictions"], cancelled=place["article"] in ids[:SKIPPED])
        )
    assert 0 < corrected < len(proposed), "some are accepted and some corrected"
    write_json(folder / "project-8.json", saved)
    return [truth[name] for name in ids[SKIPPED:]]


def week_two(step: Step, folder: Path, meant: list[Record]) -> None:
    """What the annotator saved comes back as it was meant, and the next model learns from old and new."""
    done = step(0, "data", "convert", "project-8.json", "--output", "more.jsonl")
    assert f"{COUNT - SKIPPED} articles in more.jsonl" in done.stderr
    assert f"{SKIPPED} × articles that nobody has labelled" in done.stderr
    more = read(folder / "more.jsonl")
    assert contents(more) == contents(meant)
    assert [record["source"] for record in more] == [record["source"] for record in meant]
    done = step(0, "data", "check", "mine.jsonl", "more.jsonl", "--against", "dev.jsonl")
    assert done.stdout.startswith(f"{24 + len(meant)} articles, ")
    done = step(0, "train", "mine.jsonl", "more.jsonl", "--output", "models")
    assert Path(done.stdout.strip()) == Path("models/v3")
    done = step(0, "models", "show", "v3", "--store", "models")
    assert "mine.jsonl" in done.stdout
    assert "more.jsonl" in done.stdout
    done = step(0, "models", "compare", "models/v1", "models/v3", "--data", "dev.jsonl", "-f", "json")
    award = next(row for row in json.loads(done.stdout)["paragraph"] if row["label"] == "award")
    assert award["b"]["f1"] >= award["a"]["f1"], "more of them were labelled"
    done = step(
        0, "predict", "-m", "models", "-f", "jsonl", "-", input="Врачу вручили медаль\nМедаль врачу вручил мэр.\n"
    )
    assert json.loads(done.stdout)["model"] == "v3"
    assert json.loads(done.stdout)["labels"] == ["award"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the analyst works: the codebook, and ten labelled articles to judge by."""
    shutil.copy(SAMPLES / "tiny" / "event_types.toml", tmp_path)
    shutil.copy(SAMPLES / "award" / "award_held_out.jsonl", tmp_path / "dev.jsonl")
    return tmp_path


@pytest.fixture
def step(run: Step, folder: Path) -> Step:
    """Run a command there that must end with the code."""

    def call(code: int, *arguments: object, **options: Any) -> Any:
        done = run(*arguments, cwd=folder, **options)
        assert done.returncode == code, done.stderr
        return done

    return call


def first_project(records: list[Record]) -> list[Record]:
    """The full JSON export of a project whose annotators chose `TITLES` for each paragraph."""
    places = [
        {"text": part["text"], "article": record["id"], "paragraph": number}
        for record in records
        for number, part in enumerate(record["paragraphs"])
    ]
    parts = [part for record in records for part in record["paragraphs"]]
    return [
        studio_task(number, place, [TITLES[label] for label in choices(part)], "manual", [])
        for number, (place, part) in enumerate(zip(places, parts, strict=True), 1)
    ]


def studio_task(
    number: int, data: Record, labels: list[str], origin: str, predictions: list[Record], *, cancelled: bool = False
) -> Record:
    """A task as Label Studio exports it, with one annotation; nothing chosen is no result."""
    name = predictions[0]["result"][0]["from_name"] if predictions and predictions[0]["result"] else "label"
    result = {"value": {"choices": labels}, "id": f"r{number}", "from_name": name, "to_name": "text"}
    annotation = {
        "id": number,
        "completed_by": 1,
        "result": [result | {"type": "choices", "origin": origin}] if labels else [],
        "was_cancelled": cancelled,
        "ground_truth": False,
        "created_at": "2026-10-01T09:00:00.000000Z",
        "updated_at": "2026-10-01T09:00:00.000000Z",
        "lead_time": 3.1,
        "prediction": predictions[0] if predictions else {},
        "result_count": int(bool(labels)),
        "task": number,
        "project": 7,
    }
    counts = {"total_annotations": int(not cancelled), "cancelled_annotations": int(cancelled)}
    task = {
        "id": number,
        "annotations": [annotation],
        "file_upload": "tasks.json",
        "drafts": [],
        "predictions": predictions,
    }
    return task | {"data": data, "meta": {}, "inner_id": number, "project": 7} | counts


def choices(part: Record) -> list[str]:
    """What is chosen for a labelled paragraph."""
    return ["boilerplate"] if part["boilerplate"] else part["labels"]


def unlabelled(record: Record) -> Record:
    """An article as it was scraped."""
    text = "\n".join(part["text"] for part in record["paragraphs"])
    return {"id": record["id"], "source": with_source(record)["source"], "text": text}


def with_source(record: Record) -> Record:
    """The record with an address."""
    return record | {"source": f"https://news.example/{record['id']}"}


def contents(records: list[Record]) -> list[tuple[str, list[Record]]]:
    """Ids and labelled paragraphs."""
    return [(record["id"], record["paragraphs"]) for record in records]


def tiny() -> list[Record]:
    """The miniatures."""
    return samples("tiny/miniatures.jsonl")


def samples(name: str) -> list[Record]:
    """Labelled articles of the samples."""
    return read(SAMPLES / name)


def read(path: Path) -> list[Record]:
    """The records of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, records: list[Record]) -> None:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def write_json(path: Path, value: list[Record]) -> None:
    """Write an export."""
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
