"""Freed memory goes back to the system."""

import ctypes
import sys
from functools import cache

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
_LARGE = 1 << 22
"""Bytes; from this size on numpy asks for huge pages, so that new memory costs little."""


@cache
def give_back() -> None:
    """Let glibc give large arrays back as soon as they are freed.

    By itself it keeps all that are no larger than the largest ever freed (up to 32 MB), and lays lasting
    arrays among the gaps: that is a tenth of the memory of a large community.  Other C libraries are left
    as they are.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "gnu_get_libc_version"):
            library.mallopt(_MMAP_THRESHOLD, _LARGE)
            library.mallopt(_TRIM_THRESHOLD, 2 * _LARGE)
