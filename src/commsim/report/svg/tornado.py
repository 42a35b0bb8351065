"""A difference at both ends of several ranges, widest first: a tornado."""

from markupsafe import Markup

from commsim.report.numbers import cell, mark_text
from commsim.report.panels import Tornado
from commsim.report.svg.scale import Scale, fitting
from commsim.report.svg.sheet import Sheet, margin_for, on_two_lines, width_of

ROW, TOP, BOTTOM, GAP = 30.0, 22.0, 30.0, 5.0
LINE = 13.0


def tornado(panel: Tornado) -> Markup:
    """A bar per row from the difference at the low end to that at the high end, cut at the usual one."""
    sheet = Sheet(TOP + ROW * len(panel.rows) + BOTTOM)
    left = margin_for(name for name, *_ in panel.rows)
    names = on_two_lines([name for name, *_ in panel.rows], left - 10)
    values = [value for _, at_low, at_high, *_ in panel.rows for value in (at_low, at_high)]
    room = max(width_of(cell(value, panel.unit)) for value in values) + GAP
    across = fitting(min(*values, panel.usual), max(*values, panel.usual), left + room, sheet.width - room)
    foot = sheet.height - BOTTOM
    _ground(sheet, panel, across, foot)
    for row, (_, at_low, at_high, low_end, high_end) in enumerate(panel.rows):
        y = TOP + ROW * row + 16
        for line, text in enumerate(names[row]):
            sheet.text(left - 8, y + 4 + LINE * (line - (len(names[row]) - 1) / 2), text, "name", "end")
        for value, kind in ((at_low, "p1"), (at_high, "p0")):
            begin, end = sorted((across(panel.usual), across(value)))
            sheet.rect(begin, y - 7, end - begin, 14, f"bar {kind}")
        left_end, right_end = sorted(((at_low, low_end), (at_high, high_end)))
        sheet.text(across(min(left_end[0], panel.usual)) - GAP, y + 4, left_end[1], "told", "end")
        sheet.text(across(max(right_end[0], panel.usual)) + GAP, y + 4, right_end[1], "told")
    sheet.line(across(panel.usual), TOP - 4, across(panel.usual), foot, "usual")
    words = "; ".join(
        f"{name}: {low_end} {cell(at_low, panel.unit)}, {high_end} {cell(at_high, panel.unit)}"
        for name, at_low, at_high, low_end, high_end in panel.rows
    )
    return sheet.done(panel.title, f"{panel.measured}. {words}")


def _ground(sheet: Sheet, panel: Tornado, across: Scale, foot: float) -> None:
    """The scale, and what the colours of bars are."""
    marks = across.marks()
    for mark in marks:
        sheet.line(across(mark), TOP, across(mark), foot, "axis" if abs(mark) < 1e-9 else "rule")
        told = mark_text(mark, panel.unit, marks[1] - marks[0])
        sheet.text(across(mark), foot + 17, told, "mark", "middle")
    at = sheet.width - width_of(panel.low) - width_of(panel.high) - 46
    for kind, label in (("p1", panel.low), ("p0", panel.high)):
        sheet.rect(at, 3, 12, 10, f"bar {kind}")
        sheet.text(at + 16, 12, label, "mark")
        at += width_of(label) + 30
