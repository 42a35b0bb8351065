"""One runner to a folder.  The lock is the operating system's, so it ends with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commsim.core.errors import InputError
from commsim.records.folder import writing

LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder of a sweep.  InputError if another process does."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    with writing(folder):
        try:
            lock.acquire(timeout=0.5)
        except Timeout:
            raise InputError(
                "another process is filling this folder",
                where=str(folder),
                remedy="wait for it (commsim status tells how far it is), or give another --out",
            ) from None
    try:
        yield
    finally:
        lock.release()


def is_locked(folder: Path) -> bool:
    """Whether a process is filling the folder of a sweep."""
    from filelock import FileLock, Timeout

    if not (folder / LOCK).exists():
        return False
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False
