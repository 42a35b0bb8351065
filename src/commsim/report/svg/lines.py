"""Curves with bands."""

from collections.abc import Sequence

from markupsafe import Markup

from commsim.report.numbers import cell, mark_text
from commsim.report.panels import Lines
from commsim.report.svg.days import draw_band, draw_curve, draw_day_marks
from commsim.report.svg.scale import Scale, fitting
from commsim.report.svg.sheet import Sheet, width_of

HEIGHT, TOP, BOTTOM, RIGHT = 232.0, 14.0, 34.0, 62.0
APART = 13.0
"""Least distance of two labels at the ends of lines."""


def lines(panel: Lines) -> Markup:
    """Bands first, then lines, each with its last value at its end."""
    sheet = Sheet(HEIGHT)
    up = fitting(*_ends(panel), HEIGHT - BOTTOM, TOP, zero=panel.zero)
    marks = up.marks()
    step = marks[1] - marks[0] if len(marks) > 1 else up.high - up.low
    labels = [mark_text(mark, panel.unit, step) for mark in marks]
    days = max(len(one.values) for one in panel.series)
    across = Scale(0, max(1, days - 1), max(map(width_of, labels)) + 8, sheet.width - RIGHT)
    for mark, label in zip(marks, labels, strict=True):
        sheet.line(across.start, up(mark), across.end, up(mark), "axis" if mark == 0 else "rule")
        sheet.text(across.start - 6, up(mark) + 4, label, "mark", "end")
    draw_day_marks(sheet, across, days, HEIGHT - BOTTOM)
    for one in panel.series:
        draw_band(sheet, one, across, up)
    for one in panel.series:
        draw_curve(sheet, one, across, up)
    _ends_told(sheet, panel, up, across)
    return sheet.done(panel.title, f"{panel.measured}. {_in_words(panel)}")


def _ends(panel: Lines) -> tuple[float, float]:
    """The lowest and the highest of all."""
    parts = [v for one in panel.series for v in (one.values, one.low, one.high) if v is not None]
    return min(float(v.min()) for v in parts), max(float(v.max()) for v in parts)


def _ends_told(sheet: Sheet, panel: Lines, up: Scale, across: Scale) -> None:
    """The last value beside each line, pushed apart where lines end close together."""
    last = sorted(((up(float(one.values[-1])), one) for one in panel.series), key=lambda pair: pair[0])
    for place, (_, one) in zip(apart([wanted for wanted, _ in last], up.start), last, strict=True):
        end = across(len(one.values) - 1)
        sheet.text(end + 5, place + 4, cell(float(one.values[-1]), panel.unit), f"end p{one.plan}")


def apart(wanted: Sequence[float], lowest: float) -> list[float]:
    """Places near those wanted, which ascend: `APART` from each other, none beyond ``lowest`` (largest y)."""
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + APART) if places else place)
    for k in reversed(range(len(places))):
        places[k] = min(places[k], lowest - APART * (len(places) - 1 - k))
    return places


def _in_words(panel: Lines) -> str:
    told = [
        f"{one.name}: {cell(float(one.values[0]), panel.unit)} → {cell(float(one.values[-1]), panel.unit)}"
        for one in panel.series
    ]
    return "; ".join(told)
