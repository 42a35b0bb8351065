"""How the command line tells of failures: one message, no traceback, a documented exit code."""

import errno
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from commsim.cli.output import print_text
from commsim.cli.streams import drop_output, finish_output
from commsim.core.errors import CommsimError, Exit

DEBUG = "COMMSIM_DEBUG"


class FriendlyGroup(TyperGroup):
    """Turns errors that people can put right, and Ctrl-C, into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CommsimError as error:
            if os.environ.get(DEBUG):
                traceback.print_exc()
            print_text(f"commsim: {error}", err=True)
            raise typer.Exit(int(error.exit_code)) from None
        except KeyboardInterrupt:
            print_text("commsim: interrupted", err=True)
            raise typer.Exit(int(Exit.INTERRUPTED)) from None
        except MemoryError:
            print_text("commsim: not enough memory; lower members, days or --workers", err=True)
            raise typer.Exit(int(Exit.INPUT)) from None
        except BrokenPipeError:
            drop_output()
            raise typer.Exit(int(Exit.OK)) from None


@contextmanager
def report_bugs() -> Iterator[None]:
    """End with a short message when something happens that should not."""
    try:
        try:
            yield
        finally:
            finish_output()
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # also those that only somebody's strategy would raise
        if os.environ.get(DEBUG):
            raise
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        if full:
            drop_output()
        print_text(_NO_SPACE if full else _bug(error), err=True)
        raise SystemExit(int(Exit.INPUT if full else Exit.BUG)) from None


_NO_SPACE = "commsim: can't write the output: no space left; free some space"


def _bug(error: BaseException) -> str:
    text = f"{type(error).__name__}: {error}".strip()
    return f"commsim: this is a bug: {text}\nSet {DEBUG}=1 for the traceback, and report it."


def heed_the_end() -> None:
    """Let a request to end (SIGTERM) and a closed terminal (SIGHUP) do what Ctrl-C does.

    Otherwise they would end this process alone: its workers and half-written folders would stay.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
