"""Each kind of figure on axes of matplotlib."""

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from commsim.report.numbers import cell
from commsim.report.panels import Bars, Chart, Figure, Flow, Gaps, Heat, Lines, Tornado, Waterfall, Whiskers
from commsim.report.plots.look import COLOURS, GAIN, HATCHES, INK, LOSS, OPEN, SOFT, STYLES
from commsim.report.plots.marks import mark_axis
from commsim.report.plots.scatter import Along, Cases, Tiles, draw_along, draw_cases, draw_tiles
from commsim.report.plots.strips import draw_gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes


LINE = 36
"""Characters of a line of a title."""


Drawn = Figure | Along | Cases | Tiles


def draw(figure: Drawn, axes: "Axes") -> None:
    """Draw a figure, with its title and what is measured."""
    axes.set_title(fill(figure.title, LINE))
    match figure:
        case Lines():
            _lines(figure, axes)
        case Gaps():
            draw_gaps(figure, axes)
        case Whiskers():
            _whiskers(figure, axes)
        case Bars():
            _bars(figure, axes)
        case Waterfall():
            _waterfall(figure, axes)
        case Heat():
            _heat(figure, axes)
        case Tornado():
            _tornado(figure, axes)
        case Chart():
            _chart(figure, axes)
        case Flow():
            _flow(figure, axes)
        case Along():
            draw_along(figure, axes)
            mark_axis(axes, "y", figure.unit)
        case Cases():
            draw_cases(figure, axes)
        case Tiles():
            draw_tiles(figure, axes)


def _lines(panel: Lines, axes: "Axes") -> None:
    for one in panel.series:
        days = np.arange(1, len(one.values) + 1)
        colour = COLOURS[one.plan]
        if one.low is not None and one.high is not None:
            axes.fill_between(days, one.low, one.high, color=colour, alpha=0.18, linewidth=0)
        axes.plot(days, one.values, color=colour, linestyle=STYLES[one.plan], linewidth=1.6, label=one.name)
    if panel.zero and axes.dataLim.y0 >= 0:  # what lies below 0 is shown
        axes.set_ylim(bottom=0)
    axes.margins(x=0.01)
    axes.grid(axis="y")
    axes.set_xlabel(panel.say("day"))
    axes.set_ylabel(panel.measured)
    mark_axis(axes, "y", panel.unit)


def _whiskers(panel: Whiskers, axes: "Axes") -> None:
    for row, (_, interval) in enumerate(panel.rows):
        colour = {"gain": GAIN, "loss": LOSS, "open": OPEN, "place": COLOURS[0]}[panel.kind(interval)]
        axes.plot([interval.low, interval.high], [row, row], color=colour, linewidth=2.4)
        filled = "white" if panel.kind(interval) == "open" else colour
        axes.plot([interval.mean], [row], "o", color=colour, markerfacecolor=filled, markersize=5)
        axes.annotate(
            panel.text(row), (interval.mean, row), (0, 5),
            textcoords="offset points", ha="center", fontsize=7, color=SOFT,
        )  # fmt: skip
    for row, mark in enumerate(panel.marks):
        axes.plot([mark, mark], [row - 0.22, row + 0.22], color=INK, linewidth=1.4)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.plot(panel.ends, [0, 0], alpha=0)  # so that panels that are compared have the same scale
    _rows(axes, [name for name, _ in panel.rows])
    axes.margins(x=0.14)
    axes.grid(axis="x")
    axes.set_xlabel(panel.measured)
    mark_axis(axes, "x", panel.unit)


def _bars(panel: Bars, axes: "Axes") -> None:
    thick = 0.8 / len(panel.series)
    for place, one in enumerate(panel.series):
        at = np.arange(len(panel.labels)) + (place - (len(panel.series) - 1) / 2) * thick
        made = axes.barh(
            at, one.values, thick * 0.9, color=COLOURS[one.plan], label=one.name,
            hatch=HATCHES[one.plan], edgecolor="white", linewidth=0,
        )  # fmt: skip
        told = [panel.told(place, k) for k in range(len(panel.labels))]
        axes.bar_label(made, told, padding=3, fontsize=7, color=SOFT)
    _rows(axes, panel.labels)
    axes.margins(x=0.25)
    axes.set_xlabel(panel.measured)
    mark_axis(axes, "x", panel.unit)


