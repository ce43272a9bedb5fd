"""What the fault tests share."""

import ctypes
from collections.abc import Callable

import pytest

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


@pytest.fixture(scope="session")
def plain_user() -> Callable[[], None]:
    """To run in a child before it becomes the command: root then obeys permissions as everybody does."""
    library = ctypes.CDLL(None)

    def drop() -> None:
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            library.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)

    return drop
