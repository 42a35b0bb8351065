"""The funnel of upgrades as a table."""

from commsim.analysis.upgrades import upgrade_funnel
from commsim.records.records import Records
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

_STEPS = {"open_to": "Open to", "considered": "Considered it", "upgraded": "Bought it"}


def upgrade_grids(records: Records, say: Language = ENGLISH) -> list[Grid]:
    """Who could upgrade, considered it and bought, earlier payers and others; nothing of other plans."""
    frame = upgrade_funnel(records)
    if frame is None:
        return []
    rows = [
        (
            say(_STEPS[row["step"]]),
            *(
                text
                for of in ("payers", "others")
                for text in (cell(row[of], "persons"), cell(row[f"{of}_share"], "share"))
            ),
        )
        for row in frame.to_dict("records")
    ]
    shares = say("Of the step before")
    header = (say("Upgrade"), say("Earlier payers"), shares, say("Others"), shares)
    return [Grid(say("Upgrade"), header, tuple(rows))]
