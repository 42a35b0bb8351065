"""What commands print: sentences, tables and JSON, harmless whatever texts of others are in it."""

import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from commsim.cli.spoken import said
from commsim.core.harmless import for_terminal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 120


def print_text(text: str, *, err: bool = False) -> None:
    """Print a text, in the language that is spoken if there are words for it, and end its line.

    On standard error what is about the work and not its result.
    """
    typer.echo(for_terminal(said(text)), err=err)


def console(file: io.StringIO | None = None) -> "Console":
    """Standard output as rich sees it, or a text: as wide as the terminal, 120 wide in a pipe."""
    from rich.console import Console

    wide = None if file is None and sys.stdout.isatty() else PIPE_WIDTH
    return Console(file=file, width=wide, highlight=False, markup=False, emoji=False)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> "Table":
    """A table in the style of all our tables."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=for_terminal(title) or None, title_justify="left")
    for name in header:
        made.add_column(for_terminal(name), overflow="fold")
    for row in rows:
        made.add_row(*map(for_terminal, row))
    return made


def print_table(made: "Table") -> None:
    """Print a table; in a pipe or a file without blanks at the ends of its lines."""
    if sys.stdout.isatty():
        console().print(made)
        return
    text = io.StringIO()  # not standard output: where nobody reads that, rich would end the program
    console(text).print(made)
    for line in text.getvalue().splitlines():
        print(line.rstrip())


def print_json(data: Any) -> None:
    """Print data as indented JSON."""
    typer.echo(for_terminal(json.dumps(data, ensure_ascii=False, indent=2)))
