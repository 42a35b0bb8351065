"""Figures that only plots have: curves along a setting, cases with a box around them, tiles of a map."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.report.numbers import cell
from commsim.report.panels import Panel
from commsim.report.plots.look import COLOURS, GAIN, INK, LOSS, OPEN, SOFT, STYLES
from commsim.report.tables import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MARKS = 12
"""Letters of a name along an axis."""


@dataclass(frozen=True, slots=True)
class Along(Panel):
    """Means along one setting, with their standard errors; ``lines`` by name, one or several."""

    setting: str
    at: Floats
    names: tuple[str, ...]
    lines: tuple[tuple[str, Floats, Floats], ...]

    def grid(self) -> Grid:
        """A row per value."""
        told = self.names or tuple(f"{value:.4g}" for value in self.at)
        rows = tuple(
            (told[k], *(cell(float(mean[k]), self.unit) for _, mean, _ in self.lines))
            for k in range(len(told))
        )
        return Grid(self.title, (self.setting, *(name for name, _, _ in self.lines)), rows)


@dataclass(frozen=True, slots=True)
class Cases(Panel):
    """Cases along two settings, of interest or not, and the limits of a box: low and high of both."""

    settings: tuple[str, str]
    places: Floats
    wanted: Bools
    box: tuple[tuple[float, float], tuple[float, float]]
    named: tuple[tuple[str, ...], tuple[str, ...]]

    def grid(self) -> Grid:
        """What the box is."""
        rows = tuple(
            (name, f"{low:.4g}", f"{high:.4g}")
            for name, (low, high) in zip(self.settings, self.box, strict=True)
        )
        return Grid(self.title, ("", self.say("at least"), self.say("at most")), rows)


@dataclass(frozen=True, slots=True)
class Tiles(Panel):
    """Means over the parts of two settings, darker the further from 0; NaN where there are no cases."""

    settings: tuple[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats

    def grid(self) -> Grid:
        """The numbers in the tiles."""
        told = tuple(
            (row, *("" if np.isnan(value) else cell(float(value), self.unit) for value in values))
            for row, values in zip(self.rows, self.values, strict=True)
        )
        return Grid(self.title, (f"{self.settings[0]} \\ {self.settings[1]}", *self.columns), told)


def draw_along(panel: Along, axes: "Axes") -> None:
    """A line per name with bars of two standard errors."""
    for number, (name, means, errors) in enumerate(panel.lines):
        colour, style = COLOURS[number % len(COLOURS)], STYLES[number % len(STYLES)]
        at = np.arange(len(means)) if panel.names else panel.at
        axes.errorbar(
            at, means, 2 * np.nan_to_num(errors), color=colour, linestyle="" if panel.names else style,
            marker="o", markersize=3.5, linewidth=1.5, elinewidth=0.9, label=name or None,
        )  # fmt: skip
    if panel.names:
        axes.set_xticks(range(len(panel.names)), [name[:MOST_MARKS] for name in panel.names])
    axes.margins(x=0.06)
    axes.grid(axis="y")
    axes.set_xlabel(panel.setting)
    axes.set_ylabel(panel.measured)


def draw_cases(panel: Cases, axes: "Axes") -> None:
    """Dots, filled where of interest, and the box as a frame."""
    from matplotlib.patches import Rectangle

    x, y = panel.places.T
    axes.scatter(x[~panel.wanted], y[~panel.wanted], s=9, facecolors="none", edgecolors=OPEN, linewidths=0.6)
    axes.scatter(x[panel.wanted], y[panel.wanted], s=11, color=LOSS, linewidths=0)
    axes.margins(0.05)
    low, high = axes.get_xlim(), axes.get_ylim()
    ends = [
        (max(end[0], edge[0]), min(end[1], edge[1])) for end, edge in zip(panel.box, (low, high), strict=True)
    ]
    (left, right), (bottom, top) = ends
    axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INK, lw=1.6))
    axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, color=LOSS, alpha=0.07, lw=0))
    for names, ticks in zip(panel.named, (axes.set_xticks, axes.set_yticks), strict=True):
        if names:
            ticks(range(len(names)), [name[:MOST_MARKS] for name in names])
    axes.set_xlabel(panel.settings[0])
    axes.set_ylabel(panel.settings[1])


def draw_tiles(panel: Tiles, axes: "Axes") -> None:
    """Green above 0 and red below, with the numbers, so that grey does as well."""
    from matplotlib.colors import LinearSegmentedColormap

    most = float(np.nanmax(np.abs(panel.values))) or 1.0
    colours = LinearSegmentedColormap.from_list("sign", [LOSS, "white", GAIN])
    axes.imshow(panel.values, cmap=colours, vmin=-1.3 * most, vmax=1.3 * most, aspect="auto", origin="lower")
    for (row, column), value in np.ndenumerate(panel.values):
        if not np.isnan(value):
            axes.text(
                column, row, cell(float(value), panel.unit), ha="center", va="center", fontsize=7, color=INK
            )
    axes.set_yticks(range(len(panel.rows)), [name[:MOST_MARKS] for name in panel.rows])
    axes.set_xticks(range(len(panel.columns)), [name[:MOST_MARKS] for name in panel.columns])
    axes.set_ylabel(panel.settings[0])
    axes.set_xlabel(panel.settings[1])
    axes.tick_params(length=0, labelcolor=SOFT)
    axes.spines[:].set_visible(False)
