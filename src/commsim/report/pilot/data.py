"""What a trial can show, as plain data, CSV and a page."""

from typing import Any

import numpy as np

from commsim.analysis.pilot import Pilot
from commsim.report.data import FORMAT, to_csv
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language
from commsim.report.pilot.figures import pilot_figures
from commsim.report.pilot.tables import pilot_grids
from commsim.report.pilot.verdict import pilot_verdict
from commsim.report.pilot.words import plan


def pilot_data(found: Pilot) -> dict[str, Any]:
    """All of it; numbers of groups beyond a million, and differences that are never seen, are null."""
    easy = found.easiest
    return {
        "format": FORMAT,
        "plans": list(found.plans),
        "verdict": pilot_verdict(found),
        "warnings": list(found.warnings),
        "days": list(found.lengths),
        "before": found.before,
        "groups": found.groups,
        "members": found.members,
        "likeness": list(found.likeness),
        "easiest": None if easy is None else {"outcome": easy.outcome.name, "days": easy.days},
        "readings": [
            row | {"leads": [None if np.isnan(lead) else lead for lead in one.leads.tolist()]}
            for row, one in zip(found.rows(), found.readings, strict=True)
        ],
        "runs": found.runs,
        "seeds": list(found.seeds),
    }


def pilot_csv(found: Pilot) -> str:
    """A row per outcome and length."""
    rows = list(found.rows())
    return to_csv(tuple(rows[0]), [tuple(row.values()) for row in rows])


def pilot_statement(found: Pilot, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    first, second = (plan(name, say) for name in found.plans)
    facts = (
        say("{days} days of baseline", days=found.before),
        say("{members} members a group", members=f"{found.members:,.0f}"),
        say("{worlds} worlds", worlds=len(found.seeds)),
        say("{count} runs", count=f"{found.runs:,}"),
    )
    return Statement(
        kicker=say("A trial in real groups"),
        name=say("{first} against {second}", first=first, second=second),
        facts=facts,
        verdict=pilot_verdict(found, say),
        heading=say("The difference beside the luck of the lots"),
        figures=[one for figures in pilot_figures(found, say).values() for one in figures],
        grids=pilot_grids(found, say),
    )
