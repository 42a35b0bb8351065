"""Break-even of agents, as a table and as data."""

from typing import Any

from commsim.analysis.counts import Counts
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid


def agent_grids(counted: Counts, say: Language = ENGLISH, beyond: float | None = None) -> list[Grid]:
    """Who has the entry fee back, when, and how many agents pay the shop's own costs; none without agents.

    beyond: yuan that the plan earns before staff beyond doing nothing, None where that was not run.
    """
    found = agent_data(counted, beyond)
    if found is None:
        return []
    never = say("never")
    rows = [
        (say("Agents"), cell(found["agents"], "persons")),
        (say("Entry fees paid (yuan)"), cell(found["paid"], "yuan")),
        (say("Agents whose margin has paid their fee"), cell(found["back"], "persons")),
        (say("Days until then, mean"), never if found["days"] is None else cell(found["days"], "days")),
        (
            say("Left to the shop by an agent a month, what these groups buy anyway included (yuan)"),
            cell(found["monthly"], "yuan"),
        ),
        (say("Staff, tools and fixed costs a month (yuan)"), cell(found["fixed_monthly"], "yuan")),
        (
            say("Agents who pay for these, what groups buy anyway included"),
            never if found["needed"] is None else cell(found["needed"], "persons"),
        ),
    ]
    if beyond is not None:
        rows += [
            (
                say("The plan beyond doing nothing, an agent a month, before staff (yuan)"),
                cell(found["beyond_monthly"], "yuan"),
            ),
            (
                say("Agents who pay for these by what is beyond doing nothing"),
                never if found["needed_beyond"] is None else cell(found["needed_beyond"], "persons"),
            ),
        ]
    return [Grid(say("Break-even of agents"), ("", ""), tuple(rows))]


def agent_data(counted: Counts, beyond: float | None = None) -> dict[str, Any] | None:
    """The same as plain data: days and needed are None where that never is; None without agents.

    With ``beyond`` also beyond_monthly and needed_beyond: by what the plan adds to doing nothing, not by what
    groups leave that would have bought anyway.
    """
    if "agents" not in counted:
        return None
    row = {str(name): float(number) for name, number in counted["agents"].iloc[0].items()}
    monthly = row["left"] / row["months"] if row["months"] else 0.0
    fixed = row["fixed"] / row["whole"] if row["whole"] else 0.0
    found = {
        "agents": row["agents"],
        "paid": row["paid"],
        "back": row["back"],
        "days": row["waited"] / row["back"] if row["back"] else None,
        "monthly": monthly,
        "fixed_monthly": fixed,
        "needed": fixed / monthly if monthly > 0 else None,
    }
    if beyond is not None:
        more = beyond / row["months"] if row["months"] else 0.0
        found |= {"beyond_monthly": more, "needed_beyond": fixed / more if more > 0 else None}
    return found
