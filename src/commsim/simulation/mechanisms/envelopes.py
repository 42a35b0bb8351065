"""Red envelopes: those of the operator and those that members send on, and the money in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.dials import Dial
from commsim.core.maths import exp
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.envelopes import CAUGHT, ENVELOPES, Envelope
from commsim.simulation.audiences import EVERYBODY
from commsim.simulation.clock import attendance
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.opening import open_envelopes
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
        ("audience", "i8"),  # row of who can catch it, -1 for everybody
        ("presence", "f8", (4,)),
    ]
)
"""An envelope in one group."""
RESENT_FEN = 1000  # who sends an envelope on sends 10 yuan in 20 shares at 20 h: assumed, grade D
RESENT_SHARES = 20
RESENT_HOUR = 20
_NONE, _NOTHING = np.zeros(0, ENVELOPE), np.zeros((0, 4), np.int64)


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
        """Put an envelope into each chosen group, if the strategy can pay for one in all of them."""
        groups = np.flatnonzero(self.home.where(effect.groups, cause))
        if not self.home.books.may_spend(cause, effect.total * len(groups)):
            return False
        odds, to = (effect.resend, effect.resend_slope), self.home.audiences.row(cause)
        self._put(effect.hour, cause, groups, -1, effect.total, effect.shares, *odds, audience=to)
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
        audience: int = EVERYBODY,
    ) -> None:
        """Envelopes in groups, one row each; scalars hold for every row."""
        rows, look = np.zeros(len(groups), ENVELOPE), self.home.scenario.behaviour.look
        rows["group"], rows["hour"], rows["sender"], rows["cause"] = groups, hour, senders, cause
        rows["total"], rows["shares"] = total, shares
        rows["resend"], rows["slope"], rows["audience"] = resend, slope, audience
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
            for_all = self._envelopes["audience"] < 0
            desk.lift_groups(group[for_all], look.envelope * worn[for_all])
            if not for_all.all():
                self._lift_some(desk, look.envelope * worn)
            self._call(desk, look.gather * worn * np.sqrt(self._envelopes["total"] / 1000.0))

    def _call(self, desk: Desk, by: NDArray[np.float64]) -> None:
        """Call each envelope's group to what begins soon after it."""
        first = 0
        for hour, rows in self._made:
            here = slice(first, first + len(rows))
            to = int(rows["audience"][0]) if len(rows) else EVERYBODY
            desk.call(hour, self._envelopes["group"][here], by[here], to)
            first += len(rows)

    def _lift_some(self, desk: Desk, by: NDArray[np.float64]) -> None:
        """Lift the chance of a look of those who alone can catch an envelope; the last one counts."""
        lifts, group = np.zeros(len(self.home.people.group)), self.home.people.group
        for envelope, more in zip(self._envelopes, by, strict=True):
            if envelope["audience"] >= 0:
                theirs = self.home.audiences.table[envelope["audience"]] & (group == envelope["group"])
                lifts[theirs] = more
        desk.turn(Dial.LIFT, lifts)

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
