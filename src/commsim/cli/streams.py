"""Standard streams as they may be found: closed, full, no longer read, in an old encoding."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_streams() -> None:
    """Let a process without standard streams run; write what an encoding lacks as escapes."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)


def finish_output() -> None:
    """Print what is still waiting; a reader who has left is no error."""
    with reader_may_leave():
        pass


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Print what is printed within; if nobody reads on (``| head``), go on with what comes after it."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def drop_output() -> None:
    """Let what is still waiting to be printed go nowhere: Python would try again at its end, and fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
