"""How far plans are from one of them, with matplotlib: axes for its own curve and each other one."""

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from commsim.report.numbers import cell
from commsim.report.panels import Gaps, Series
from commsim.report.panels.days import sure
from commsim.report.plots.look import COLOURS, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NARROW = 24
"""Characters of a line of what stands beside or above the first axes."""
LEVEL, STRIP = 1.25, 0.8
"""Inches of the curve of the plan that the others are held against, and of each other one."""


def height(panel: Gaps) -> float:
    """Inches of the whole."""
    return LEVEL + 0.9 + STRIP * len(panel.drawn)


def draw_gaps(panel: Gaps, axes: "Axes") -> None:
    """The axes give way to those of the curves, which have the same days, and of the gaps the same scale."""
    spec, page = axes.get_subplotspec(), axes.figure
    assert spec is not None
    axes.remove()
    grid = spec.subgridspec(1 + len(panel.drawn), 1, height_ratios=[LEVEL, *[STRIP] * len(panel.drawn)])
    first: Axes = page.add_subplot(grid[0])
    first.set_title(fill(panel.title, NARROW), loc="left")
    first.set_title(fill(panel.level.name, NARROW), loc="right", fontsize=8)
    _curve(first, panel.level, cell(float(panel.level.values[-1]), panel.unit), 1.6)
    if panel.zero and first.dataLim.y0 >= 0:
        first.set_ylim(bottom=0)
    first.set_ylabel(fill(panel.measured, NARROW))
    first.set_xlabel(panel.against, loc="left")
    shown = [first]
    for row, one in enumerate(panel.drawn):
        strip: Axes = page.add_subplot(grid[row + 1], sharex=first)
        strip.set_title(one.name, loc="left", fontsize=8)
        _curve(strip, one, panel.gap_at(one), 0.9)
        for begin, end in sure(one):
            days = np.arange(begin, end + 1)
            strip.plot(days + 1, one.values[days], color=COLOURS[one.plan], linewidth=2.6)
        strip.axhline(0, color=INK, linewidth=0.9)
        low, high = panel.ends
        strip.set_ylim(low - 0.06 * (high - low), high + 0.06 * (high - low))
        shown.append(strip)
    for one_axes in shown[:-1]:
        one_axes.tick_params(labelbottom=False)
    shown[-1].set_xlabel(panel.say("day"))
    _mark(panel, shown)


def _curve(axes: "Axes", one: Series, told: str, width: float) -> None:
    """The curve with its band, and what it ends at."""
    colour, days = COLOURS[one.plan], np.arange(1, len(one.values) + 1)
    if one.low is not None and one.high is not None:
        axes.fill_between(days, one.low, one.high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(days, one.values, color=colour, linewidth=width)
    axes.annotate(told, (float(days[-1]), float(one.values[-1])), (3, 0), textcoords="offset points",
                  va="center", fontsize=7, color=INK, annotation_clip=False)  # fmt: skip
    axes.margins(x=0.01)
    axes.grid(axis="y")


def _mark(panel: Gaps, shown: "list[Axes]") -> None:
    """Few marks on every scale; those of gaps with their sign."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from commsim.report.plots.marks import mark_axis

    mark_axis(shown[0], "y", panel.unit, 3)
    for one in shown[1:]:
        one.yaxis.set_major_locator(MaxNLocator(3))

        def told(value: float, _: int, one: "Axes" = one) -> str:
            marks = one.yaxis.get_majorticklocs()
            return panel.mark(value, float(marks[1] - marks[0]) if len(marks) > 1 else value)

        one.yaxis.set_major_formatter(FuncFormatter(told))
