"""How invitations spread: K and depth."""

import numpy as np

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid


def spread(case: Case, say: Language) -> Grid | None:
    """Per plan: newcomers, how many of them were brought, K, and the depth of the tree; None without any."""
    rows = []
    for name, closeup in zip(case.names, case.closeups, strict=True):
        frame = closeup.generations
        brought, persons = float(frame["brought"].sum()), float(frame["persons"].sum())
        depth = [int(sight.generations["generation"].max()) for sight in closeup.sights]
        joined = float(closeup.curve("joined").sum(axis=1).mean())
        told = (f"{brought / max(1.0, persons):.3f}", f"{np.mean(depth):.1f}", str(max(depth)))
        rows.append((name, cell(round(joined), "persons"), cell(round(brought), "persons"), *told))
    header = ("", say("Joined"), say("Brought by members"), say("K"), say("Depth, mean"), say("Depth, most"))
    return Grid(say("Invitations"), header, tuple(rows)) if any(row[2] != "0" for row in rows) else None
