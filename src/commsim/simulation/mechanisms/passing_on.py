"""Who pays less since the promoter who brought them passes on a part, and who pays for it."""

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.passing_on import PASSING_ON, PassingOnBehaviour, PassOn, off
from commsim.core.view import MEMBER
from commsim.simulation.cuts import BestOf, Cut
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

WILLING = purpose("passing on, which promoters do")


class PassingOn(Mechanics):
    """By strategy what is passed on, and what that takes off today's orders.

    The lower price is a discount of the strategy; the promoter pays for it on the same evening, at most the
    commission on that order, on an account of income.
    """

    declared = PASSING_ON

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._b: PassingOnBehaviour = getattr(home.scenario.behaviour, PASSING_ON.name)
        self._terms: dict[int, PassOn] = {}
        self._every = np.ones(len(home.scenario.products), np.bool_)

    def morning(self, day: int) -> None:
        """Nothing is passed on yet."""
        self._cheaper: list[tuple[int, BestOf]] = []
        self._orders = self._passed = 0

    @takes(PassOn)
    def agree(self, effect: PassOn, cause: int) -> None:
        """Terms stand from today on, for all who came and come by this strategy."""
        self._terms[cause] = effect

    def dial(self, day: int, desk: Desk) -> None:
        """Keep the desk for midday."""
        self._desk = desk

    def midday(self, day: int) -> None:
        """Let those pay less whose promoter passes something on."""
        for cause, terms in self._terms.items():
            persons = self._theirs(day, cause, terms.days)
            share = off(terms.rate, terms.part)
            if share > 0.0 and persons.any() and not self.home.shut:
                cut = Cut(cause, persons, 0, share, 0, self._every, sales=True)
                self._cheaper.append((cause, self._desk.take_off([cut])))

    def _theirs(self, day: int, cause: int, days: int) -> Bools:
        """Members who came by it not long ago, whose promoter is a member and willing."""
        people = self.home.people
        chosen = np.zeros(len(people.status), np.bool_)
        rows = np.flatnonzero(people.join_cause == cause)
        rows = rows[(people.status[rows] == MEMBER) & (day - people.joined[rows] < days)]
        by = people.inviter[rows].astype(np.int64)
        rows, by = rows[by >= 0], by[by >= 0]
        salt = int(self.home.salts[cause])
        willing = uniforms(key(self.home.seed, WILLING, 0, salt), by) < self._b.willing
        chosen[rows[(people.status[by] == MEMBER) & willing]] = True
        return chosen

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Promoters pay for what their people paid less."""
        for cause, cheaper in self._cheaper:
            self._settle(cause, cheaper, self._terms[cause].rate)
        return {}

    def _settle(self, cause: int, cheaper: BestOf, rate: float) -> None:
        home = self.home
        orders = np.flatnonzero(cheaper.used >= 0)
        persons, paid = home.out.paid_by[orders], home.out.fen[orders]
        fen: Ints = np.minimum(cheaper.off[orders], np.rint(paid * rate).astype(np.int64))
        by, some = home.people.inviter[persons].astype(np.int64), fen > 0
        if not some.any():
            return
        self._orders += int(np.count_nonzero(some))
        self._passed += int(fen.sum())
        home.books.receive(Account.PASSED_ON, cause, int(fen.sum()))
        home.books.note(Account.PASSED_ON, cause, fen[some], by[some], home.people.group[by[some]])

    def close(self, day: int) -> dict[str, int]:
        """The numbers of the day."""
        return {"passed_orders": self._orders, "promoters_passed_on": self._passed}
