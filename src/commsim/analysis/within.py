"""Whether plans keep their limits: run by run, and how often."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from commsim.analysis.brought import spent
from commsim.analysis.by_group import leaving, money
from commsim.analysis.intervals import Interval, share_interval
from commsim.analysis.measures import account_sums, outcomes, starting_members
from commsim.core.arrays import Bools, Floats
from commsim.core.effects import Account
from commsim.records.records import Records
from commsim.scenario.limits import Limit, PlanLimits
from commsim.scenario.schema import Scenario
from commsim.simulation.limits import of_group, on_paper


def used(records: Records, scenario: Scenario) -> tuple[float, ...]:
    """What a run came to by the limits of its plan, in their order; none for a plan without.

    Posts are those of the calendar.  Hours are the cost of staff at the operator's wage, or on paper if they
    cost nothing.  What only entries tell is not a number without them; see `detail_of`.
    """
    limits = scenario.limits
    if limits is None:
        return ()
    found = {**on_paper(scenario), **_of_run(records, scenario), **_of_groups(records, scenario)}
    return tuple(found.get(limit.name, np.nan) for limit in limits.set)


def detail_of(scenario: Scenario) -> Literal["daily", "full"]:
    """The detail in which a run must be kept to tell what it came to by the limits of its plan."""
    return "full" if scenario.limits is not None and scenario.limits.need_entries else "daily"


def _of_run(records: Records, scenario: Scenario) -> dict[str, float]:
    measured = outcomes(records)
    people = starting_members(records) + measured["joined"]
    found = {
        "budget": spent(records),
        "margin": measured["profit"] / measured["revenue"] if measured["revenue"] > 0.0 else -1.0,
        "leaving": measured["left"] / max(1.0, people),
    }
    if wage := scenario.operator.wage_per_hour:
        found["hours"] = -account_sums(records).get(Account.STAFF, 0) / wage
    return found


def _of_groups(records: Records, scenario: Scenario) -> dict[str, float]:
    limits = scenario.limits
    asked = [one for one in limits.set if one.group is not None] if limits else []
    if limits is None or not asked:
        return {}
    columns = {"leaving": leaving(records)}
    if limits.need_entries and records.entries:
        columns |= money(records, scenario)
    at_start = int(np.count_nonzero(records.groups["day"] == 0))
    names = tuple(records.group_names[:at_start]) + ("",) * (at_start - len(records.group_names))
    return {
        limit.name: of_group(limit, columns[limit.measure], names, limits.others(limit.measure))
        for limit in asked
        if limit.measure in columns
    }


@dataclass(frozen=True)
class Kept:
    """A limit of a plan, what it allows, and per world what the plan came to and whether that is within."""

    limit: Limit
    bound: float
    values: Floats = field(repr=False)
    within: Bools = field(repr=False)

    @property
    def broken(self) -> Interval:
        """Share of the worlds in which it is broken, with its limits."""
        return share_interval(int(np.count_nonzero(~self.within)), len(self.within))


def kept(limits: PlanLimits | None, worlds: Sequence[Sequence[float]] | Floats) -> tuple[Kept, ...]:
    """Each limit over some worlds, from what `used` gave in each."""
    if limits is None or not len(worlds):
        return ()
    found = []
    for limit, values in zip(limits.set, np.array(worlds).T, strict=True):
        within = np.array([limits.excess(limit, value) <= 0.0 for value in values.tolist()])
        found.append(Kept(limit, limits.bound(limit), values, within))
    return tuple(found)


def all_within(limits: Sequence[Kept]) -> Bools:
    """Per world, whether all limits are kept; there must be one."""
    return np.asarray(np.logical_and.reduce([one.within for one in limits]))
