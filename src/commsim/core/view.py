"""What a strategy may see: a protocol, so that the engine and the strategies never import each other."""

from typing import Any, Protocol

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.columns import Column
from commsim.core.luck import Purpose

STRANGER, MEMBER, LEFT = 0, 1, 2


class ProductView(Protocol):
    """A product as strategies see it; money in fen."""

    @property
    def name(self) -> str:
        """Name in the scenario."""
        ...

    @property
    def price(self) -> int:
        """Usual price."""
        ...

    @property
    def unit_cost(self) -> int:
        """Cost of goods."""
        ...

    @property
    def shelf(self) -> bool:
        """Whether it can be bought any day at the usual price."""
        ...


class View(Protocol):
    """The community at the start of a day (``act``) or at its end (``react``); arrays are read-only.

    One row per person who can ever take part; a person's row, and with it their luck, never changes.
    """

    @property
    def day(self) -> int:
        """Days since the start; the first is 0."""
        ...

    @property
    def days(self) -> int:
        """Length of the run."""
        ...

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        ...

    @property
    def day_of_month(self) -> int:
        """1 to 31."""
        ...

    @property
    def month_ends(self) -> bool:
        """Whether today is the last day of its month."""
        ...

    @property
    def me(self) -> int:
        """Index of this strategy in the scenario, as in `order_cause` and `join_cause` of the events."""
        ...

    @property
    def n_persons(self) -> int:
        """Everybody who can ever take part: rows of every array of persons."""
        ...

    @property
    def n_groups(self) -> int:
        """Groups, those included that open only when others are full."""
        ...

    @property
    def products(self) -> tuple[ProductView, ...]:
        """What is sold."""
        ...

    @property
    def status(self) -> Ints:
        """STRANGER, MEMBER or LEFT per person."""
        ...

    @property
    def group(self) -> Ints:
        """Group per person, -1 for none."""
        ...

    @property
    def group_size(self) -> Ints:
        """Members per group today."""
        ...

    @property
    def muted(self) -> Bools:
        """Who has muted their group."""
        ...

    @property
    def activity(self) -> Floats:
        """Chance to look on a day before mute and lifts, 0 to 1."""
        ...

    @property
    def trust(self) -> Floats:
        """Trust in the shop, 0 to 1."""
        ...

    @property
    def propensity(self) -> Floats:
        """Orders a day that the person would place at the usual price, unprompted."""
        ...

    @property
    def orders(self) -> Ints:
        """Orders so far in this run."""
        ...

    @property
    def points(self) -> Ints:
        """Points in hand."""
        ...

    @property
    def inviter(self) -> Ints:
        """Row of who invited the person, -1 for none."""
        ...

    @property
    def joined(self) -> Ints:
        """Day of joining, -1 for members from the start and for strangers."""
        ...

    @property
    def audience(self) -> Bools:
        """The members whom this strategy addresses today, by its `who` and `groups`; one value per person."""
        ...

    def of(self, column: Column) -> Any:
        """A column of a mechanism (`commsim.core.mechanism`): one value per person."""
        ...

    def friends(self, person: int) -> Ints:
        """Rows of a person's friends."""
        ...

    def spent(self) -> int:
        """Fen that this strategy has cost so far, staff left out."""
        ...

    def luck(self, purpose: Purpose, persons: Ints) -> Floats:
        """Draws in [0, 1) per person, of this strategy and day alone."""
        ...

    def product(self, name: str) -> int:
        """Index of a product by its name; the first product for an empty name."""
        ...


def everyone(view: View) -> Ints:
    """Rows of all who are members today."""
    return np.flatnonzero(view.status == MEMBER)
