"""Why members do what they do on a day, by the chances that they drew with: for who looks on."""

from typing import NamedTuple

import numpy as np

from commsim.scenario.behaviour import Behaviour
from commsim.simulation import columns as c
from commsim.simulation.handle import Handle
from commsim.simulation.kernels.buying import NO_MINUTE
from commsim.simulation.kernels.reasons import Urge, Why, sale_urge, shelf_urge, why
from commsim.simulation.scratch import Out
from commsim.simulation.state import People


class Wish(NamedTuple):
    """What a person wants in the morning: orders a day, and whether a sample would be their first."""

    usual: float
    fresh: bool


class Reasons:
    """Answers about the day that is lived, and changes nothing."""

    def __init__(self, behaviour: Behaviour, people: People, handle: Handle, out: Out) -> None:
        self._buying, self._people, self._handle, self._out = behaviour.buying, people, handle, out

    def why(self, day: int, person: int) -> Why:
        """What makes them mute or leave; to be asked when they are awake, before they look."""
        found: Why = why(day, person, self._handle)
        return found

    def wish(self, person: int) -> Wish:
        """To be asked in the morning, since an order uses it up."""
        people = self._people
        usual = people.rate[person] * people.need[person] * people.referral[person]
        return Wish(float(usual), not people.sampled[person])

    def urge(self, day: int, person: int, wish: Wish) -> Urge | None:
        """What moves them to buy, to be asked between the sales and the shelf.

        Of the sale at which they have ordered, else of the shelf; None for who joined a friend's team: they
        were asked.
        """
        n = self._out.tally[c.N_ORDERS]
        own = np.flatnonzero(self._out.order_person[:n] == person)
        if not len(own):
            found: Urge = shelf_urge(day, person, self._handle)
            return found
        return self._at_sale(day, person, int(own[0]), wish)

    def _at_sale(self, day: int, person: int, order: int, wish: Wish) -> Urge | None:
        """Of a person whose order is so many orders after the first of the day."""
        sales, dials, out = self._handle.today.sales, self._handle.today.dials, self._out
        j = int(out.order_sale[order])
        row, in_teams = sales.rows[j], bool(sales.sizes[j, 0])
        if in_teams and out.order_minute[order] == NO_MINUTE:
            return None
        before = np.flatnonzero(out.order_sale[:order] == j)
        if row["pooled"]:
            seen = len(before) + int(dials.shown[sales.groups[j]].sum())
        else:
            group = self._people.group[person]
            groups = self._people.group[out.order_person[self._launchers(before) if in_teams else before]]
            seen = int(np.count_nonzero(groups == group)) + int(dials.shown[group])
        late = self._buying.few_left if 0 < row["stock"] - len(before) <= row["few"] and not in_teams else 0.0
        found: Urge = sale_urge(day, person, self._handle, j, seen, late, *wish)
        if row["countdown"] > 0.0 and found.draw >= found.chance:  # so it was when they looked again
            found = sale_urge(day, person, self._handle, j, seen, late + self._buying.countdown, *wish)
        return found

    def _launchers(self, orders: np.ndarray) -> np.ndarray:
        """Of orders in teams, team by team, the one that each began with, which has a minute."""
        begins = np.where(self._out.order_minute[orders] != NO_MINUTE, np.arange(len(orders)), 0)
        return orders[np.maximum.accumulate(begins)] if len(orders) else orders
