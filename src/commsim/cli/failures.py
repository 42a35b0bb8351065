"""How the command line tells of failures: one message, no traceback, a documented exit code."""

import errno
import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from commsim.cli.helping import explain, placed
from commsim.cli.output import print_text
from commsim.cli.spoken import heed_variable, listen, plans_spoken, said, said_error, spoken
from commsim.cli.streams import drop_output, finish_output
from commsim.core.errors import CommsimError, Exit

DEBUG = "COMMSIM_DEBUG"
WRONG_USE: Any = typer.BadParameter.__bases__[0]
"""What typer raises for a command that can't be read; it is exported by different libraries over time."""


class _Remarks(logging.Handler):
    """Says what is only remarked on the way in the language that is spoken."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print it on standard error."""
        print_text(self.format(record), err=True)


_REMARKS = _Remarks(logging.WARNING)


class FriendlyGroup(TyperGroup):
    """Turns errors that people can put right, and Ctrl-C, into a message and an exit code."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **named: Any) -> Any:
        """Run the command line in the language that it is asked in."""
        listen(sys.argv[1:] if args is None else args)
        logging.getLogger("commsim").addHandler(_REMARKS)
        with plans_spoken():
            return super().main(args, *rest, **named)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command."""
        explain(self, ctx)
        with _told_in_our_words():
            rest: list[str] = super().parse_args(ctx, args)
        return rest

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is asked for, and what stands behind it."""
        heed_variable(args)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, or nothing, with its help in the language that is spoken."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            explain(command, ctx)
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            with _told_in_our_words():
                return super().invoke(ctx)
        except CommsimError as error:
            if os.environ.get(DEBUG):
                traceback.print_exc()
            print_text(f"commsim: {said_error(error)}", err=True)
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
def _told_in_our_words() -> Iterator[None]:
    """Tell of wrong usage ourselves where typer would do so in English."""
    try:
        yield
    except WRONG_USE as error:
        if spoken() == "en":
            raise
        if isinstance(hint := getattr(error, "param_hint", None), str):
            error.param_hint = placed(hint)
        print_text(f"commsim: {said(error.format_message())}", err=True)
        raise typer.Exit(int(Exit.USAGE)) from None


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
