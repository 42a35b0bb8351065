"""States that strategies wait for or go up to, in words, and when these were reached."""

from typing import TYPE_CHECKING

from commsim.analysis.counts import Counts
from commsim.report.audience import conditions
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

if TYPE_CHECKING:
    from commsim.strategies.base import Strategy
    from commsim.strategies.gate import Gate

_CALLED = {
    "members": "members",
    "day": "day of the run",
    "looking": "share who look in",
    "messages": "messages a group and day",
    "trust": "mean trust",
    "bought": "share who have bought",
    "share": "share of them",
    "number": "number of them",
}


def gates_of(strategy: "Strategy", say: Language = ENGLISH) -> list[str]:
    """What a strategy waits for and goes up to; nothing for most."""
    told = {"begins once: {state}": strategy.when, "ends once: {state}": strategy.until}
    return [say(text, state=_state(gate, say)) for text, gate in told.items() if gate is not None]


def _state(gate: "Gate", say: Language) -> str:
    """``members >=2000, share who look in >=10%``."""
    parts = [f"{say(_CALLED[name])} {level}" for name, level in gate.levels()]
    whom = [] if gate.who is None else [conditions(gate.who, say)]
    return say.listed((*whom, *parts))


def gate_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """On which day strategies began or ended by their states, and in how many runs; none for other plans."""
    if "gates" not in counted:
        return []
    rows = []
    for name, row in counted["gates"].iterrows():
        days = [
            cell(row[f"{what}_day"] / row[what], "days") if row[what] else "" for what in ("began", "ended")
        ]
        shares = [cell(row[what], "share") for what in ("began", "ended")]
        rows.append((say.cause(str(name)), days[0], shares[0], days[1], shares[1]))
    header = ("Strategy", "Began on day", "Share of runs", "Ended on day", "Share of runs")
    return [Grid(say("Begun and ended on reaching a state"), tuple(map(say, header)), tuple(rows))]
