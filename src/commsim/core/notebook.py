"""How results show themselves in a notebook: a table, whatever texts of others are in it."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from commsim.core.harmless import for_html


def html_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column names the row and whose others hold numbers."""
    head = "".join(f"<th>{for_html(name)}</th>" for name in header)
    body = "".join(f"<tr><th>{for_html(row[0])}</th>{_cells(row[1:])}</tr>" for row in rows)
    return (
        f"<table><caption>{for_html(title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cells(values: Sequence[str]) -> str:
    return "".join(f"<td>{for_html(value)}</td>" for value in values)


def figure(value: float, unit: str) -> str:
    """A number as a table shows it: shares as per cent, all else to the digits that matter."""
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:,.0f}" if abs(value) >= 100 or float(value).is_integer() else f"{value:,.2f}"


def drawn_by(place: str, result: Any, *how: Any) -> Any:
    """What the function of ``module:name`` makes of a result; loaded then, since figures are a room below."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)(result, *how)
