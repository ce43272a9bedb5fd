"""What the tests of the formats share."""

from pathlib import Path

import pytest

from tagger.training.formats.conversion import convert
from tagger.training.formats.labelling import Fields

SAMPLES = Path(__file__).parents[2] / "samples" / "formats"


@pytest.fixture(scope="session")
def samples():
    """Files of the tools' shapes."""
    return SAMPLES


@pytest.fixture(scope="session")
def converted():
    """Convert a sample by its name, or any path."""

    def call(path, form="", renames=None, skip_empty=False, **fields):
        path = SAMPLES / path if isinstance(path, str) else path
        return convert([path], form, Fields(**fields), renames or {}, skip_empty=skip_empty)

    return call


@pytest.fixture(scope="session")
def labels():
    """Text (its first words) → sorted labels, of records labelled as a whole."""

    def call(done):
        return {record["text"][:8]: record["labels"] for record in done.records}

    return call


@pytest.fixture(scope="session")
def parts():
    """Labels of each paragraph of the only record; None where it is unlabelled."""

    def call(done):
        (record,) = done.records
        return [["chrome"] if part.get("boilerplate") else part.get("labels") for part in record["paragraphs"]]

    return call
