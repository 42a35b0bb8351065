"""Tables and JSON on standard output."""

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 120


def console() -> "Console":
    """Standard output as rich sees it: as wide as the terminal, plain and 120 wide in a pipe."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(width=None if terminal else PIPE_WIDTH, highlight=False, markup=False, emoji=False)


def table(*columns: str, title: str = "") -> "Table":
    """An empty table in the style of all our tables."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title or None, title_justify="left")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def print_table(made: "Table") -> None:
    """Print a table; in a pipe or a file without blanks at the ends of its lines."""
    terminal = console()
    if terminal.is_terminal:
        terminal.print(made)
        return
    with terminal.capture() as captured:
        terminal.print(made)
    for line in captured.get().splitlines():
        print(line.rstrip())


def print_json(data: Any) -> None:
    """Print data as indented JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=2))
