"""Steps from sales to profit, one row each."""

from markupsafe import Markup

from commsim.report.numbers import cell
from commsim.report.panels import Waterfall
from commsim.report.svg.scale import Scale
from commsim.report.svg.sheet import Sheet, margin_for, shortened, width_of

ROW, TOP = 22.0, 4.0


def waterfall(panel: Waterfall) -> Markup:
    """Sums from zero, and between them each step from where the one before it ended."""
    sheet = Sheet(TOP + ROW * len(panel.steps))
    left = margin_for(label for label, _, _ in panel.steps)
    spans = panel.spans()
    told = [cell(amount, panel.unit) for _, amount, _ in panel.steps]
    room = max(map(width_of, told)) + 12
    across = Scale(panel.low, panel.high, left, sheet.width - room)
    sheet.line(across(0), 0, across(0), sheet.height, "axis")
    for row, ((label, amount, is_sum), (start, end)) in enumerate(zip(panel.steps, spans, strict=True)):
        y = TOP + ROW * row
        kind = f"sum p{panel.plan}" if is_sum else "gain" if amount > 0 else "loss"
        sheet.text(left - 8, y + 15, shortened(label, left - 10), "name strong" if is_sum else "name", "end")
        first, last = sorted((across(start), across(end)))
        sheet.rect(first, y + 3, last - first, ROW - 7, f"bar {kind}")
        sheet.text(last + 5, y + 15, told[row], "told strong" if is_sum else "told")
        if row + 1 < len(panel.steps):
            sheet.line(across(end), y + ROW - 4, across(end), y + ROW + 3, "rule")
    words = "; ".join(f"{label}: {amount}" for (label, _, _), amount in zip(panel.steps, told, strict=True))
    return sheet.done(panel.title, f"{panel.measured}. {words}")
