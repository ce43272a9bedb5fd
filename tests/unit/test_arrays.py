"""Arrays on disk: what numpy writes and reads, and nothing else."""

import io

import numpy as np
import pytest

from tagger.arrays import array_bytes, read_array
from tagger.errors import IntegrityError


def npy(array, version=None, allow_pickle=False):
    """A file as numpy itself writes it."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version=version, allow_pickle=allow_pickle)
    return buffer.getvalue()


@pytest.mark.parametrize("dtype", ["<f8", "<f4", "<i4"])
@pytest.mark.parametrize("shape", [(0,), (3,), (2, 3), (2, 0, 4), (2, 3, 4)])
def test_an_array_comes_back_as_it_was(dtype, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    found = read_array(array_bytes(array, dtype), "a.npy", dtype, shape)
    assert found.dtype == np.dtype(dtype)
    assert found.shape == shape
    assert (found == array).all()


def test_the_file_is_one_that_numpy_reads_without_pickle():
    array = np.random.default_rng(0).normal(size=(3, 4))
    found = np.load(io.BytesIO(array_bytes(array, "<f8")), allow_pickle=False)
    assert (found == array).all()


def test_a_file_that_numpy_wrote_is_read():
    array = np.random.default_rng(0).normal(size=(3, 4))
    assert (read_array(npy(array), "a.npy", "<f8", (3, 4)) == array).all()


def test_equal_arrays_give_equal_bytes_whatever_their_layout():
    array = np.arange(12.0).reshape(3, 4)
    assert (
        array_bytes(np.asfortranarray(array), "<f8")
        == array_bytes(array.astype(">f8"), "<f8")
        == array_bytes(array, "<f8")
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (npy(np.zeros((4, 3))), r"array is <f8\[4, 3\], the manifest asks for <f8\[3, 4\]"),
        (npy(np.zeros(12)), r"<f8\[12\]"),
        (npy(np.zeros((3, 4), "<f4")), r"array is <f4\[3, 4\]"),
        (npy(np.zeros((3, 4), ">f8")), r"array is >f8\[3, 4\]"),
        (npy(np.asfortranarray(np.ones((3, 4)))), "in Fortran order"),
        (npy(np.zeros((3, 4)), version=(2, 0)), "not a .npy array of version 1.0"),
        (npy(np.full((3, 4), None), allow_pickle=True), r"array is \|O\[3, 4\]"),
        (npy(np.zeros((3, 4)))[:-1], "95 bytes of values instead of 96"),
        (npy(np.zeros((3, 4))) + b"\0", "97 bytes of values instead of 96"),
        (npy(np.full((3, 4), np.nan)), "not finite"),
        (npy(np.array([[1.0, np.inf, 0, 0]] * 3)), "not finite"),
        (npy(np.zeros((3, 4)))[1:], "not a .npy array"),
        (npy(np.zeros((3, 4)))[:40], "not a .npy array"),
        (b"", "not a .npy array"),
        (b"\x80\x04]\x94.", "not a .npy array"),
    ],
)
def test_any_other_array_is_refused_by_name(data, message):
    with pytest.raises(IntegrityError, match=message) as caught:
        read_array(data, "coef.npy", "<f8", (3, 4))
    assert str(caught.value).startswith("coef.npy: ")
    assert "unsafe" not in str(caught.value)


def test_no_memory_is_taken_on_the_word_of_a_header():
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": "<f8", "fortran_order": False, "shape": (10**12,)})
    with pytest.raises(IntegrityError, match="24 bytes of values instead of 8000000000000"):
        read_array(stream.getvalue() + bytes(24), "coef.npy", "<f8", (10**12,))


def test_an_array_that_was_read_cannot_be_written_to():
    found = read_array(array_bytes(np.zeros(3), "<f8"), "a.npy", "<f8", (3,))
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1
