"""Steps of a plan by stage: bars as wide as who gets there, and what flows from one to the next."""

from markupsafe import Markup

from commsim.report.panels import Flow
from commsim.report.svg.scale import Scale
from commsim.report.svg.sheet import Sheet, margin_for, shortened, width_of

ROW, TOP, BAR, STAGE = 34.0, 6.0, 17.0, 22.0
"""Units of a row and of its bar, and what a new stage takes above its first row."""


def flow(panel: Flow) -> Markup:
    """Stages from top to bottom; between steps of one another a band shows what is kept."""
    new = [row == 0 or step[0] != panel.steps[row - 1][0] for row, step in enumerate(panel.steps)]
    top = [TOP + ROW * row + STAGE * sum(new[: row + 1]) for row in range(len(panel.steps))]
    sheet = Sheet(top[-1] + ROW)
    left = margin_for(label for _, label, _, _ in panel.steps)
    told = [_told(panel, row) for row in range(len(panel.steps))]
    room = max(map(width_of, told)) + (34 if panel.loop else 10)
    across = Scale(
        0.0, max(panel.most, *(number for _, _, number, _ in panel.steps)), left, sheet.width - room
    )
    for row in sorted(panel.above):
        _band(sheet, panel, across, top, row)
    for row, (stage, label, number, _) in enumerate(panel.steps):
        if new[row]:
            sheet.text(0, top[row] - 6, stage, "stage")
        sheet.text(left - 8, top[row] + 13, shortened(label, left - 10), "name", "end")
        sheet.rect(across.start, top[row], across(number) - across.start, BAR, f"bar p{panel.plan}")
        sheet.text(across(number) + 6, top[row] + 13, told[row], "told")
    if panel.loop:
        _back(sheet, panel.loop, top, panel.plan)
    words = "; ".join(f"{label}: {text}" for (_, label, _, _), text in zip(panel.steps, told, strict=True))
    return sheet.done(panel.title, f"{panel.measured}. {words}")


def _told(panel: Flow, row: int) -> str:
    """``120 (14.2 %)``."""
    number, share = panel.told(row)
    return panel.say("{name} ({told})", name=number, told=share) if share else number


def _band(sheet: Sheet, panel: Flow, across: Scale, top: list[float], row: int) -> None:
    """From a bar to the next one below."""
    above, here = across(panel.steps[row - 1][2]), across(panel.steps[row][2])
    foot, start = top[row - 1] + BAR, across.start
    points = [(start, foot), (above, foot), (here, top[row]), (start, top[row])]
    sheet.path(points, f"band p{panel.plan}", closed=True)


def _back(sheet: Sheet, loop: tuple[int, int, float], top: list[float], plan: int) -> None:
    """Who was brought comes in above: a line along the right edge, with an arrow at its end."""
    start, end, _ = loop
    edge, first, last = sheet.width - 8, top[start] + BAR / 2, top[end] + BAR / 2
    sheet.path([(edge - 10, first), (edge, first), (edge, last), (edge - 12, last)], f"line back p{plan}")
    sheet.path([(edge - 12, last - 4), (edge - 18, last), (edge - 12, last + 4)], f"tip p{plan}", closed=True)
