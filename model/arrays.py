"""Arrays on disk: plain ``.npy`` bytes [1]_, read without trusting anything they say about themselves.

The header is matched, not evaluated: numpy's own reader parses it as a Python literal, warns, and on some files advises to
load them "unsafely", which nobody should.

.. [1] NEP 1, A simple file format for NumPy arrays, version 1.0.
"""

import io
import re

import numpy as np
import numpy.typing as npt

from tagger.errors import IntegrityError

_MAGIC = b"\x93NUMPY\x01\x00"
_LENGTH = 2
_HEADER = re.compile(
    rb"\{'descr': '([<>|=]?[A-Za-z]\d{0,9})', 'fortran_order': (True|False), "
    rb"'shape': (\((?:\d{1,19}, ?)*(?:\d{1,19})?\)), \} *\n"
)


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
    begin = len(_MAGIC) + _LENGTH
    stop = begin + int.from_bytes(data[len(_MAGIC) : begin], "little")
    header = _HEADER.fullmatch(data[begin:stop])
    if not data.startswith(_MAGIC) or len(data) < stop or header is None:
        raise IntegrityError(f"{name}: not a .npy array of version 1.0; fetch or train the artifact again")
    found_type, fortran = header[1].decode(), header[2] == b"True"
    found_shape = tuple(map(int, re.findall(rb"\d+", header[3])))
    expected = np.dtype(dtype)
    if (found_shape, fortran, found_type) != (shape, False, expected.str):
        raise IntegrityError(
            f"{name}: array is {found_type}{list(found_shape)}{' in Fortran order' if fortran else ''}, "
            f"the manifest asks for {expected.str}{list(shape)}; fetch or train the artifact again"
        )
    size = int(np.prod(shape, dtype=object)) * expected.itemsize
    if len(data) - stop != size:
        raise IntegrityError(
            f"{name}: {len(data) - stop} bytes of values instead of {size}; fetch or train the artifact again"
        )
    array = np.frombuffer(data, expected, offset=stop).reshape(shape)
    if expected.kind == "f" and not np.isfinite(array).all():
        raise IntegrityError(f"{name}: values that are not finite; fetch or train the artifact again")
    return array
