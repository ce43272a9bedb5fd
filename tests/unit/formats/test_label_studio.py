"""Label Studio's exports: whole texts, stretches, several annotators."""

import json

import pytest

SCIENTISTS, FACTORY, WEATHER = "Учёным в", "В Кирове", "Погода в"


def place(problem):
    """The end of its place and what it says."""
    return problem.where.rpartition("/")[2], problem.message


@pytest.fixture
def changed(samples, tmp_path):
    """A sample with changes: a function gets what it holds."""

    def call(name, change):
        tasks = json.loads((samples / name).read_text(encoding="utf-8"))
        change(tasks)
        path = tmp_path / name
        path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
        return path

    return call


def test_json_with_one_and_several_choices(converted, labels):
    assert labels(converted("label_studio.json")) == {
        SCIENTISTS: ["award"],
        FACTORY: ["opening"],
        WEATHER: [],
        "Открыли ": ["award", "opening"],
        "Проверил": ["opening"],
    }


def test_source_and_id_are_kept(converted):
    first = converted("label_studio.json").records[0]
    assert (first["id"], first["source"]) == ("label_studio:11", "https://example.org/a")


def test_a_tie_is_named_and_left_out(converted):
    done = converted("label_studio.json")
    assert [place(problem) for problem in done.problems] == [
        ("label_studio.json: record 4", "2 annotators are split on award; let another one decide")
    ]


def test_what_was_merged_and_skipped_is_counted(converted):
    counts = converted("label_studio.json").counts
    assert counts["cancelled annotations"] == 2
    assert counts["annotations beside a ground truth"] == 1
    assert counts["annotations replaced by a later one of the same annotator"] == 1
    assert counts["texts labelled by several annotators, settled by majority"] == 2


@pytest.mark.parametrize("name", ["label_studio_min.json", "label_studio.csv"])
def test_json_min_and_csv_have_the_labels_of_json(converted, labels, name):
    done = converted(name)
    assert labels(done) == {SCIENTISTS: ["award"], FACTORY: ["award", "opening"], WEATHER: []}
    assert set(done.formats.values()) == {"label-studio"}
    assert not done.problems


def test_json_min_that_lost_the_places_of_choices_is_refused(converted, changed):
    """Choices per region are bare words there, while the regions' own labels have their places."""

    def regions(rows):
        rows[0]["event"] = [{"start": 0, "end": 6, "text": "Учёным", "labels": ["событие"]}]

    path = changed("label_studio_min.json", regions)
    assert not converted(path).records
    done = converted(path, label="kind")
    assert not done.records
    assert "export as JSON" in done.problems[0].message


def test_a_row_without_annotation_is_unlabelled(converted):
    assert converted("label_studio_min.json").counts["texts that nobody has labelled"] == 1


def test_stretches_label_the_paragraphs_they_cover(converted):
    """Offsets count UTF-16 units before which an emoji stands; a slip into the third paragraph does not count."""
    done = converted("label_studio_regions.json")
    assert [[part["labels"] for part in record["paragraphs"]] for record in done.records] == [
        [["award"], ["award"], []],
        [["opening"], ["award", "opening"]],
        [[], []],
    ]
    assert all("labels" not in record for record in done.records)


def test_offsets_that_count_code_points_are_read_too(converted, changed):
    def to_code_points(tasks):
        (value,) = (result["value"] for result in tasks[0]["annotations"][0]["result"])
        value["start"], value["end"] = value["start"] - 1, value["end"] - 1

    done = converted(changed("label_studio_regions.json", to_code_points))
    assert [part["labels"] for part in done.records[0]["paragraphs"]] == [["award"], ["award"], []]


def test_a_stretch_that_does_not_hold_its_text_is_told(converted, changed):
    def shift(tasks):
        tasks[0]["annotations"][0]["result"][0]["value"]["start"] += 3

    done = converted(changed("label_studio_regions.json", shift))
    assert len(done.records) == 2
    assert "does not hold the text that it quotes" in done.problems[0].message


def test_choices_per_region_go_before_the_regions_label(converted, parts):
    done = converted("label_studio_per_region.json")
    assert parts(done) == [["award"], [], []]
    assert done.records[0]["labels"] == ["award"]


def test_a_paragraphs_object(converted, parts):
    assert parts(converted("label_studio_paragraphs.json")) == [["award"], ["award"], []]