def _waterfall(panel: Waterfall, axes: "Axes") -> None:
    rows = zip(panel.steps, panel.spans(), strict=True)
    for row, ((_, amount, is_sum), (start, end)) in enumerate(rows):
        colour = COLOURS[panel.plan] if is_sum else GAIN if amount > 0 else LOSS
        hatch = HATCHES[0 if is_sum else 1]
        axes.barh(row, end - start, 0.66, left=start, color=colour, hatch=hatch, edgecolor="white", lw=0)
        axes.annotate(
            cell(amount, panel.unit), (max(start, end), row), (4, 0),
            textcoords="offset points", va="center", fontsize=7, color=INK if is_sum else SOFT,
        )  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.9)
    _rows(axes, [label for label, _, _ in panel.steps])
    axes.set_xlim(panel.low, panel.high + 0.2 * (panel.high - panel.low))
    axes.set_xlabel(panel.measured)
    mark_axis(axes, "x", panel.unit)


def _heat(panel: Heat, axes: "Axes") -> None:
    axes.imshow(panel.values, cmap="Blues", vmin=2 * panel.lowest - 1, vmax=1.15, aspect="auto")
    for (row, column), value in np.ndenumerate(panel.values):
        if not np.isnan(value):
            dark = value > (1 + panel.lowest) / 2
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", fontsize=7,
                      color="white" if dark else INK)  # fmt: skip
    axes.set_xticks(range(len(panel.columns)), panel.columns)
    axes.set_yticks(range(len(panel.rows)), panel.rows)
    axes.set_xlabel(panel.say("weeks since joining; {measured}, %", measured=panel.measured))
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _tornado(panel: Tornado, axes: "Axes") -> None:
    for row, (_, at_low, at_high, low_end, high_end) in enumerate(panel.rows):
        for plan, value in ((1, at_low), (0, at_high)):
            axes.barh(
                row, value - panel.usual, 0.6, left=panel.usual, color=COLOURS[plan], hatch=HATCHES[plan],
                edgecolor="white", lw=0, label=(panel.high, panel.low)[plan],
            )  # fmt: skip
        ends = sorted(((at_low, low_end), (at_high, high_end)))
        outside = (min(ends[0][0], panel.usual), -4, "right"), (max(ends[1][0], panel.usual), 4, "left")
        for (at, shift, side), (_, told) in zip(outside, ends, strict=True):
            axes.annotate(told, (at, row), (shift, 0), textcoords="offset points", va="center", ha=side,
                          fontsize=7, color=SOFT)  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.axvline(panel.usual, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
    _rows(axes, [name for name, *_ in panel.rows])
    axes.margins(x=0.18)
    axes.grid(axis="x")
    axes.set_xlabel(fill(panel.measured, LINE))
    mark_axis(axes, "x", panel.unit)


def _chart(panel: Chart, axes: "Axes") -> None:
    from matplotlib.colors import LinearSegmentedColormap

    most = float(np.abs(panel.values).max()) or 1.0
    colours = LinearSegmentedColormap.from_list("leads", (LOSS, "white", GAIN))
    axes.imshow(panel.values, cmap=colours, vmin=-1.6 * most, vmax=1.6 * most, aspect="auto")
    for (row, column), value in np.ndenumerate(panel.values):
        axes.text(column, row, cell(float(value), panel.unit), ha="center", va="center", fontsize=6,
                  color=INK, weight="bold" if value < 0 else "normal")  # fmt: skip
    row, column = panel.marked
    left, right, top, foot = column - 0.46, column + 0.46, row - 0.46, row + 0.46
    axes.plot([left, right, right, left, left], [top, top, foot, foot, top], color=INK, linewidth=1.2)
    axes.set_xticks(range(len(panel.columns)), panel.columns)
    axes.set_yticks(range(len(panel.rows)), panel.rows)
    axes.set_xlabel(panel.across)
    axes.set_ylabel(panel.down)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _flow(panel: Flow, axes: "Axes") -> None:
    numbers = [number for _, _, number, _ in panel.steps]
    made = axes.barh(range(len(numbers)), numbers, 0.55, color=COLOURS[panel.plan], edgecolor="white", lw=0)
    told = [" ".join(filter(None, panel.told(row))) for row in range(len(numbers))]
    axes.bar_label(made, told, padding=3, fontsize=7, color=SOFT)
    for row in panel.above:
        edges, ends = [row - 0.725, row - 0.275], numbers[row - 1 : row + 1]
        axes.fill_betweenx(edges, 0, ends, color=COLOURS[panel.plan], alpha=0.2, lw=0)
    _rows(axes, [label for _, label, _, _ in panel.steps])
    axes.plot([panel.most], [0], alpha=0)  # so that plans have the same scale
    axes.margins(x=0.25)
    axes.set_xlabel(panel.measured)
    mark_axis(axes, "x", panel.unit)


def _rows(axes: "Axes", labels: "tuple[str, ...] | list[str]") -> None:
    """Names of rows, the first on top."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.7)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.spines["left"].set_visible(False)
