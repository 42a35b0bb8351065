"""A picture per fact: the band, the value of every world, and the median with its interval."""

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.core.arrays import Floats
from commsim.report.validation.tables import measured_text, starred
from commsim.validation.facts.fact import Statistic
from commsim.validation.facts.validate import Validation
from commsim.validation.facts.verdict import Finding

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAND, _WORLD, _INK = "0.85", "0.45", "0.0"
"""Greys of the band, of the worlds' values, and of the median: told apart in print too."""
_LEGEND = "Grey: the band. Circles: worlds. Diamond: their median with 95 % limits"
_MARGIN = 0.15
"""Room on both sides, as a share of what is shown."""


def write_figures(found: Validation, folder: Path) -> None:
    """Write ``F6.png`` and so on, one per fact."""
    for finding in found.findings:
        draw(finding, folder / f"{finding.fact.id}.png")


def draw(finding: Finding, file: Path) -> None:
    """Draw one fact: a row per statistic, each on a scale of its own."""
    from matplotlib.figure import Figure

    statistics = finding.fact.statistics
    figure = Figure(figsize=(8.0, 1.2 + 1.3 * len(statistics)), layout="constrained")
    figure.suptitle(
        f"{starred(finding.fact)}  {finding.fact.claim}", x=0.01, ha="left", weight="bold", size=11
    )
    rows = figure.subplots(len(statistics), squeeze=False)[:, 0]
    for axes, statistic, values, interval, verdict in zip(
        rows, statistics, finding.values, finding.intervals, finding.verdicts, strict=True
    ):
        scale = 100.0 if statistic.share else 1.0
        _draw_statistic(axes, statistic, values * scale, scale)
        _draw_median(axes, interval, scale)
        title = f"{statistic.label}: {measured_text(interval, statistic)}, {verdict}"
        axes.set_title(title, loc="left", size=9)
    figure.supxlabel(
        f"{_LEGEND}. {finding.fact.source}, grade {finding.fact.grade}", x=0.01, ha="left", size=8
    )
    figure.savefig(file, dpi=120)


def _draw_statistic(axes: "Axes", statistic: Statistic, values: Floats, scale: float) -> None:
    limits = [limit * scale for limit in (statistic.low, statistic.high)]
    told = values[np.isfinite(values)]
    shown = [*told, *(limit for limit in limits if isfinite(limit))]
    room = _MARGIN * (max(shown) - min(shown)) or 1.0
    low, high = min(shown) - room, max(shown) + room
    axes.axvspan(max(low, limits[0]), min(high, limits[1]), color=_BAND, lw=0)
    for limit in limits:
        if isfinite(limit):
            axes.axvline(limit, color=_WORLD, lw=1.0, ls="--")
    heights = 0.12 + 0.5 * (np.arange(len(told)) % 5) / 4.0  # worlds side by side, not on top of one another
    axes.plot(told, heights, "o", ms=4.5, mfc="white", mec=_WORLD, mew=1.0)
    axes.set_xlim(low, high)
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks([])
    if statistic.share:
        axes.xaxis.set_major_formatter("{x:g} %")
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)


def _draw_median(axes: "Axes", interval: Interval, scale: float) -> None:
    if isfinite(interval.mean):
        low, mean, high = (scale * x for x in (interval.low, interval.mean, interval.high))
        axes.plot([low, high], [0.82, 0.82], color=_INK, lw=2.5, solid_capstyle="butt")
        axes.plot([mean], [0.82], "D", color=_INK, ms=7)
