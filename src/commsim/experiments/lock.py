"""One runner to a folder.  The lock is the operating system's, so it ends with the process that holds it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commsim.core.errors import InputError
from commsim.records.folder import writing

LOCK = ".lock"


_REMEDY = "wait for it (commsim status tells how far it is), or give another --out"


@contextmanager
def locked(folder: Path, remedy: str = _REMEDY) -> Iterator[None]:
    """Hold the folder of a sweep, or another one.  InputError, with a remedy, if another process does."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    with writing(folder):
        try:
            lock.acquire(timeout=0.5)
        except Timeout:
            raise InputError(
                "another process is filling this folder",
                where=str(folder),
                remedy=remedy,
            ) from None
    try:
        yield
    finally:
        lock.release()


def is_locked(folder: Path) -> bool:
    """Whether a process is filling the folder of a sweep.  Nothing is written, so it may be read-only."""
    try:
        opened = os.open(folder / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not _can_share(opened)
    finally:
        os.close(opened)


def _can_share(opened: int) -> bool:
    """Whether nobody holds the lock of an open file for themselves."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
            msvcrt.locking(opened, msvcrt.LK_UNLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
