"""The dials of a day, summed up over strategies and mechanisms, as kernels read them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.simulation.cuts import BestOf, Cut

ROW = {dial: row for row, dial in enumerate(Dial)}
_PRICE = Dial.PRICE  # to ask an enum for a member costs as much as to turn a dial of a small community
CALLED_HOURS = 3
"""So long a call lasts."""
LOOK, LIFT, LEAVE, MUTE, TALK, BUY, PRICE, EARLY, TEAM, INVITE, TRUST, AWAY, PULL, SEEN = range(len(ROW))
PRICE_AT_SALES = len(ROW)
"""In ``Dials.at``: the first of as many rows as there are sales, own prices at each, where they differ."""


class Dials(NamedTuple):
    """at: row of ``turned`` by dial, and of `PRICE_AT_SALES`; -1 for one that nobody turns today.

    turned: one value per person.  lift: of looking in, by group, beside that of persons.  shown: buyers whom
    every sale in a group shows beside those that there are.  said: messages that its members read beside
    their own.
    """

    at: NDArray[np.int64]
    turned: Floats
    lift: Floats
    shown: Ints
    said: Floats


class SomeCall(NamedTuple):
    """A call at an hour that only an audience hears (its row); ``by``: how strongly, by group."""

    hour: int
    audience: int
    by: Floats


class Desk:
    """Where dials are turned in the morning; rows are made when first needed and kept for the run."""

    def __init__(self, persons: int, groups: int) -> None:
        self._at, self._turned, self.lift = (
            np.full(len(ROW) + 1, -1),
            np.zeros((0, persons)),
            np.zeros(groups),
        )
        self.shown, self.said = np.zeros(groups, np.int64), np.zeros(groups)
        self._table = Dials(self._at, self._turned, self.lift, self.shown, self.said)
        self._used, self._prices, self._lifted = 0, list[tuple[int, Floats]](), False
        self._rows: list[Floats] = []  # of ``_turned``, as arrays of their own
        self._today: dict[Dial, int] = {}
        self._pretended = False
        self._calls: list[tuple[int, Any, Any]] = []
        self._some: list[SomeCall] = []
        self.cuts: list[BestOf] = []
        self.streams: dict[int, float] = {}

    def morning(self) -> None:
        """Put all dials back."""
        if self._used:
            self._at[:], self._used, self._prices = -1, 0, []
            self._today.clear()
        if self._lifted:
            self.lift[:], self._lifted = 0.0, False
        if self._pretended:
            self.shown[:], self.said[:], self._pretended = 0, 0.0, False
        self._calls, self._some, self.cuts, self.streams = [], [], [], {}

    def turn(self, dial: Dial, by: Any, persons: Ints | None = None, *, times: float = 1.0) -> None:
        """Add to a dial of the chosen persons, None for all; who occurs twice is turned once.

        times: a factor, so that nobody need hold the product.  Raises ValueError for a price, the rest of
        which somebody has to pay: see `cheapen`.
        """
        if dial is _PRICE:
            raise ValueError("a price of one's own is given by `cheapen`, so that a cause pays the rest")
        self._add(dial, by, persons, times)

    def _add(self, dial: Dial, by: Any, persons: Ints | None = None, times: float = 1.0) -> None:
        fresh = dial not in self._today
        turned = self._row(dial)
        if persons is None and fresh:
            np.multiply(by, times, out=turned, dtype=np.float64)
            return
        if fresh:
            turned.fill(0.0)
        more = by if times == 1.0 else np.multiply(by, times, dtype=np.float64)
        turned[slice(None) if persons is None else persons] += more

    def rows(self, *dials: Dial) -> list[Floats]:
        """Dials of all persons, for a kernel to add to at once: once more are turned, they may be others."""
        for dial in dials:
            if dial not in self._today:
                self._row(dial).fill(0.0)
        return [self._row(dial) for dial in dials]

    def cheapen(self, cause: int, by: Any, persons: Ints | None = None) -> None:
        """Give the chosen persons, None for all, a price of their own, as the log of its ratio.

        ``cause`` pays the rest.  Raises ValueError for one above that of everybody.
        """
        most = by if isinstance(by, float) else np.max(by, initial=0.0)
        if not most <= 0.0:  # so that what is no number is refused, too
            raise ValueError("a price of one's own is at most that of everybody: its log ratio is at most 0")
        if persons is not None and not persons.size:
            return
        of_all = by
        if persons is not None:
            of_all = np.zeros(self._turned.shape[1])
            of_all[persons] = by
        self._prices.append((cause, of_all))
        self._add(_PRICE, by, persons)

    def take_off(self, cuts: Sequence[Cut]) -> BestOf:
        """Let each order take one of these cuts, off what it costs after all prices by `cheapen`.

        May be asked for until the middle of the day.  The answer tells in the evening which orders took
        which.
        """
        self.cuts.append(BestOf(cuts))
        return self.cuts[-1]

    def sound(self) -> bool:
        """Whether all dials of today are numbers."""
        numbers = self._turned[: self._used], *(by for *_, by in (*self._calls, *self._some))
        return all(bool(np.isfinite(one).all()) for one in numbers)

    def lift_groups(self, groups: Ints, by: Floats) -> None:
        """Lift the chance of a look in groups."""
        self.lift[groups], self._lifted = by, True

    def stream(self, cause: int, by: float) -> None:
        """Let today's sales of a strategy be one stream for all groups, which moves who is there.

        They see what all groups have bought; ``by``: log uplift of their rate of buying there, beside what
        is promoted.
        """
        self.streams[cause] = by

    def pretend(self, buyers: Ints, messages: Floats) -> None:
        """Show so many buyers at every sale of each group, and so many messages, that no member made."""
        self.shown += buyers
        self.said += messages
        self._pretended = True

    def call(self, hour: int, groups: Ints | Bools | None, by: Any, audience: int = -1) -> None:
        """Call groups (numbers, which may repeat, or a mask; None for all) to what begins soon after.

        audience: row of those members who alone hear it, -1 for everybody.
        """
        where: Any = slice(None) if groups is None else groups
        if audience < 0:
            self._calls.append((hour, where, by))
            return
        strength = np.zeros_like(self.lift)
        np.add.at(strength, where, by)
        self._some.append(SomeCall(hour, audience, strength))

    def called(self, hour: int) -> Floats | None:
        """How strongly each group is called to what begins at an hour, by all calls of the hours before."""
        calls = [call for call in self._calls if hour - CALLED_HOURS <= call[0] < hour]
        if not calls:
            return None
        total = np.zeros_like(self.lift)
        for _, groups, by in calls:
            np.add.at(total, groups, by)
        return total

    def some_called(self, hour: int) -> list[SomeCall]:
        """Calls to what begins at an hour that not everybody hears."""
        return [call for call in self._some if hour - CALLED_HOURS <= call.hour < hour]

    def table(self) -> Dials:
        """The day's dials; the same until there are more of them than on any day before."""
        return self._table

    @property
    def prices(self) -> list[tuple[int, Floats]]:
        """Own prices by cause, in the order in which they were given."""
        return self._prices

    def own_prices(self, sales: int) -> tuple[Floats, list[Floats]]:
        """Dials of own prices on the shelf and at each of so many sales, the same so far; to be added to."""
        self.rows(_PRICE)
        first = self._used
        for _ in range(sales):
            self._fresh()
        (price,) = self.rows(_PRICE)
        if sales:
            self._at[PRICE_AT_SALES] = first
            self._turned[first : first + sales] = price
        return price, self._rows[first : first + sales]

    def _row(self, dial: Dial) -> Floats:
        """A dial of all persons, as whoever turned it last has left it, today or on a day before."""
        at = self._today.get(dial)
        if at is None:
            at = self._today[dial] = self._at[ROW[dial]] = self._fresh()
        return self._rows[at]

    def _fresh(self) -> int:
        if self._used == len(self._turned):
            self._turned = np.concatenate([self._turned, np.zeros((1, self._turned.shape[1]))])
            self._table, self._rows = self._table._replace(turned=self._turned), list(self._turned)
        self._used += 1
        return self._used - 1
