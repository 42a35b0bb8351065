"""What a strategy may see: a protocol, so that the engine and the strategies never import each other."""

from typing import Protocol

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.luck import Purpose

STRANGER, MEMBER, LEFT = 0, 1, 2


class ProductView(Protocol):
    """A product as strategies see it; money in fen."""

    @property
    def name(self) -> str: ...
    @property
    def price(self) -> int: ...
    @property
    def unit_cost(self) -> int: ...


class View(Protocol):
    """The community at the start of a day (``act``) or at its end (``react``); arrays are read-only.

    One row per person who can ever take part; a person's row, and with it his luck, never changes.
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
    def day_of_month(self) -> int: ...
    @property
    def me(self) -> int:
        """Index of this strategy in the scenario, as in `order_cause` and `join_cause` of the events."""
        ...

    @property
    def n_persons(self) -> int: ...
    @property
    def n_groups(self) -> int: ...
    @property
    def products(self) -> tuple[ProductView, ...]: ...

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
    def muted(self) -> Bools: ...
    @property
    def activity(self) -> Floats: ...
    @property
    def trust(self) -> Floats: ...
    @property
    def propensity(self) -> Floats:
        """Orders a day that the person would place at the usual price, unprompted."""
        ...

    @property
    def orders(self) -> Ints:
        """Orders so far in this run."""
        ...

    @property
    def points(self) -> Ints: ...
    @property
    def inviter(self) -> Ints:
        """Row of who invited the person, -1 for none."""
        ...

    @property
    def joined(self) -> Ints:
        """Day of joining, -1 for members from the start and for strangers."""
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
