"""Pathways of behaviour switched off one by one: what becomes of a plan, and of its lead over nothing."""

from dataclasses import dataclass

import numpy as np

from commsim.analysis.explained import Columns, Outcomes
from commsim.analysis.intervals import Interval, t_interval
from commsim.core.arrays import Floats
from commsim.scenario.behaviour.pathways import Pathway


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """What is so where one pathway does nothing, against people as they are; both plans alike.

    measure, members: by how much the plan's differ.  lead: over doing nothing, without the pathway;
    change: by how much that differs.
    """

    pathway: Pathway
    measure: Interval
    members: Interval
    lead: Interval
    change: Interval

    @property
    def turns(self) -> bool:
        """Whether it surely turns the sign of the lead."""
        before = self.lead.mean - self.change.mean
        return self.lead.excludes_zero and self.lead.mean * before < 0


def switched_off(
    columns: Columns, found: Outcomes, usual: Floats
) -> tuple[tuple[SwitchedOff, ...], tuple[Pathway, ...]]:
    """Pathways from the one that changes the lead most; and those that change nothing in any world.

    usual: the measure with people as they are, worlds x (plan, nothing).
    """
    lead = usual[:, 0] - usual[:, 1]
    active, idle = [], []
    for number, pathway in enumerate(columns.pathways):
        values, members = found.without(number)
        if np.array_equal(values, usual) and np.array_equal(members, found.members):
            idle.append(pathway)
            continue
        leads = values[:, 0] - values[:, 1]
        parts = (values[:, 0] - usual[:, 0], members[:, 0] - found.members[:, 0], leads, leads - lead)
        active.append(SwitchedOff(pathway, *(t_interval(part) for part in parts)))
    return tuple(sorted(active, key=lambda one: -abs(one.change.mean))), tuple(idle)
