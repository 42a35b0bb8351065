"""How far plans are from one of them: its own curve above, the others in strips on one scale below."""

from collections.abc import Callable

from markupsafe import Markup

from commsim.report.numbers import cell, mark_text
from commsim.report.panels import Gaps, Series
from commsim.report.panels.days import sure
from commsim.report.svg.days import draw_band, draw_curve, draw_day_marks
from commsim.report.svg.scale import Scale, fitting
from commsim.report.svg.sheet import Sheet, shortened, width_of

LEVEL, STRIPS, NAME, ABOVE, BOTTOM, RIGHT = 92.0, (116.0, 84.0, 64.0), 18.0, 24.0, 34.0, 62.0
"""Heights: of the curve, of a strip where there are one, two or more, of a name, of the line above strips."""


def gaps(panel: Gaps) -> Markup:
    """Strips have their plan's name above and the last gap at the end; thick lines where gaps are sure."""
    strip = STRIPS[min(len(panel.drawn), len(STRIPS)) - 1]
    first = NAME + LEVEL + ABOVE
    sheet = Sheet(first + (NAME + strip) * len(panel.drawn) + BOTTOM)
    level = fitting(*_ends(panel.level), NAME + LEVEL, NAME + 4, zero=panel.zero)
    of_level = _marks(level, lambda mark, step: mark_text(mark, panel.unit, step))
    marks = of_level, _marks(Scale(*panel.ends, 0, 1), panel.mark)
    left = max(width_of(label) for labels in marks for _, label in labels) + 8
    days = max(len(one.values) for one in (panel.level, *panel.others))
    across = Scale(0, max(1, days - 1), left, sheet.width - RIGHT)
    _rules(sheet, across, level, marks[0])
    sheet.text(left, NAME - 6, shortened(panel.level.name, across.end - left), f"end p{panel.level.plan}")
    _curve(sheet, panel.level, across, level, cell(float(panel.level.values[-1]), panel.unit), "")
    sheet.text(left, first - 4, panel.against, "told")
    for row, one in enumerate(panel.drawn):
        foot = first + (NAME + strip) * (row + 1)
        up = Scale(*panel.ends, foot, foot - strip + 4)
        _rules(sheet, across, up, marks[1])
        room = across.end - left
        sheet.text(left, foot - strip - 4, shortened(one.name, room), f"end p{one.plan}")
        _curve(sheet, one, across, up, panel.gap_at(one), " open")
        for stretch in sure(one):
            draw_curve(sheet, one, across, up, " sure", stretch)
    draw_day_marks(sheet, across, days, sheet.height - BOTTOM)
    words = "; ".join(f"{one.name}: {panel.told(one)}" for one in panel.gaps)
    told = cell(float(panel.level.values[-1]), panel.unit)
    return sheet.done(panel.title, f"{panel.measured}. {panel.level.name}: {told}. {panel.against}: {words}")


def _ends(one: Series) -> tuple[float, float]:
    parts = [part for part in (one.values, one.low, one.high) if part is not None]
    return min(float(part.min()) for part in parts), max(float(part.max()) for part in parts)


def _marks(scale: Scale, told: Callable[[float, float], str]) -> list[tuple[float, str]]:
    """Two or three round values with their labels; ``told`` gives that of a mark, for marks a step apart."""
    marks = next(found for about in (2, 3, 4, 6, 9) if len(found := scale.marks(about)) > 1)
    return [(mark, told(mark, marks[1] - marks[0])) for mark in marks]


def _rules(sheet: Sheet, across: Scale, up: Scale, marks: list[tuple[float, str]]) -> None:
    for mark, label in marks:
        sheet.line(across.start, up(mark), across.end, up(mark), "axis" if mark == 0 else "rule")
        sheet.text(across.start - 6, up(mark) + 4, label, "mark", "end")


def _curve(sheet: Sheet, one: Series, across: Scale, up: Scale, told: str, kind: str) -> None:
    """A curve with its band, and what it ends at beside its end."""
    draw_band(sheet, one, across, up)
    draw_curve(sheet, one, across, up, kind)
    last = len(one.values) - 1
    sheet.text(across(last) + 5, up(float(one.values[last])) + 4, told, f"end p{one.plan}")
