"""A picture per analysis: each parameter's measure as a dot with its interval, strongest at the top."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from textwrap import fill

from commsim.analysis.sensitivity import Analysis, Influence, Sensitivity
from commsim.report.numbers import labelled
from commsim.report.plots.look import settings
from commsim.report.sensitivity.tables import LABELS, UNITLESS, told

_INK, _RULE = "0.0", "0.85"
_ROW, _FRAME = 0.38, 1.5
"""Inches of a row, and of all above and below the rows."""
LINE = 95
"""Characters of a line of the title."""
MOST = 20
"""Parameters that a picture shows, the strongest; all of them are in the CSV."""


def write_figures(found: Sensitivity, folder: Path) -> None:
    """Write ``sensitivity-1.png`` and so on, in the order of the analyses."""
    for number, analysis in enumerate(found.analyses, start=1):
        draw(found, analysis, folder / f"sensitivity-{number}.png")


def draw(found: Sensitivity, analysis: Analysis, file: Path) -> None:
    """Draw one analysis; raises `InputError` where no font has the glyphs of its names."""
    import matplotlib as mpl

    shown = analysis.influences[:MOST]
    with mpl.rc_context(settings((analysis.about, *(one.name for one in shown)))):
        _draw(found, analysis, shown, file)


def _draw(found: Sensitivity, analysis: Analysis, shown: Sequence[Influence], file: Path) -> None:
    from matplotlib.figure import Figure

    name = next(iter(shown[0].measures))
    figure = Figure(figsize=(8.0, _FRAME + _ROW * len(shown)), layout="constrained")
    axes = figure.subplots()
    axes.axvline(0.0, color=_INK, lw=0.8)
    for row, one in enumerate(shown):
        interval = one.measures[name]
        if isfinite(interval.low):
            axes.plot([interval.low, interval.high], [row, row], color=_INK, lw=2.0, solid_capstyle="butt")
        axes.plot([interval.mean], [row], "o", color=_INK, ms=6)
        text = told(interval, name, found.measure)
        axes.annotate(text, (1.02, row), xycoords=("axes fraction", "data"), va="center", size=9)
    axes.set_yticks(range(len(shown)), [one.name for one in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.grid(axis="x", color=_RULE)
    axes.set_axisbelow(True)
    own_unit = name not in UNITLESS
    unit = f": {labelled(found.measure)}" if own_unit else ""
    axes.set_xlabel(LABELS[name].replace("Share", "Share of the variance") + unit)
    axes.xaxis.set_major_formatter("{x:.0%}" if own_unit and found.measure.unit == "share" else "{x:,g}")
    figure.suptitle(fill(f"What moves {analysis.about}", LINE), x=0.01, ha="left", size=11)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(file, dpi=120)
