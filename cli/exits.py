"""Exit codes: one for each kind of trouble, so that a script knows what happened."""

from tagger.errors import (
    ArtifactError,
    EnvironmentFault,
    InputError,
    NameRefusedError,
    TaggerError,
    TrainingDataError,
)

OK, BUG, USAGE, SOME_FAILED, ARTIFACT, TRAINING_DATA, ENVIRONMENT, GATE = range(8)
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143

_CODES: tuple[tuple[type[TaggerError], int], ...] = (
    (NameRefusedError, USAGE),
    (ArtifactError, ARTIFACT),
    (TrainingDataError, TRAINING_DATA),
    (EnvironmentFault, ENVIRONMENT),
    (InputError, SOME_FAILED),
)


class GateError(TaggerError):
    """A quality gate was not met."""


def exit_code(error: TaggerError) -> int:
    """The exit code for an error that ended the command."""
    if isinstance(error, GateError):
        return GATE
    return next((code for kind, code in _CODES if isinstance(error, kind)), BUG)
