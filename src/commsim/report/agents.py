"""Break-even of agents, as a table and as data."""

from typing import Any

from commsim.analysis.counts import Counts
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid


def agent_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """Who has the entry fee back, when, and how many agents pay the shop's own costs; none without agents."""
    found = agent_data(counted)
    if found is None:
        return []
    never = say("never")
    rows = [
        (say("Agents"), cell(found["agents"], "persons")),
        (say("Entry fees paid (yuan)"), cell(found["paid"], "yuan")),
        (say("Agents whose margin has paid their fee"), cell(found["back"], "persons")),
        (say("Days until then, mean"), never if found["days"] is None else cell(found["days"], "days")),
        (say("Left to the shop by an agent a month (yuan)"), cell(found["monthly"], "yuan")),
        (say("Staff, tools and fixed costs a month (yuan)"), cell(found["fixed_monthly"], "yuan")),
        (
            say("Agents who pay for these"),
            never if found["needed"] is None else cell(found["needed"], "persons"),
        ),
    ]
    return [Grid(say("Break-even of agents"), ("", ""), tuple(rows))]


def agent_data(counted: Counts) -> dict[str, Any] | None:
    """The same as plain data: days and needed are None where that never is; None without agents."""
    if "agents" not in counted:
        return None
    row = {str(name): float(number) for name, number in counted["agents"].iloc[0].items()}
    monthly = row["left"] / row["months"] if row["months"] else 0.0
    fixed = row["fixed"] / row["whole"] if row["whole"] else 0.0
    return {
        "agents": row["agents"],
        "paid": row["paid"],
        "back": row["back"],
        "days": row["waited"] / row["back"] if row["back"] else None,
        "monthly": monthly,
        "fixed_monthly": fixed,
        "needed": fixed / monthly if monthly > 0 else None,
    }
