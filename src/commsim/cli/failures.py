"""How the command line tells of failures: one message, no traceback, a documented exit code."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

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
            typer.echo(f"commsim: {error}", err=True)
            raise typer.Exit(int(error.exit_code)) from None
        except KeyboardInterrupt:
            typer.echo("commsim: interrupted", err=True)
            raise typer.Exit(int(Exit.INTERRUPTED)) from None


@contextmanager
def report_bugs() -> Iterator[None]:
    """End with a short message when something happens that should not."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(int(Exit.BUG)) from None
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        text = f"{type(error).__name__}: {error}".strip()
        typer.echo(
            f"commsim: this is a bug: {text}\nSet {DEBUG}=1 for the traceback, and report it.", err=True
        )
        raise SystemExit(int(Exit.BUG)) from None
