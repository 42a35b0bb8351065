"""Stored value: who pays ahead, what the money on the card does, and what is owed."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.stored_value import (
    CARD_EXPIRED,
    STORED_VALUE,
    TOPPED_UP,
    StoredValueBehaviour,
    TopUp,
)
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.deciding import chances, fen_a_day, looking
from commsim.simulation.takes import takes

PAYS_AHEAD = purpose("stored value, who pays ahead")
NO_END = -1


class StoredValue(Mechanics):
    """A card for each person, in the books of the strategy that sold cards last.

    Who has emptied the card keeps its price as a mark until they are asked once to pay ahead again.
    """

    declared = STORED_VALUE

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.balance, self.price, self.until = self.columns.values()
        self._b: StoredValueBehaviour = getattr(home.scenario.behaviour, STORED_VALUE.name)
        self._cause = 0
        self._paid_ahead: Ints = np.zeros(0, np.int64)

    def morning(self, day: int) -> None:
        """Money whose time is over is the operator's."""
        self._offer: TopUp | None = None
        over = np.flatnonzero((self.until != NO_END) & (self.until < day) & (self.balance > 0))
        self._lost = Occurred(over, self.balance[over].copy())
        if over.size:
            fen = self._lost.fen
            self.balance[over], self.price[over] = 0, 0.0
            self.home.books.earn(Account.BREAKAGE, self._cause, int(fen.sum()))
            self.home.books.note(Account.BREAKAGE, self._cause, fen, over, self.home.people.group[over])

    @takes(TopUp)
    def top_up(self, effect: TopUp, cause: int) -> None:
        """Offer top-ups today.  Raises InputError if another strategy does so too."""
        if self._offer is not None:
            raise InputError(
                "two strategies sell top-ups on the same day",
                where="strategies",
                remedy="put their top-ups together, or give them other dates",
            )
        self._offer, self._cause = effect, cause

    def dial(self, day: int, desk: Desk) -> None:
        """While there is money on the card, everything costs what the bonus makes of it."""
        if self.balance.any():
            desk.cheapen(self._cause, np.where(self.balance > 0, self.price, 0.0))

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in may pay ahead; who has emptied the card is asked once, when they next come by."""
        paid = NOBODY
        if self._offer is not None:
            looked, ordered = looking(self.home), self._ordered()
            empty, had = self.balance == 0, self.price < 0.0
            for_whom = self.home.audience(self._cause)
            empty &= True if for_whom is None else for_whom
            asked = empty & had & (looked | ordered)
            self.price[asked] = 0.0
            persons = np.flatnonzero(asked | (empty & ~had & looked))
            paid = self._sell(day, self._offer, persons, np.where(asked[persons], 1.0, self._b.notice))
        self._paid_ahead, self._paid_in = paid.persons, int(paid.fen.sum())
        return {TOPPED_UP: paid, CARD_EXPIRED: self._lost}

    def _ordered(self) -> Bools:
        ordered = np.zeros(len(self.balance), np.bool_)
        ordered[self.home.out.order_person[: self.home.out.tally[c.N_ORDERS]]] = True
        return ordered

    def _sell(self, day: int, offer: TopUp, persons: Ints, notice: Floats) -> Occurred:
        """Each weighs the top-up that gains them most, and pays or not."""
        a_day, trust = fen_a_day(self.home)[persons], self.home.people.trust[persons].astype(np.float64)
        best, most = np.zeros(len(persons), np.int64), np.full(len(persons), -np.inf)
        gain, loss = np.zeros(len(persons)), np.ones(len(persons))
        for number, (pay, bonus) in enumerate(zip(offer.pay, offer.bonus, strict=True)):
            waits = self._b.impatience * pay * (pay + bonus) / (2.0 * np.maximum(a_day, 1e-9))
            better = bonus - waits > most
            best[better], most[better] = number, (bonus - waits)[better]
            gain[better], loss[better] = bonus, waits[better]
        chance, t = np.empty(len(persons)), self.home.scenario.behaviour.trust
        chances(gain, loss, trust, self._b.steepness, self._b.trust, (t.start, t.scale), chance)
        yes = uniforms(key(self.home.seed, PAYS_AHEAD, day), persons) < notice * chance
        who, which = persons[yes], best[yes]
        fen = np.array(offer.pay, np.int64)[which]
        ratios = [log(pay / (pay + bonus)) for pay, bonus in zip(offer.pay, offer.bonus, strict=True)]
        self.balance[who], self.price[who] = fen, np.array(ratios)[which]
        self.until[who] = NO_END if offer.valid is None else day + offer.valid
        self.home.books.prepay(int(fen.sum()))
        return Occurred(who, fen)

    def close(self, day: int) -> dict[str, int]:
        """Today's orders are paid from cards first; what the card lacks is paid in money."""
        n = self.home.out.tally[c.N_ORDERS]
        due = np.zeros(len(self.balance), np.int64)
        np.add.at(due, self.home.out.order_person[:n], self.home.out.fen[:n])
        due[self._paid_ahead] = 0  # in the evening, for the days to come
        used = np.minimum(due, self.balance)
        self.balance -= used
        self.home.books.use_prepaid(int(used.sum()))
        return {
            "cards": int(np.count_nonzero(self.balance)),
            "paid_in": self._paid_in,
            "card_spent": int(used.sum()),
            "card_lost": int(self._lost.fen.sum()),
            "balances": int(self.balance.sum()),
        }
