"""The corpus: labelled articles, and every bad line refused with file, line and reason."""

import hashlib
import json

import pytest

from tagger.errors import TrainingDataError
from tagger.training.corpus import read_corpus

LABELS = ("award", "opening")


def part(text="Завод открыли.", labels=(), boilerplate=False):
    return {"text": text, "labels": list(labels), "boilerplate": boilerplate}


def record(*parts, **fields):
    return fields | {"paragraphs": list(parts)}


def write(path, *records):
    lines = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in records]
    path.write_bytes(b"\n".join(lines))
    return path


@pytest.fixture
def two(tmp_path):
    return write(
        tmp_path / "a.jsonl",
        record(part("Премия", ["award"]), part("Меню", boilerplate=True), part("Дождь"), id="1", source="газета"),
        b"",
        record(part("Завод открыли, дали премию", ["opening", "award"])),
        record(part("Ничего")),
    )


def refused(tmp_path, *records):
    path = write(tmp_path / "bad.jsonl", *records)
    with pytest.raises(TrainingDataError) as caught:
        read_corpus([path], LABELS)
    return str(caught.value).replace(str(path), "bad.jsonl")


def test_records_are_read_in_order(two):
    corpus = read_corpus([two], LABELS)
    first, second, third = corpus.articles
    assert (first.id, first.source, first.where) == ("1", "газета", f"{two}:1")
    assert first.paragraphs == ("Премия", "Меню", "Дождь")
    assert first.labels == (frozenset({"award"}), frozenset(), frozenset())
    assert first.boilerplate == (False, True, False)
    assert (second.id, second.source, second.where) == (f"{two}:3", "", f"{two}:3")
    assert len(corpus) == 3
    assert third.labels == (frozenset(),)


def test_gold_arrays_by_hand(two):
    corpus = read_corpus([two], LABELS)
    assert corpus.groups.tolist() == [0, 0, 0, 1, 2]
    assert corpus.gold.astype(int).tolist() == [[1, 0], [0, 0], [0, 0], [1, 1], [0, 0]]
    assert corpus.article_gold.astype(int).tolist() == [[1, 0], [1, 1], [0, 0]]
    assert corpus.boilerplate.tolist() == [False, True, False, False, False]


def test_the_columns_follow_the_order_of_the_labels(two):
    assert read_corpus([two], LABELS[::-1]).gold.astype(int)[0].tolist() == [0, 1]


def test_digests_are_those_of_the_bytes_read(two):
    assert read_corpus([two], LABELS).digests == {"a.jsonl": hashlib.sha256(two.read_bytes()).hexdigest()}


def test_files_of_one_name_keep_a_digest_each(two, tmp_path):
    (tmp_path / "other").mkdir()
    other = write(tmp_path / "other" / "a.jsonl", record(part("Другое")))
    assert len(read_corpus([two, other], LABELS).digests) == 2


def test_boilerplate_may_be_left_out_and_other_fields_are_ignored(tmp_path):
    path = write(tmp_path / "a.jsonl", {"paragraphs": [{"text": "Да", "labels": [], "note": 1}], "kind": "trap"})
    assert read_corpus([path], LABELS).boilerplate.tolist() == [False]


def test_a_folder_means_its_jsonl_files_by_name(two, tmp_path):
    write(tmp_path / "0.jsonl", record(part("Раньше")))
    (tmp_path / "notes.txt").write_text("ничего", encoding="utf-8")
    corpus = read_corpus([tmp_path], LABELS)
    assert [article.paragraphs[0] for article in corpus.articles] == [
        "Раньше",
        "Премия",
        "Завод открыли, дали премию",
        "Ничего",
    ]
    assert set(corpus.digests) == {"0.jsonl", "a.jsonl"}


def test_a_bom_and_windows_line_ends_are_no_trouble(tmp_path):
    lines = [json.dumps(record(part(text))).encode() for text in ("Раз", "Два")]
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines) + b"\r\n")
    assert [article.paragraphs for article in read_corpus([tmp_path], LABELS).articles] == [("Раз",), ("Два",)]


def test_only_line_feeds_part_records(tmp_path):
    path = write(tmp_path / "a.jsonl", record(part("Раз\u2028два\u0085три")))
    assert read_corpus([path], LABELS).articles[0].paragraphs == ("Раз\u2028два\u0085три",)


