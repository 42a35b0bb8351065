"""Red envelopes: who catches a share, how much, who sends one on, and the money in them."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.compiled import njit
from commsim.core.luck import Purpose, mix, uniform_pair
from commsim.core.maths import exp
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.envelopes import CAUGHT, ENVELOPES, Envelope
from commsim.simulation import columns as c
from commsim.simulation.clock import attendance
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.sorting import in_order
from commsim.simulation.kernels.streams import stream
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

ENVELOPE = np.dtype(
    [
        ("group", "i8"),
        ("hour", "i8"),
        ("total", "i8"),
        ("shares", "i8"),
        ("cause", "i8"),
        ("sender", "i8"),  # -1 is the operator
        ("stream", "u8"),
        ("resend", "f8"),
        ("slope", "f8"),
        ("presence", "f8", (4,)),
    ]
)
"""An envelope in one group."""
RESENT_FEN = 1000  # who sends an envelope on sends 10 yuan in 20 shares at 20 h: assumed, grade D
RESENT_SHARES = 20
RESENT_HOUR = 20
_NONE, _NOTHING = np.zeros(0, ENVELOPE), np.zeros((0, 4), np.int64)
_PRESENT, _CATCH = int(Purpose.PRESENT), int(Purpose.CATCH)
_SPLIT, _RESEND = int(Purpose.SPLIT), int(Purpose.RESEND)


class Envelopes(Mechanics):
    """Envelopes of the operator, and those that members send on the day after.

    ``sent`` counts them by day of the week and group: what a pull is worn by.
    """

    declared = ENVELOPES

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.sent = np.zeros((7, len(home.groups.size)), np.int32)
        self._unclaimed, self._worn = 0, [1.0]
        self._resent: tuple[Any, ...] | None = None

    def morning(self, day: int) -> None:
        """Take back what nobody caught yesterday; put out what members send on."""
        self._made: list[tuple[int, NDArray[np.void]]] = []
        self.home.books.returned(self._unclaimed)
        if self._resent is not None:
            self._put(RESENT_HOUR, *self._resent)
        self._unclaimed, self._resent = 0, None

    @takes(Envelope)
    def send(self, effect: Envelope, cause: int) -> bool:
        """Put an envelope into each chosen group, if the strategy could pay for one in every open group."""
        if not self.home.books.may_spend(cause, effect.total * int(np.count_nonzero(self.home.open))):
            return False
        groups = np.flatnonzero(self.home.where(effect.groups))
        odds = effect.resend, effect.resend_slope
        self._put(effect.hour, cause, groups, -1, effect.total, effect.shares, *odds)
        return True

    def _put(
        self,
        hour: int,
        cause: Any,
        groups: Any,
        senders: Any,
        total: int,
        shares: int,
        resend: Any,
        slope: Any,
    ) -> None:
        """Envelopes in groups, one row each; scalars hold for every row."""
        rows, look = np.zeros(len(groups), ENVELOPE), self.home.scenario.behaviour.look
        rows["group"], rows["hour"], rows["sender"], rows["cause"] = groups, hour, senders, cause
        rows["total"], rows["shares"] = total, shares
        rows["resend"], rows["slope"] = resend, slope
        rows["stream"] = self.home.salts[cause] ^ np.uint64(hour)
        rows["presence"] = [
            1.0 - exp(-rate) for rate in attendance(hour, 1.0, look.attention, look.own_hours)
        ]
        self._made.append((hour, rows))

    def dial(self, day: int, desk: Desk) -> None:
        """What envelopes draw in their groups, worn by those of the last 7 days: lookers, and to sales."""
        self._envelopes = np.concatenate([rows for _, rows in self._made]) if self._made else _NONE
        if len(self._envelopes):
            look, group = self.home.scenario.behaviour.look, self._envelopes["group"]
            seen = np.add.reduce(self.sent[:, group])
            while len(self._worn) <= seen.max():
                self._worn.append(self._worn[-1] * look.habituation)
            worn = np.array(self._worn)[seen]
            desk.lift_groups(group, look.envelope * worn)
            self._call(desk, look.gather * worn * np.sqrt(self._envelopes["total"] / 1000.0))

    def _call(self, desk: Desk, by: NDArray[np.float64]) -> None:
        """Call each envelope's group to what begins soon after it."""
        first = 0
        for hour, rows in self._made:
            here = slice(first, first + len(rows))
            desk.call(hour, self._envelopes["group"][here], by[here])
            first += len(rows)

    def midday(self, day: int) -> None:
        """The envelopes are opened.

        Leaves rows of (person, fen, envelope, whether they send one on) in ``catches``.
        """
        self.catches = _NOTHING
        if len(self._envelopes):
            catches = np.empty((int(self._envelopes["shares"].sum()), 4), np.int64)
            n = open_envelopes(day, self.home.handle, self.sent, self._envelopes, catches)
            self.catches = catches[:n]
        self.sent[(day + 1) % 7] = 0

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who caught how much."""
        return {CAUGHT: Occurred(self.catches[:, 0], self.catches[:, 1]) if len(self.catches) else NOBODY}

    def close(self, day: int) -> dict[str, int]:
        """Book the operator's envelopes at what was caught; keep in mind who sends one on tomorrow."""
        if not len(self._envelopes):
            return {"caught": 0, "resent": 0}
        caught = int(self.catches[:, 1].sum())
        envelopes, books, people = self._envelopes, self.home.books, self.home.people
        operators = envelopes["sender"] < 0
        sent = int(envelopes["total"][operators].sum())
        books.send(sent)
        own = self.catches[operators[self.catches[:, 2]]]
        person, fen, cause = own[:, 0], own[:, 1], envelopes["cause"][own[:, 2]]
        books.taken(cause, fen, person, people.group[person])
        self.home.recorder.event("payment", day, person, -1, fen, cause)
        self._unclaimed = sent - int(fen.sum())
        return {"caught": caught, "resent": RESENT_FEN * self._send_on()}

    def _send_on(self) -> int:
        """Members' own envelopes for tomorrow, one from each, or generous people would send ever more."""
        on = self.catches[self.catches[:, 3] > 0]
        if len(on):
            first: dict[int, int] = {}
            for row_of, person in enumerate(on[:, 0].tolist()):
                first.setdefault(person, row_of)
            on = on[list(first.values())]
            sender, row = on[:, 0], self._envelopes[on[:, 2]]
            where = row["cause"], self.home.people.group[sender], sender
            self._resent = (*where, RESENT_FEN, RESENT_SHARES, row["resend"], row["slope"])
        return len(on)


