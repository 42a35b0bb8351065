"""Live selling: streams move who is there, and some of what was bought there comes back."""

from collections import deque
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.live import LIVE, SENT_BACK, LiveBehaviour, Stream
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

_RETURNS = purpose("live, who sends back what they bought")


class Sold(NamedTuple):
    """Orders from streams of a day: their places among its orders, who, what, for how much, from which.

    resold, handling: fen of the cost of each that are not lost if it comes back, and what that costs.
    """

    day: int
    places: Ints
    persons: Ints
    products: Ints
    fen: Ints
    causes: Ints
    resold: Ints
    handling: Ints

    def where(self, chosen: Ints) -> "Sold":
        """Some of them."""
        return Sold(self.day, *(column[chosen] for column in self[1:]))


class Live(Mechanics):
    """All streams of a run."""

    declared = LIVE

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._b: LiveBehaviour = getattr(home.scenario.behaviour, LIVE.name)
        self._cost = np.array([product.unit_cost for product in home.scenario.products], np.int64)
        self._sent: deque[Sold] = deque()
        self._coming: deque[tuple[int, Sold]] = deque()

    def morning(self, day: int) -> None:
        """No stream is on yet."""
        self._streams: dict[int, Stream] = {}

    @takes(Stream)
    def stream(self, effect: Stream, cause: int) -> None:
        """Let what a strategy offers today be sold live."""
        self._streams[cause] = effect

    def dial(self, day: int, desk: Desk) -> None:
        """Move who will be there."""
        for cause, stream in self._streams.items():
            desk.stream(cause, self._b.lift - (self._b.both if stream.coupon else 0.0))

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Take back what comes back today, and see what of today's parcels will."""
        back = self._take_back(day)
        self._deliver(day)
        self._live_orders = self._remember(day) if self._streams else 0
        self._returned = len(back.persons)
        return {SENT_BACK: back}

    def _remember(self, day: int) -> int:
        """Keep today's orders from streams; returns how many there are."""
        out = self.home.out
        causes = out.strategy[: out.tally[c.N_ORDERS]]
        places = np.flatnonzero(np.isin(causes, list(self._streams)))
        columns = (one[places].astype(np.int64) for one in (out.paid_by, out.paid_for, out.fen, out.strategy))
        persons, products, fen, of = columns
        kept, handling = np.zeros(len(self.home.salts)), np.zeros(len(self.home.salts), np.int64)
        for cause, stream in self._streams.items():
            kept[cause], handling[cause] = stream.resold, stream.handling
        resold = np.floor(kept[of] * self._cost[products] + 0.5).astype(np.int64)
        self._sent.append(Sold(day, places, persons, products, fen, of, resold, handling[of]))
        return len(places)

    def _deliver(self, day: int) -> None:
        """Of the parcels that came today without fault some will be sent back."""
        if not self._sent or self._sent[0].day + self.home.scenario.operator.delivery_days > day:
            return
        came = self._sent.popleft()
        draws = uniforms(key(self.home.seed, _RETURNS, came.day), came.persons)
        chosen = np.flatnonzero((draws < self._b.returns) & ~self.home.out.failed[came.places])
        self._coming.append((day + self._b.return_days, came.where(chosen)))

    def _take_back(self, day: int) -> Occurred:
        if not self._coming or self._coming[0][0] > day:
            return Occurred(np.zeros(0, np.int64), np.zeros(0, np.int64))
        _, back = self._coming.popleft()
        books, groups = self.home.books, self.home.people.group[back.persons]
        for cause in np.unique(back.causes).tolist():
            mine = back.where(np.flatnonzero(back.causes == cause))
            of = groups[back.causes == cause]
            for account, fen in (
                (Account.REFUNDS, mine.fen),
                (Account.GOODS, -mine.resold),
                (Account.GOODS, mine.handling),
            ):
                books.pay(account, cause, int(fen.sum()))
                books.note(account, cause, -fen, mine.persons, of)
        return Occurred(back.persons, back.fen)

    def close(self, day: int) -> dict[str, int]:
        """Count the day."""
        sales = self.home.handle.today.sales
        live = [j for j in range(sales.number[0]) if int(sales.rows[j]["cause"]) in self._streams]
        watched = int(sales.there[live].sum()) if live else 0
        return {"watched": watched, "live_orders": self._live_orders, "returned": self._returned}
