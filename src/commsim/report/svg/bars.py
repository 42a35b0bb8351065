"""Horizontal bars, a group per label."""

from markupsafe import Markup

from commsim.report.panels import Bars
from commsim.report.svg.scale import Scale
from commsim.report.svg.sheet import Sheet, margin_for, shortened, width_of

BAR, GAP, TOP = 16.0, 12.0, 4.0


def bars(panel: Bars) -> Markup:
    """One bar per plan and label, the value at its end."""
    group = BAR * len(panel.series) + GAP
    sheet = Sheet(TOP + group * len(panel.labels))
    left = margin_for(panel.labels)
    told = [[panel.told(at, k) for at in range(len(panel.series))] for k in range(len(panel.labels))]
    room = max(width_of(text) for texts in told for text in texts) + 10
    most = max(float(one.values.max()) for one in panel.series) or 1.0
    across = Scale(0.0, most, left, sheet.width - room)
    for k, label in enumerate(panel.labels):
        y = TOP + group * k
        sheet.text(left - 8, y + (group - GAP) / 2 + 4, shortened(label, left - 10), "name", "end")
        for place, one in enumerate(panel.series):
            value = float(one.values[k])
            at = y + BAR * place
            sheet.rect(left, at + 1.5, across(value) - left, BAR - 3, f"bar p{one.plan}")
            sheet.text(across(value) + 5, at + BAR - 4, told[k][place], "told")
    words = "; ".join(f"{label}: {', '.join(texts)}" for label, texts in zip(panel.labels, told, strict=True))
    return sheet.done(panel.title, f"{panel.measured}. {words}")
