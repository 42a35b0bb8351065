"""Sums over persons that the records keep."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Columns, Ints
from commsim.core.columns import KEPT
from commsim.core.events import Happened
from commsim.core.view import STRANGER
from commsim.population.people import Population
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.scratch import Out
from commsim.simulation.state import Groups, People


def day_sums(happened: Happened, out: Out, members: int) -> dict[str, Any]:
    """What the day's events and buffers add up to, for the daily table."""
    tally = out.tally
    return {
        "day": happened.day,
        "looked": tally[c.N_LOOKERS],
        "wrote": tally[c.N_WRITERS],
        "messages": out.messages.sum(),
        "spam": out.sums[c.ALL_SPAM],
        "muted": out.muted_in.sum(),
        "joined": len(happened.joined),
        "invited": np.count_nonzero(happened.join_inviters >= 0),
        "left": tally[c.N_LEFT],
        "muted_today": tally[c.N_MUTED],
        "orders": tally[c.N_ORDERS],
        "revenue": happened.order_fen.sum(),
        "teams": tally[c.N_TEAMS],
        "teams_failed": tally[c.N_FAILED],
        "activity": out.sums[c.ALL_ACTIVITY] / members,
        "trust": out.sums[c.ALL_TRUST] / members,
    }


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


def members_table(
    people: People, more: Columns, population: Population, scenario: Scenario, looked: Ints
) -> Columns:
    """One row per person who ever was a member or a buyer, as they stand at the end.

    more: columns of mechanisms.  looked: days on which each person looked in.
    """
    rows = np.flatnonzero((people.status != STRANGER) | (people.orders > 0))
    names = np.array([segment.name for segment in scenario.community.segments])
    labels = population.labels
    table: Columns = {
        "person": rows,
        "label": np.array([labels[i] for i in rows] if labels else [str(i) for i in rows], dtype=object),
        "propensity": (people.rate * people.need)[rows],
        "segment": names[people.segment[rows]],
        "looked": looked[rows],
    }
    kept = {column.name: getattr(people, column.name) for column in KEPT}
    return table | {name: values[rows].copy() for name, values in (kept | more).items()}
