"""What all drawings over the days share: marks of days, curves and bands with no more points than show."""

from collections.abc import Sequence

from commsim.report.panels import Series
from commsim.report.svg.scale import Scale
from commsim.report.svg.sheet import Sheet

MOST = 190
"""Points of a curve at most: as many as can be told apart on a sheet."""


def points(days: int) -> list[int]:
    """Days that are drawn, the last one among them; every second, third ... where there are many."""
    every = -(-days // MOST)
    return [*range(0, days - 1, every), days - 1]


def day_marks(days: int) -> list[int]:
    """Days to mark, the first being 1: ends of weeks, so that weekdays stand at the same place."""
    every = 7 * max(1, -(-days // 7 // 9)) if days >= 14 else max(1, days // 7)
    return list(range(every, days + 1, every))


def draw_day_marks(sheet: Sheet, across: Scale, days: int, foot: float) -> None:
    """The axis of days below a drawing."""
    sheet.line(across.start, foot, across.end, foot, "axis")
    for day in day_marks(days):
        sheet.line(across(day - 1), foot, across(day - 1), foot + 4, "axis")
        sheet.text(across(day - 1), foot + 17, str(day), "mark", "middle")


def draw_band(sheet: Sheet, one: Series, across: Scale, up: Scale) -> None:
    """The band of a curve, if it has one."""
    if one.low is None or one.high is None:
        return
    shown = points(len(one.values))
    there = [(across(day), up(float(one.high[day]))) for day in shown]
    back = [(across(day), up(float(one.low[day]))) for day in reversed(shown)]
    sheet.path([*there, *back], f"band p{one.plan}", closed=True)


def draw_curve(
    sheet: Sheet, one: Series, across: Scale, up: Scale, kind: str = "", within: tuple[int, int] | None = None
) -> None:
    """A curve, or its part within two days; a single day is a dot."""
    first, last = within or (0, len(one.values) - 1)
    shown = sorted({first, *(day for day in points(len(one.values)) if first < day < last), last})
    places: Sequence[tuple[float, float]] = [(across(day), up(float(one.values[day]))) for day in shown]
    if len(places) == 1:
        places = [places[0], (places[0][0] + 0.1, places[0][1])]
    sheet.path(places, f"line{kind} p{one.plan}")
