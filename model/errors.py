"""The one exception tree. Every message is one line: what happened, where, what to do."""


class TaggerError(Exception):
    """Root of everything this package raises on purpose."""


class InputError(TaggerError):
    """A text to be tagged cannot be used; other texts of the batch are not concerned."""


class DecodingError(InputError):
    """Bytes that are not text, or text in an encoding that cannot be told."""


class NameRefusedError(TaggerError):
    """A version name that could leave the store or cannot be a portable file name, or a digest that cannot be one."""


class ArtifactError(TaggerError):
    """A trained model is missing, malformed or made for another version of the program."""


class IntegrityError(ArtifactError):
    """A file of an artifact is not what its manifest says: size, digest, shape, type or value."""


class TrainingDataError(TaggerError):
    """Labelled data that cannot be trained on; the message lists file and line."""


class EnvironmentFault(TaggerError):  # noqa: N818 - the fault contract's word for it
    """The machine is in the way: dictionary, disk, permission, a missing extra."""
