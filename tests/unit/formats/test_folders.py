"""Folders of texts, one for each label."""


def test_texts_in_folders_of_labels(converted, labels):
    """One text lies in two folders; one is in cp1251."""
    done = converted("folders")
    assert labels(done) == {"Учёным в": ["award"], "Открыли ": ["award", "opening"], "В Кирове": ["opening"]}
    assert [record["id"] for record in done.records] == ["award/а", "award/обе", "opening/б"]


def test_a_text_outside_of_them_is_told(converted):
    (problem,) = converted("folders").problems
    assert problem.where.endswith("folders/ничей.txt")
    assert "move it to <label>/<name>.txt" in problem.message


def test_what_is_no_text_is_told(converted, tmp_path):
    folder = tmp_path / "award"
    folder.mkdir()
    (folder / "a.txt").write_text("Премия", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "c.txt").write_text("\n", encoding="utf-8")
    done = converted(tmp_path)
    assert len(done.records) == 1
    assert ["PNG" in done.problems[0].message, "is empty" in done.problems[1].message] == [True, True]


def test_encodings_that_were_guessed_are_counted(converted, samples):
    assert dict(converted("folders").counts) == {f"{samples / 'folders'}: decoded as cp1251": 1}
