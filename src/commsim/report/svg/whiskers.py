"""Differences with intervals around zero."""

from markupsafe import Markup

from commsim.report.numbers import mark_text
from commsim.report.panels import Whiskers
from commsim.report.svg.scale import fitting
from commsim.report.svg.sheet import Sheet, margin_for, on_two_lines, width_of

ROW, TOP, BOTTOM, RIGHT = 30.0, 6.0, 30.0, 28.0
LINE = 13.0
"""From one line of a name to the next."""


def whiskers(panel: Whiskers) -> Markup:
    """One row per difference: name, dot and bar; the numbers stand above the bar."""
    sheet = Sheet(TOP + ROW * len(panel.rows) + BOTTOM)
    left = margin_for(name for name, _ in panel.rows)
    names = on_two_lines([name for name, _ in panel.rows], left - 10)
    across = fitting(*panel.ends, left, sheet.width - RIGHT)
    marks = across.marks()
    foot = sheet.height - BOTTOM
    for mark in marks:
        sheet.line(across(mark), TOP, across(mark), foot, "axis" if abs(mark) < 1e-9 else "rule")
        sheet.text(
            across(mark), foot + 17, mark_text(mark, panel.unit, marks[1] - marks[0]), "mark", "middle"
        )
    for row, (_, interval) in enumerate(panel.rows):
        y = TOP + ROW * row + 20
        kind = panel.kind(interval)
        for line, text in enumerate(names[row]):
            sheet.text(left - 8, y + 4 + LINE * (line - (len(names[row]) - 1) / 2), text, "name", "end")
        sheet.line(across(interval.low), y, across(interval.high), y, f"whisker {kind}")
        sheet.circle(across(interval.mean), y, 4.5, f"dot {kind}")
        if panel.marks:
            sheet.line(across(panel.marks[row]), y - 7, across(panel.marks[row]), y + 7, "thought")
        told = panel.text(row)
        half = width_of(told) / 2
        middle = min(max(across(interval.mean), left + half - 8), sheet.width - half + 4)
        sheet.text(middle, y - 8, told, "told", "middle")
    words = "; ".join(f"{name}: {panel.text(row)}" for row, (name, _) in enumerate(panel.rows))
    return sheet.done(panel.title, f"{panel.measured}. {words}")
