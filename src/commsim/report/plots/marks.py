"""Marks of axes: thousands separated, shares in per cent, no more than fit."""

from typing import TYPE_CHECKING

from commsim.core.measures import Unit
from commsim.report.numbers import mark_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def mark_axis(axes: "Axes", which: str, unit: Unit, most: int = 5) -> None:
    """Mark the axis x or y in a unit."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(most))

    def told(value: float, _: int) -> str:
        marks = axis.get_majorticklocs()
        return mark_text(value, unit, float(marks[1] - marks[0]) if len(marks) > 1 else value)

    axis.set_major_formatter(FuncFormatter(told))
