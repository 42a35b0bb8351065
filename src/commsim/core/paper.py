"""A community on paper: what a strategy may see, in arrays, without an engine."""

import datetime as dt
from typing import Any

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.columns import Column
from commsim.core.dates import month_ends
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.core.view import MEMBER, STRANGER, ProductView


class PaperView:
    """A `View` without an engine: members first, group by group, then strangers.

    Every attribute can be set: ``view.inviter[3] = 1`` before a strategy sees it.  Everybody is the
    friend of the two neighbours in the order of rows.
    """

    def __init__(
        self,
        members: int,
        strangers: int,
        groups: int,
        *,
        products: tuple[ProductView, ...],
        start: dt.date,
        day: int = 0,
        days: int,
    ) -> None:
        """Make a community of so many people; ``day`` of a run of ``days`` from ``start``."""
        n = members + strangers
        self.day, self.days, self.start, self.me, self.seed, self.spent_fen = day, days, start, 0, 0, 0
        self.n_persons, self.n_groups, self.products = n, groups, products
        self.status: Ints = np.where(np.arange(n) < members, MEMBER, STRANGER).astype(np.int8)
        self.group: Ints = np.where(self.status == MEMBER, np.arange(n) * groups // max(members, 1), -1)
        self.muted: Bools = np.zeros(n, dtype=np.bool_)
        self.activity: Floats = np.full(n, 0.5, dtype=np.float32)
        self.trust: Floats = np.full(n, 0.5, dtype=np.float32)
        self.propensity: Floats = np.full(n, 0.04, dtype=np.float32)
        self.orders, self.points = np.zeros((2, n), dtype=np.int64)
        self.inviter, self.joined = np.full((2, n), -1, dtype=np.int32)
        self.columns: dict[str, Any] = {}

    @property
    def date(self) -> dt.date:
        """Today."""
        return self.start + dt.timedelta(days=self.day)

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.date.weekday()

    @property
    def day_of_month(self) -> int:
        """1 to 31."""
        return self.date.day

    @property
    def month_ends(self) -> bool:
        """Whether today is the last day of its month."""
        return month_ends(self.date)

    @property
    def group_size(self) -> Ints:
        """Members per group."""
        return np.bincount(self.group[self.status == MEMBER], minlength=self.n_groups)

    @property
    def audience(self) -> Bools:
        """All members."""
        return np.asarray(self.status == MEMBER)

    def of(self, column: Column) -> Any:
        """A column of a mechanism: what ``columns`` holds under its name, or as on the first morning."""
        return self.columns.setdefault(column.name, column.make(self.n_persons))

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
