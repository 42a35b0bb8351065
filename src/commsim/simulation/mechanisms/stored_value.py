"""Stored value: who pays ahead, what the money on the card does, and what is owed."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import njit
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
from commsim.simulation.mechanisms.deciding import chance_of_yes, fen_a_day, fen_by_kind
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
        self._fen, self._cause = fen_by_kind(home), 0
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
                where=self.home.both(self._cause, cause),
                remedy="put their top-ups together, or give them other dates",
            )
        self._offer, self._cause = effect, cause

    def dial(self, day: int, desk: Desk) -> None:
        """While there is money on the card, everything costs what the bonus makes of it."""
        have = np.flatnonzero(self.balance)
        desk.cheapen(self._cause, self.price[have], have)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in may pay ahead; who has emptied the card is asked once, when they next come by."""
        paid = NOBODY
        if self._offer is not None:
            orders = self.home.out.order_person[: self.home.out.tally[c.N_ORDERS]]
            persons = np.concatenate([self.home.lookers(), orders[self.price[orders] < 0.0]])
            empty = persons[self.balance[persons] == 0]
            whom = self.home.audience(self._cause)
            persons = np.unique(empty if whom is None else empty[whom[empty]])
            had = self.price[persons] < 0.0
            self.price[persons] = 0.0
            paid = self._sell(day, self._offer, persons, np.where(had, 1.0, self._b.notice))
            self.home.taken.append((self._cause, paid.persons))
        self._paid_ahead, self._paid_in = paid.persons, int(paid.fen.sum())
        return {TOPPED_UP: paid, CARD_EXPIRED: self._lost}

    def _sell(self, day: int, offer: TopUp, persons: Ints, notice: Floats) -> Occurred:
        """Each weighs the top-up that gains them most, and pays or not."""
        best, chance, b = np.empty(len(persons), np.int64), np.empty(len(persons)), self._b
        pays, bonuses = np.array(offer.pay, np.int64), np.array(offer.bonus, np.int64)
        how = b.impatience, b.steepness, b.trust
        choose(self.home.handle, persons, self._fen, (pays, bonuses), how, best, chance)
        yes = uniforms(key(self.home.seed, PAYS_AHEAD, day), persons) < notice * chance
        who, which = persons[yes], best[yes]
        fen = pays[which]
        ratios = [log(pay / (pay + bonus)) for pay, bonus in zip(offer.pay, offer.bonus, strict=True)]
        self.balance[who], self.price[who] = fen, np.array(ratios)[which]
        self.until[who] = NO_END if offer.valid is None else day + offer.valid
        self.home.books.prepay(int(fen.sum()))
        return Occurred(who, fen)

    def close(self, day: int) -> dict[str, int]:
        """Today's orders are paid from cards first; what the card lacks is paid in money."""
        n, out = self.home.out.tally[c.N_ORDERS], self.home.out
        later = self.balance[self._paid_ahead]  # paid in in the evening, for the days to come
        self.balance[self._paid_ahead] = 0
        used = use(self.balance, out.order_person[:n], out.fen[:n])
        self.balance[self._paid_ahead] = later
        self.home.books.use_prepaid(used)
        return {
            "cards": int(np.count_nonzero(self.balance)),
            "paid_in": self._paid_in,
            "card_spent": used,
            "card_lost": int(self._lost.fen.sum()),
            "balances": int(self.balance.sum()),
        }


@njit()
def choose(handle, persons, fen, top_ups, how, best, chance):  # type: ignore[no-untyped-def]
    """For each person the top-up that gains them most, and the chance that they weigh it and pay.

    fen: see `deciding.fen_a_day`.  top_ups: what is paid, and the bonus.  how: impatience, steepness, and the
    pull of trust.  The loss is the interest on what waits on the card, half of it on the mean.
    """
    people, p = handle.state.people, handle.state.params[0]
    pays, bonuses = top_ups
    impatience, steepness, pull = how
    for k in range(len(persons)):
        i, most, gain, loss = persons[k], -np.inf, 0.0, 1.0
        a_day, best[k] = fen_a_day(people, i, fen), 0
        for number in range(len(pays)):
            pay, bonus = pays[number], bonuses[number]
            waits = impatience * pay * (pay + bonus) / (2.0 * max(a_day, 1e-9))
            if bonus - waits > most:
                best[k], most, gain, loss = number, bonus - waits, bonus, waits
        chance[k] = chance_of_yes(gain, loss, people.reals[c.TRUST, i], steepness, pull, p)


@njit()
def use(balance, persons, due):  # type: ignore[no-untyped-def]
    """Pay orders from cards as far as these go; returns the fen."""
    used = 0
    for k in range(len(persons)):
        part = min(due[k], balance[persons[k]])
        balance[persons[k]] -= part
        used += part
    return used