def test_tasks_of_paragraphs_become_an_article(converted, parts):
    done = converted("label_studio_tasks.json")
    assert parts(done) == [["award"], ["award"], [], ["chrome"], None]
    assert (done.records[0]["id"], done.records[0]["source"]) == ("a-1", "https://example.org/a")


def test_a_missing_paragraph_is_counted(converted, changed):
    done = converted(changed("label_studio_tasks.json", lambda tasks: tasks.pop(1)))
    assert done.counts["articles of which paragraphs are missing"] == 1


def test_a_paragraph_given_twice_is_told(converted, changed, parts):
    def repeat(tasks):
        tasks[1]["data"]["paragraph"] = 0

    done = converted(changed("label_studio_tasks.json", repeat))
    assert "paragraph 0 of article 'a-1' once more" in done.problems[0].message


def test_chrome_with_an_event_type_is_told_and_left_unlabelled(converted, changed, parts):
    def both(tasks):
        tasks[3]["annotations"][0]["result"][0]["value"]["choices"] = ["boilerplate", "award"]

    done = converted(changed("label_studio_tasks.json", both))
    assert parts(done)[3] is None
    assert "paragraph 3 is 'boilerplate' and award; choose one" in done.problems[0].message


def test_two_controls_are_asked_about(converted, changed, labels):
    def second_control(tasks):
        tasks[0]["annotations"][0]["result"].append(
            {"value": {"choices": ["плохо"]}, "id": "q", "from_name": "tone", "to_name": "text", "type": "choices"}
        )

    path = changed("label_studio.json", second_control)
    assert "several controls hold labels: kind, tone" in converted(path).problems[0].message
    assert labels(converted(path, label="tone"))[SCIENTISTS] == ["плохо"]


def test_results_that_cannot_be_read_are_not_taken_as_empty(converted, changed):
    def taxonomy(tasks):
        for task in tasks:
            for annotation in task["annotations"]:
                for result in annotation["result"]:
                    result |= {"type": "taxonomy", "value": {"taxonomy": [["a", "b"]]}}

    done = converted(changed("label_studio.json", taxonomy))
    assert not done.records
    assert "only of kind (taxonomy)" in done.problems[0].message


def test_an_unknown_control_is_told(converted):
    done = converted("label_studio.json", label="nothing")
    assert not done.records
    assert "no results of nothing, only of kind (choices)" in done.problems[0].message


def test_the_field_of_the_text_is_asked_for_or_given(converted, changed, labels):
    def rename(tasks):
        for task in tasks:
            task["data"] = {"title": "Новость", "content": task["data"]["text"]}

    path = changed("label_studio.json", rename)
    assert "which field is the text? title, content" in converted(path).problems[0].message
    assert labels(converted(path, text="content"))[SCIENTISTS] == ["award"]


def test_a_task_or_article_of_number_zero_is_one_of_its_own(converted, changed):
    def number(tasks):
        for place, task in enumerate(tasks):
            task["id"] = place

    assert len(converted(changed("label_studio_regions.json", number)).records) == 3

    def article(tasks):
        for task in tasks:
            task["data"]["article"] = 0

    assert [record["id"] for record in converted(changed("label_studio_tasks.json", article)).records] == ["0"]


def test_only_predictions_are_no_labels(converted, changed):
    def untouched(tasks):
        for task in tasks:
            task["predictions"], task["annotations"] = task["annotations"], []

    done = converted(changed("label_studio.json", untouched))
    assert not done.records
    assert done.counts["texts that nobody has labelled"] == 8


def test_a_task_without_data_is_told_and_the_rest_is_read(converted, tmp_path):
    path = tmp_path / "a.json"
    choice = {"from_name": "label", "type": "choices", "value": {"choices": ["award"]}}
    tasks = [{"id": n, "data": data, "annotations": [{"id": n, "result": [choice]}]}
             for n, data in enumerate([None, [], {"text": "Премия"}])]  # fmt: skip
    path.write_text(json.dumps(tasks), encoding="utf-8")
    done = converted(path, "label-studio")
    assert [record["text"] for record in done.records] == ["Премия"]
    assert len(done.problems) == 2


@pytest.mark.parametrize("data", [None, [], 5, "Премия вручена"])
def test_a_flat_record_may_call_a_field_data(converted, tmp_path, data):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": 1, "data": data, "label": "award", "annotation_id": 1}]), encoding="utf-8")
    done = converted(path, "label-studio")
    assert [record["text"] for record in done.records] == ([data] if isinstance(data, str) else [])
    if not isinstance(data, str):
        assert "field 'data' holds no text" in done.problems[0].message
