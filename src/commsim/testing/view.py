"""A community on paper: what a strategy may see, in arrays that a test sets by hand."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.events import Happened
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.core.view import MEMBER, STRANGER


@dataclass(frozen=True, slots=True)
class FakeProduct:
    """A product; money in fen."""

    name: str = "coffee"
    price: int = 3000
    unit_cost: int = 1500


class FakeView:
    """A `View` without an engine: members first, group by group, then strangers.

    Every attribute can be set: ``view.inviter[3] = 1`` before a strategy sees it.  Day 0 is a Monday;
    everybody is the friend of the two neighbours in the order of rows.
    """

    def __init__(
        self, members: int = 8, strangers: int = 4, groups: int = 2, *, day: int = 0, days: int = 60
    ) -> None:
        """Make a community of so many people; ``day`` of a run of ``days``."""
        n = members + strangers
        self.day, self.days, self.me, self.seed, self.spent_fen = day, days, 0, 0, 0
        self.n_persons, self.n_groups = n, groups
        self.products: tuple[FakeProduct, ...] = (FakeProduct(),)
        self.status: Ints = np.where(np.arange(n) < members, MEMBER, STRANGER).astype(np.int8)
        self.group: Ints = np.where(self.status == MEMBER, np.arange(n) * groups // max(members, 1), -1)
        self.muted: Bools = np.zeros(n, dtype=np.bool_)
        self.activity: Floats = np.full(n, 0.5, dtype=np.float32)
        self.trust: Floats = np.full(n, 0.5, dtype=np.float32)
        self.propensity: Floats = np.full(n, 0.04, dtype=np.float32)
        self.orders, self.points = np.zeros((2, n), dtype=np.int64)
        self.inviter, self.joined = np.full((2, n), -1, dtype=np.int32)

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.day % 7

    @property
    def day_of_month(self) -> int:
        """Months have 28 days here."""
        return self.day % 28 + 1

    @property
    def group_size(self) -> Ints:
        """Members per group."""
        return np.bincount(self.group[self.status == MEMBER], minlength=self.n_groups)

    def friends(self, person: int) -> Ints:
        """The two neighbours in the order of rows."""
        return np.array([(person - 1) % self.n_persons, (person + 1) % self.n_persons])

    def spent(self) -> int:
        """Fen that the strategy has cost so far: ``spent_fen``."""
        return self.spent_fen

    def luck(self, purpose: Purpose, persons: Ints) -> Floats:
        """Draws in [0, 1) that depend on seed, purpose, day and person alone."""
        return uniforms(key(self.seed, purpose, self.day, salt("fake")), persons)

    def product(self, name: str) -> int:
        """Index of a product by its name; the first product for an empty name."""
        return [product.name for product in self.products].index(name) if name else 0


def nothing_happened(day: int = 0, **events: Any) -> Happened:
    """A day without events, but for those that are given: ``joined=[3], join_cause=[0]``."""
    none = np.zeros(0, dtype=np.int64)
    names = [name for name in Happened.__dataclass_fields__ if name != "day"]
    given = {name: np.asarray(rows, dtype=np.int64) for name, rows in events.items()}
    return Happened(day, **(dict.fromkeys(names, none) | given))
