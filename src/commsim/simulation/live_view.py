"""The engine's answer to `commsim.core.view.View`: read-only windows on the state, one per strategy."""

import datetime as dt
from typing import TYPE_CHECKING, Any
from weakref import proxy

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.columns import SEEN, Column
from commsim.core.dates import month_ends
from commsim.core.luck import Purpose, key, uniforms
from commsim.core.view import STRANGER


def _window(column: Any) -> Any:
    window = column.view()
    window.flags.writeable = False
    return window


def of_calendar(date: dt.date) -> tuple[int, int, bool]:
    """Of a date the weekday, the day of the month, and whether that is its last."""
    return date.weekday(), date.day, month_ends(date)


class LiveView:
    """What one strategy sees of a running world; nothing can be changed through it.

    It does not keep the world alive, so that a run that is over gives its memory back at once.
    """

    def __init__(self, world: Any, cause: int, salt: int) -> None:
        self._world, self._cause, self._salt = proxy(world), cause, salt
        people = world.people
        for column in SEEN:
            setattr(self, column.name, _window(getattr(people, column.name)))
        self.group_size: Ints = _window(world.groups.size)
        self.products = world.scenario.products
        self.n_persons, self.n_groups = len(people.status), len(world.groups.size)
        self.days = world.scenario.days
        self.me = cause
        self.morning(0, *of_calendar(world.scenario.start))
        self._product = {product.name: k for k, product in enumerate(self.products)} | {"": 0}

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def morning(self, day: int, weekday: int, day_of_month: int, ends: bool) -> None:
        """Turn the calendar, see `of_calendar`."""
        self.day, self.weekday, self.day_of_month, self.month_ends = day, weekday, day_of_month, ends

    @property
    def propensity(self) -> Floats:
        """Orders a day at the usual price, unprompted."""
        people = self._world.people
        return np.where(people.status != STRANGER, people.rate * people.need * people.referral, np.float32(0))

    @property
    def audience(self) -> Bools:
        """Members whom this strategy addresses today."""
        return _window(self._world.audience(self._cause))  # type: ignore[no-any-return]

    def of(self, column: Column) -> Any:
        """A column of a mechanism, one value per person; as on the first morning where no plan uses it."""
        found = self._world.mechanisms.columns().get(column.name)
        return _window(column.make(self.n_persons) if found is None else found)

    def friends(self, person: int) -> Ints:
        """Rows of a person's friends."""
        return _window(self._world.population.friends(person))  # type: ignore[no-any-return]

    def spent(self) -> int:
        """Fen that this strategy has cost so far."""
        return int(self._world.books.spent(self._cause))

    def luck(self, purpose: Purpose, persons: Ints) -> Floats:
        """Draws in [0, 1) of this strategy and day."""
        return uniforms(key(self._world.seed, purpose, self.day, self._salt), persons)

    def product(self, name: str) -> int:
        """Index of a product by its name; the first for an empty name."""
        return self._product[name]
