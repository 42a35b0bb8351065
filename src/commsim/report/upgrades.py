"""The funnel of upgrades as a table."""

from commsim.analysis.counts import Counts
from commsim.analysis.upgrades import upgrade_funnel
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

_STEPS = {"open_to": "Open to", "considered": "Considered it", "upgraded": "Bought it"}


def upgrade_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """Who could upgrade, considered it and bought, earlier payers and others; nothing of other plans."""
    if "upgrades" not in counted:
        return []
    frame = upgrade_funnel(counted["upgrades"]).reset_index()
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