def test_the_article_is_what_prediction_sees(two):
    article = read_corpus([two], LABELS).articles[0].article
    assert article.text == "Премия\nМеню\nДождь"
    assert article.id == "1"
    assert [(span.start, span.stop) for span in article.spans] == [(0, 6), (7, 11), (12, 17)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"paragraphs": [', "not valid JSON"),
        (b"\xff", "not UTF-8 from byte 0 on"),
        (b"[1]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"id": "1", "id": "2", "paragraphs": []}', "field given twice: 'id'"),
        (b'{"paragraphs": NaN}', "NaN is no JSON value"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"paragraphs": ' + b"9" * 5000 + b"}", "a number of 5000 digits"),
        (record(part()) | {"model": "v1"}, "an answer of 'tagger predict', not a person's labels"),
        ({}, "field 'paragraphs' must be a list with at least one paragraph"),
        ({"paragraphs": []}, "field 'paragraphs' must be a list"),
        ({"paragraphs": "Да"}, "field 'paragraphs' must be a list"),
        ({"paragraphs": ["Да"]}, "paragraphs[0]: not a JSON object"),
        (record(part(), {"labels": []}), "paragraphs[1].text: must be a non-empty text"),
        (record(part(" \n")), "paragraphs[0].text: must be a non-empty text"),
        (record(part(5)), "paragraphs[0].text: must be a non-empty text"),
        (b'{"paragraphs": [{"text": "\\ud800", "labels": []}]}', "paragraphs[0].text: holds a lone surrogate"),
        (record({"text": "Да"}), "unlabelled: neither the article nor a paragraph has a field 'labels'"),
        (record({"text": "Да", "labels": "award"}), "paragraphs[0].labels: must be a list"),
        (record({"text": "Да", "labels": [1]}), "paragraphs[0].labels: must be a list"),
        (record(part(labels=["Award"])), "unknown label 'Award'; did you mean 'award'?"),
        (record(part(labels=["openning"])), "unknown label 'openning'; did you mean 'opening'?"),
        (record(part(labels=["award "])), "unknown label 'award '; did you mean 'award'?"),
        (record(part(labels=["zzz"])), "unknown label 'zzz'; known are award, opening"),
        (record(part(boilerplate=1)), "paragraphs[0].boilerplate: must be true or false"),
        (record(part(boilerplate="yes")), "paragraphs[0].boilerplate: must be true or false"),
        (
            record(part(labels=["award"], boilerplate=True)),
            "boilerplate carries no event type, but labels are ['award']",
        ),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_reason(tmp_path, line, message):
    found = refused(tmp_path, record(part()), line, record(part()))
    assert found.startswith("1 bad lines, nothing was trained:\nbad.jsonl:2:")
    assert message in found


def test_all_bad_lines_are_listed(tmp_path):
    found = refused(tmp_path, b"{", record(part()), b"[]", record(part(labels=["x"])))
    assert [line.split(": ")[0] for line in found.splitlines()[1:]] == ["bad.jsonl:1:2", "bad.jsonl:3", "bad.jsonl:4"]


def test_of_many_bad_lines_the_first_twenty_are_listed_and_the_rest_counted(tmp_path):
    found = refused(tmp_path, *[b"{"] * 25).splitlines()
    assert found[0].startswith("25 bad lines")
    assert [line.split(": ")[0] for line in found[1:-1]] == [f"bad.jsonl:{number}:2" for number in range(1, 21)]
    assert found[-1] == "… and 5 more"


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_a_file_without_records_is_refused(tmp_path, data):
    (tmp_path / "a.jsonl").write_bytes(data)
    with pytest.raises(TrainingDataError, match="no labelled articles"):
        read_corpus([tmp_path / "a.jsonl"], LABELS)


def test_a_folder_without_jsonl_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(TrainingDataError, match=r"no \.jsonl file in this folder"):
        read_corpus([tmp_path], LABELS)
    with pytest.raises(TrainingDataError, match="no such file"):
        read_corpus([tmp_path / "a.jsonl"], LABELS)


def test_equal_texts_have_one_digest_and_different_ones_do_not(tmp_path):
    path = write(
        tmp_path / "a.jsonl",
        record(part("Раз"), part("два")),
        record(part("Раз"), part("два", ["award"]), id="x"),
        record(part("Раз"), part("Два")),
        record(part("два"), part("Раз")),
    )
    digests = [article.digest for article in read_corpus([path], LABELS).articles]
    assert digests[0] == digests[1] == hashlib.sha256("Раз\nдва".encode()).hexdigest()
    assert len(set(digests)) == 3


def test_the_ordered_corpus_holds_each_text_once_the_first_of_equals(tmp_path):
    records = [record(part(text), id=name) for text, name in (("б", "1"), ("а", "2"), ("б", "3"), ("в", "4"))]
    ordered = read_corpus([write(tmp_path / "a.jsonl", *records)], LABELS).ordered()
    assert sorted(article.id for article in ordered.articles) == ["1", "2", "4"]
    digests = [article.digest for article in ordered.articles]
    assert digests == sorted(digests)


def test_the_order_of_lines_and_files_has_no_effect_on_the_ordered_corpus(tmp_path):
    records = [record(part(f"Текст {number}", ["award"] * (number % 2))) for number in range(12)]
    one = read_corpus([write(tmp_path / "a.jsonl", *records)], LABELS).ordered()
    halves = [write(tmp_path / "z.jsonl", *records[6:][::-1]), write(tmp_path / "b.jsonl", *records[:6])]
    two = read_corpus(halves, LABELS).ordered()
    assert [article.paragraphs for article in one.articles] == [article.paragraphs for article in two.articles]
    assert one.gold.tolist() == two.gold.tolist()


def test_places_count_the_paragraphs_of_each_article(two):
    assert read_corpus([two], LABELS).places.tolist() == [0, 1, 2, 0, 0]


def test_a_corpus_is_restricted_to_some_labels_with_its_articles(two):
    corpus = read_corpus([two], LABELS).restricted(["award"])
    assert corpus.gold.astype(int).tolist() == [[1], [0], [0], [1], [0]]
    assert corpus.articles[1].labels == (frozenset({"award"}),)
    assert corpus.articles[1].article_labels == {"award"}
