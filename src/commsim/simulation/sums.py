"""Sums over persons that the records keep."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Columns
from commsim.core.view import STRANGER
from commsim.population.people import Population
from commsim.scenario.schema import Scenario
from commsim.simulation.scratch import Out
from commsim.simulation.state import Groups, People


def group_sums(groups: Groups, out: Out) -> dict[str, NDArray[Any]]:
    """One day of the table of groups; orders of people outside any group are in none."""
    return {
        "members": groups.size,
        "looked": np.diff(out.starts),
        "messages": out.messages,
        "muted": out.muted_in,
        "left": out.left_in,
        "orders": out.orders_in,
        "revenue": out.revenue_in,
        "spam": groups.spam,
        "topics": groups.topics,
    }


def members_table(people: People, population: Population, scenario: Scenario) -> Columns:
    """One row per person who ever was a member or a buyer, as they stand at the end."""
    rows = np.flatnonzero((people.status != STRANGER) | (people.orders > 0))
    names = np.array([segment.name for segment in scenario.community.segments])
    labels = population.labels
    table: Columns = {
        "person": rows,
        "label": np.array([labels[i] for i in rows] if labels else [str(i) for i in rows], dtype=object),
        "propensity": (people.rate * people.need)[rows],
        "segment": names[people.segment[rows]],
    }
    kept = (
        "group",
        "status",
        "joined",
        "activity",
        "trust",
        "muted",
        "orders",
        "spent",
        "messages",
        "points",
        "inviter",
    )
    return table | {name: getattr(people, name)[rows].copy() for name in kept}
