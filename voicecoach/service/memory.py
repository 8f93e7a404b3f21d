"""What keeps the memory of a program that runs for weeks where it is."""

import ctypes
from contextlib import suppress

_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""


def share_one_heap() -> None:
    """Let all threads take their memory from one heap; where the C library is not glibc nothing happens.

    Else each thread of a session may leave behind a heap of its own, free but never given back (mallopt(3)).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