LUCKIEST = 1.3  # factor on sending on for who drew most: Yuan et al. 2024 (1.5 with its own mean), grade B


@njit(inline="always")
def split(total, shares, key, out):  # type: ignore[no-untyped-def]
    """Random shares of an envelope in fen: each uniform up to twice the mean of what is left.

    The platform's doubled-mean rule: every share is at least 1 fen and the sum is the total.
    """
    left = total
    for k in range(shares - 1):
        most = 2 * left // (shares - k) - 1
        draw = 1 + int(uniform_pair(key, k, 0) * most)
        out[k] = min(draw, left - (shares - k - 1))
        left -= out[k]
    out[shares - 1] = left


@njit(inline="always")
def _arrivals(day, seed, people, envelopes, e, lookers, times):  # type: ignore[no-untyped-def]
    """When each looker of the group opens the envelope: in its own hour, or later in the day."""
    present = stream(seed, _PRESENT, day, envelopes[e].stream)
    arrive = stream(seed, _CATCH, day, envelopes[e].stream)
    sender = envelopes[e].sender
    for k in range(len(lookers)):
        i = lookers[k]
        there = uniform_pair(present, i, sender) < envelopes[e].presence[people.tiny[c.SLOT, i]]
        times[k] = uniform_pair(arrive, i, sender) + (0.0 if there else 1.0) + (5.0 if i == sender else 0.0)


@njit()
def open_envelopes(day, handle, sent, envelopes, catches):  # type: ignore[no-untyped-def]
    """Open all envelopes of the day; returns the number of rows of ``catches``.

    A row is (person, fen, envelope, whether they send one on).  Who catches gains value and a push on
    activity; who does so in the hour of the envelope writes more in it.
    """
    state = handle.state
    p, seed, people, out = state.params[0], state.seed, state.people, state.out
    starts = out.by_group[c.STARTS]
    n = 0
    most = 0
    for g in range(len(starts) - 1):
        most = max(most, starts[g + 1] - starts[g])
    times, amounts = np.empty(most), np.empty(100, np.int64)
    for e in range(len(envelopes)):
        g = envelopes[e].group
        lookers = out.rows[c.LOOKERS, starts[g] : starts[g + 1]]
        _arrivals(day, seed, people, envelopes, e, lookers, times[: len(lookers)])
        order = in_order(times[: len(lookers)], envelopes[e].shares)
        splitting = stream(seed, _SPLIT, day, envelopes[e].stream)
        shares = envelopes[e].shares
        split(
            envelopes[e].total,
            shares,
            mix(mix(splitting + np.uint64(g)) + np.uint64(envelopes[e].sender + 1)),
            amounts,
        )
        taken = min(shares, len(lookers))
        luckiest = 0
        for k in range(taken):
            if amounts[k] > amounts[luckiest]:
                luckiest = k
        worn = 1.0
        for weekday in range(7):
            for _ in range(sent[weekday, g]):
                worn *= p.look.habituation
        size = math.sqrt(envelopes[e].total / 1000.0) * worn
        push = 1.0 - exp(-p.activity.push * size)
        again = stream(seed, _RESEND, day, envelopes[e].stream)
        for k in range(taken):
            i = lookers[order[k]]
            if times[order[k]] >= 5.0:  # nobody opens their own
                continue
            chance = envelopes[e].resend + envelopes[e].slope * amounts[k] / 100.0
            if k == luckiest:
                chance *= LUCKIEST
            people.reals[c.ACTIVITY, i] += np.float32((1.0 - people.reals[c.ACTIVITY, i]) * push)
            out.reals[c.GAIN, i] += p.activity.envelope * size
            if times[order[k]] < 1.0:
                out.bits[c.LIVELY, i] |= np.uint32(1 << envelopes[e].hour)
            catches[n, 0], catches[n, 1], catches[n, 2] = i, amounts[k], e
            catches[n, 3] = uniform_pair(again, i, envelopes[e].sender) < chance
            n += 1
        sent[day % 7, g] += 1
    return n
