"""Figures before they are drawn: what they show, in words and numbers.

The report draws them as SVG (`commsim.report.svg`), ``commsim plot`` with matplotlib
(`commsim.report.plots`).  Every one has a table behind it, for those who can't see it and those who want
the numbers.  All texts are in the reader's language already.
"""

from commsim.report.panels.cells import Chart, Heat
from commsim.report.panels.days import Gaps, Lines
from commsim.report.panels.panel import Panel, Series
from commsim.report.panels.rows import Bars, Flow, Tornado, Waterfall, Whiskers, spans

Figure = Lines | Gaps | Whiskers | Bars | Waterfall | Heat | Tornado | Chart | Flow

__all__ = [
    "Bars",
    "Chart",
    "Figure",
    "Flow",
    "Gaps",
    "Heat",
    "Lines",
    "Panel",
    "Series",
    "Tornado",
    "Waterfall",
    "Whiskers",
    "spans",
]
