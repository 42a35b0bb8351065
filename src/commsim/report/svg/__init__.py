"""Figures as SVG that stands in the page: escaped, styled by the page's classes, with a text alternative."""

from markupsafe import Markup

from commsim.report.panels import Bars, Chart, Figure, Flow, Gaps, Heat, Lines, Tornado, Waterfall, Whiskers
from commsim.report.svg.bars import bars
from commsim.report.svg.chart import chart
from commsim.report.svg.flow import flow
from commsim.report.svg.gaps import gaps
from commsim.report.svg.heat import heat
from commsim.report.svg.lines import lines
from commsim.report.svg.tornado import tornado
from commsim.report.svg.waterfall import waterfall
from commsim.report.svg.whiskers import whiskers


def draw(figure: Figure) -> Markup:
    """A figure as one ``svg`` element."""
    match figure:
        case Lines():
            return lines(figure)
        case Gaps():
            return gaps(figure)
        case Whiskers():
            return whiskers(figure)
        case Bars():
            return bars(figure)
        case Waterfall():
            return waterfall(figure)
        case Heat():
            return heat(figure)
        case Tornado():
            return tornado(figure)
        case Chart():
            return chart(figure)
        case Flow():
            return flow(figure)
