"""What strategies see of the plain model: arrays made from its agents whenever they look."""

import datetime as dt
from typing import Any

import numpy as np

from commsim.core.events import Happened
from commsim.core.luck import Purpose
from commsim.core.mechanism import Occurred
from commsim.core.mechanisms.check_in import CHECKED_IN
from commsim.core.mechanisms.envelopes import CAUGHT
from commsim.core.view import MEMBER, STRANGER

KEPT = {
    "status": np.int8, "group": np.int32, "muted": np.bool_, "activity": np.float32, "trust": np.float32,
    "orders": np.int32, "points": np.int64, "inviter": np.int32, "joined": np.int16,
}  # fmt: skip


class PlainView:
    """What one strategy sees of the community: arrays made from the agents when it looks."""

    def __init__(self, model: Any, me: int) -> None:
        self._model, self.me, self.days, self.products = model, me, model.plan.days, model.plan.products
        self.n_persons, self.n_groups = len(model.people), len(model.groups)

    def __getattr__(self, name: str) -> Any:
        people = self._model.people
        return np.array([getattr(person, name) for person in people], KEPT[name])

    day = property(lambda self: self._model.day)
    date = property(lambda self: self._model.plan.start + dt.timedelta(days=self.day))
    weekday = property(lambda self: self.date.weekday())
    day_of_month = property(lambda self: self.date.day)
    month_ends = property(lambda self: (self.date + dt.timedelta(days=1)).day == 1)
    group_size = property(lambda self: np.array([group.size for group in self._model.groups], np.int32))

    @property
    def propensity(self) -> Any:
        people = self._model.people
        return np.array([p.wants if p.status != STRANGER else 0.0 for p in people], np.float32)

    @property
    def audience(self) -> Any:
        people, addressed = self._model.people, self._model.audience(self.me)
        return np.array([p.status == MEMBER and p.row in addressed for p in people])

    def of(self, column: Any) -> Any:
        people = self._model.people
        return np.array([getattr(person, column.name, column.start) for person in people], column.dtype)

    def friends(self, person: int) -> Any:
        return np.array(self._model.people[person].friends, np.int32)

    def spent(self) -> int:
        return self._model.spent(self.me)

    def luck(self, purpose: Purpose, persons: Any) -> Any:
        salt = self._model.salts[self.me]
        return np.array([self._model.people[row].luck(purpose, salt) for row in persons], np.float64)

    def product(self, name: str) -> int:
        return next((k for k, product in enumerate(self.products) if product.name == name), 0)


def events_of_the_day(model: Any) -> Happened:
    """The day's events as strategies are told them."""
    orders = [
        (o.person.row, o.product, o.fen, -1 if o.cause == model.shelf_cause else o.cause)
        for o in model.orders
    ]
    newcomers = [(person.row, person.inviter, person.join_cause) for person in model.joined]
    caught = [(person.row, fen) for person, fen, *_ in model.catches]
    lookers = sorted((person for person in model.people if person.looked), key=lambda person: person.group)
    lookers, left, muted, unmuted, checkers = (
        np.array([person.row for person in some], np.int64)
        for some in (lookers, model.left, model.muters, model.unmuters, model.checkers)
    )
    told = {
        CAUGHT.name: Occurred(*_columns(caught, 2)),
        CHECKED_IN.name: Occurred(checkers, np.zeros_like(checkers)),
    }
    for one in model.mechanics:
        told |= {
            name: Occurred(*_columns([row if isinstance(row, tuple) else (row, 0) for row in rows], 2))
            for name, rows in one.told().items()
        }
    return Happened(
        model.day, lookers, *_columns(orders, 4), *_columns(newcomers, 3), left, muted, unmuted, told
    )  # fmt: skip


def _columns(rows: list[tuple[int, ...]], width: int) -> Any:
    """Columns of whole numbers from rows of them."""
    return np.array(rows, np.int64).reshape(-1, width).T
