"""Memory that a block has given back stays with the process, for the next block."""

from __future__ import annotations

import ctypes
from functools import cache

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8  # parameters of mallopt(3)
KEPT, LARGE = 512 << 20, 32 << 20  # bytes


@cache
def keep_freed_memory() -> None:
    """Tell glibc so, once per process; elsewhere nothing happens.

    A run asks for arrays of some hundred kB and gives them back, tens of thousands of times. By
    default glibc returns such memory to the system every time, and half of the time of a run
    went to getting it anew, page by page.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return
    mallopt(MMAP_THRESHOLD, LARGE)
    mallopt(TRIM_THRESHOLD, KEPT)
    mallopt(ARENA_MAX, 1)  # what one thread gives back is there for the other
