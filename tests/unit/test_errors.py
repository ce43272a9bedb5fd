"""The exception tree."""

import pytest

from tagger import errors


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (errors.InputError, errors.TaggerError),
        (errors.DecodingError, errors.InputError),
        (errors.NameRefusedError, errors.TaggerError),
        (errors.ArtifactError, errors.TaggerError),
        (errors.IntegrityError, errors.ArtifactError),
        (errors.TrainingDataError, errors.TaggerError),
        (errors.EnvironmentFault, errors.TaggerError),
    ],
)
def test_every_error_has_its_place_in_the_one_tree(kind, parent):
    assert kind.__bases__ == (parent,)


def test_the_root_is_an_ordinary_exception():
    assert errors.TaggerError.__bases__ == (Exception,)
