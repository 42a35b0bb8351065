"""Progress on standard error, and a Ctrl-C (or SIGTERM) that lets the running day end."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from commsim.cli.output import print_text
from commsim.cli.spoken import said, spoken


def load_engine(*, quiet: bool) -> None:
    """Compile or load the engine; says so on standard error when that takes long.

    Before it, import nothing of the engine.  A Ctrl-C waits for the end of it, because the compiler may
    swallow what is raised in its midst.
    """
    from commsim.simulation.warm_up import warm_up

    with Interruptible("the simulator is loaded") as stop:
        warm_up(lambda message: None if quiet else print_text(f"commsim: {message}", err=True))
    if stop.requested:
        raise KeyboardInterrupt


@contextmanager
def progress_bar(what: str, total: int | None, *, quiet: bool) -> Iterator[Callable[[int, str], None]]:
    """A bar that hears how much of the total is done (None: not known), with a note.

    Silent with ``quiet`` or without a terminal.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda done, note: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, TextColumn("{task.fields[note]}"), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(_label(what), total=total, note="")
        yield lambda done, note: bar.update(task, completed=done, note=said(note))


def _label(what: str) -> str:
    """What a bar counts; alone a word such as `days` might be the name of a setting."""
    return what if spoken() == "en" else said(f"{what} done")


@contextmanager
def patience(*, quiet: bool) -> Iterator[Callable[[], None]]:
    """Say why nothing has come yet, if for some seconds nobody calls what this yields."""
    text = "commsim: loading the simulator; once after installation it is compiled, for half a minute ..."
    timer = threading.Timer(8.0, print_text, (text,), {"err": True})
    timer.daemon = True
    if not quiet:
        timer.start()
    try:
        yield timer.cancel
    finally:
        timer.cancel()


def lasting(seconds: float) -> str:
    """A length of time as people say it: ``8 s``, ``3 min 20 s``, ``2 h 5 min``, ``4 days 3 h``."""
    whole = round(seconds)
    for large, name, small, part in (
        (86_400, "days", 3600, "h"),
        (3600, "h", 60, "min"),
        (60, "min", 1, "s"),
    ):
        if whole >= large:
            rest = whole % large // small
            return f"{whole // large} {name}" + (f" {rest} {part}" if rest else "")
    return f"{max(1, whole)} s"


class Interruptible:
    """While it is entered, the first Ctrl-C or SIGTERM asks to stop and the second one stops at once.

    when: the end of the sentence that tells people when it will stop.
    """

    _HEARD = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, when: str) -> None:
        self._when = when
        self.requested = False

    def __enter__(self) -> "Interruptible":
        self._before = {number: signal.signal(number, self._hear) for number in self._HEARD}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
        print_text(f"Stopping when {self._when}; press Ctrl-C again to stop at once.", err=True)
