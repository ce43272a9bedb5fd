"""Arrays on disk: plain ``.npy`` bytes, read without trusting anything they say about themselves."""

import io

import numpy as np
import numpy.typing as npt

from tagger.errors import IntegrityError

_HEADER_LIMIT = 10_000


def array_bytes(array: npt.NDArray[np.generic], dtype: str) -> bytes:
    """The ``.npy`` file of ``array`` stored as ``dtype`` (such as ``"<f4"``), in C order."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(array, dtype=dtype), version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def read_array(data: bytes, name: str, dtype: str, shape: tuple[int, ...]) -> npt.NDArray[np.generic]:
    """The array in the ``.npy`` bytes ``data``, which must have just this type, shape and size.

    Raises:
        IntegrityError: anything else; no memory is taken on the word of the header, and no object is ever unpickled.
    """
    stream = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        if version != (1, 0):
            raise ValueError(f"format version {version}")
        found_shape, fortran, found_type = np.lib.format.read_array_header_1_0(stream, max_header_size=_HEADER_LIMIT)
    except Exception as error:
        raise IntegrityError(f"{name}: not a .npy array of version 1.0; fetch or train the artifact again") from error
    expected = np.dtype(dtype)
    if (found_shape, fortran, found_type) != (shape, False, expected):
        raise IntegrityError(
            f"{name}: array is {found_type.str}{list(found_shape)}{' in Fortran order' if fortran else ''}, "
            f"the manifest asks for {expected.str}{list(shape)}; fetch or train the artifact again"
        )
    size = int(np.prod(shape, dtype=object)) * expected.itemsize
    if len(data) - stream.tell() != size:
        raise IntegrityError(f"{name}: {len(data) - stream.tell()} bytes of values instead of {size}")
    array = np.frombuffer(data, expected, offset=stream.tell()).reshape(shape)
    if expected.kind == "f" and not np.isfinite(array).all():
        raise IntegrityError(f"{name}: values that are not finite; fetch or train the artifact again")
    return array
