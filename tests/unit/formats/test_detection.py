"""What wrote a file, told by its content."""

import pytest

from tagger.errors import TrainingDataError
from tagger.training.formats.detection import detect
from tagger.training.formats.source import Source

KNOWN = {
    "label_studio.json": "label-studio",
    "label_studio_min.json": "label-studio",
    "label_studio.csv": "label-studio",
    "doccano.jsonl": "doccano",
    "doccano.csv": "table",
    "prodigy.jsonl": "prodigy",
    "prodigy_binary.jsonl": "prodigy",
    "fasttext.txt": "fasttext",
    "wide.csv": "table",
    "long_cp1251.csv": "table",
    "folders": "folder",
}


@pytest.mark.parametrize("name", KNOWN)
def test_each_format(samples, name):
    assert detect(Source(samples / name)) == KNOWN[name]


@pytest.mark.parametrize("name", KNOWN)
def test_the_name_says_nothing(samples, name, tmp_path):
    if name != "folders":
        path = tmp_path / "without-ending"
        path.write_bytes((samples / name).read_bytes())
        assert detect(Source(path)) == KNOWN[name]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cannot tell"),
        ("Просто текст.\nИ ещё.".encode(), "cannot tell what wrote this file; say it with --from"),
        (b'{"text": "a"}', "cannot tell"),
        (b'{"paragraphs": []}', "own format"),
        (b"[{]", "not valid JSON"),
        (b"%PDF-1.4", "PDF"),
    ],
)
def test_what_cannot_be_told(tmp_path, data, message):
    path = tmp_path / "a"
    path.write_bytes(data)
    with pytest.raises(TrainingDataError, match=message):
        detect(Source(path))
