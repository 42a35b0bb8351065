"""Paid membership: who joins and renews, what it does to them, and the fees in the books."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms, uniforms_pair
from commsim.core.maths import log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.membership import (
    ENROLLED,
    EXPIRED,
    MEMBERSHIP,
    RENEWED,
    Enrol,
    MembershipBehaviour,
)
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.deciding import chances, fen_a_day, looking
from commsim.simulation.takes import takes

JOINS = purpose("membership, who joins")
RENEWS = purpose("membership, who renews")
REMINDED, PART = 30, 6
"""In the last days of a term, or the last sixth of a short one, who looks in or orders decides, once."""
_NONE: Ints = np.zeros(0, np.int64)


class Memberships(Mechanics):
    """Programmes by the strategies that sell them; a person has one at a time, to the end of its term."""

    declared = MEMBERSHIP

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.until, self.programme, self.unearned = self.columns.values()
        self._b: MembershipBehaviour = getattr(home.scenario.behaviour, MEMBERSHIP.name)
        self._terms: dict[int, Enrol] = {}  # of each programme ever offered, as it was last

    def morning(self, day: int) -> None:
        """Terms end; nothing is on offer yet."""
        self._offers: list[tuple[int, Enrol]] = []
        self._ended = np.flatnonzero(self.until == day - 1) if day else _NONE

    @takes(Enrol)
    def enrol(self, effect: Enrol, cause: int) -> None:
        """Offer a membership today."""
        self._offers.append((cause, effect))
        self._terms[cause] = effect

    def dial(self, day: int, desk: Desk) -> None:
        """Who has paid has a price of their own, and what belonging to it does while in the group."""
        paid = self.until >= day
        if not paid.any():
            return
        for cause, terms in sorted(self._terms.items()):
            if terms.discount:
                desk.cheapen(
                    cause, np.where(paid & (self.programme == cause), log(1.0 - terms.discount), 0.0)
                )
            if terms.early:
                desk.turn(Dial.EARLY, np.where(paid & (self.programme == cause), 1.0, 0.0))
        here = np.flatnonzero(paid & (self.home.people.status == MEMBER))
        desk.turn(Dial.BUY, self._b.belonging, here)
        desk.turn(Dial.LEAVE, log(self._b.leaving), here)

    def _choose(self, lookers: Ints) -> tuple[Ints, Floats]:
        """For each looker the offer that is worth most beyond its fee, and the chance that they take it."""
        best, most = np.zeros(len(lookers), np.int64), np.full(len(lookers), -np.inf)
        worth, fee = np.zeros(len(lookers)), np.ones(len(lookers))
        a_day, trust = fen_a_day(self.home)[lookers], self.home.people.trust[lookers].astype(np.float64)
        for number, (cause, offer) in enumerate(self._offers):
            value, for_whom = a_day * offer.term * offer.discount + offer.perks, self.home.audience(cause)
            better = value - offer.fee > most
            better &= True if for_whom is None else for_whom[lookers]
            best[better], most[better] = number, (value - offer.fee)[better]
            worth[better], fee[better] = value[better], offer.fee
        chance, t = np.empty(len(lookers)), self.home.scenario.behaviour.trust
        chances(worth, fee, trust, self._b.steepness, self._b.trust, (t.start, t.scale), chance)
        return best, chance

    def _sell(self, day: int, persons: Ints, offers: Ints) -> Occurred:
        """Take the fees, and let the terms begin today or after the one that is paid."""
        books, fees = self.home.books, np.zeros(len(persons), np.int64)
        for number, (cause, offer) in enumerate(self._offers):
            chosen = offers == number
            who = persons[chosen]
            if not who.size:
                continue
            fees[chosen] = offer.fee
            self.until[who] = np.maximum(self.until[who], day - 1) + offer.term
            self.programme[who] = cause
            self.unearned[who] += offer.fee
            books.prepay(offer.fee * len(who))
            if offer.gift:
                gifts = np.full(len(who), offer.gift)
                books.pay(Account.GIFTS, cause, int(gifts.sum()))
                books.note(Account.GIFTS, cause, -gifts, who, self.home.people.group[who])
        return Occurred(persons, fees)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in may join, and who looked in or ordered renew when the term is about to end."""
        told = dict.fromkeys((ENROLLED, RENEWED), Occurred(_NONE, _NONE))
        if self._offers:
            looked, n = looking(self.home), self.home.out.tally[c.N_ORDERS]
            ordered = np.zeros(len(looked), np.bool_)
            ordered[self.home.out.order_person[:n]] = True
            told[RENEWED] = self._renew(day, np.flatnonzero((looked | ordered) & (self.until >= day)))
            told[ENROLLED] = self._join(day, np.flatnonzero(looked & (self.until < day)))
        self._fees = sum(int(occurred.fen.sum()) for occurred in told.values())
        self._numbers = {event.name: len(occurred.persons) for event, occurred in told.items()}
        return {**told, EXPIRED: Occurred(self._ended, np.zeros(len(self._ended), np.int64))}

    def _join(self, day: int, persons: Ints) -> Occurred:
        """A look makes them consider it now and then."""
        best, chance = self._choose(persons)
        yes = uniforms(key(self.home.seed, JOINS, day), persons) < self._b.notice * chance
        return self._sell(day, persons[yes], best[yes])

    def _renew(self, day: int, persons: Ints) -> Occurred:
        """One draw for each term, so that to be asked on many days is to be asked once."""
        terms = np.zeros(len(self.home.salts), np.int64)
        for cause, offer in self._terms.items():
            terms[cause] = min(REMINDED, -(-offer.term // PART))
        left = self.until[persons] - day
        persons = persons[left < terms[self.programme[persons]]]
        best, chance = self._choose(persons)
        luck = uniforms_pair(key(self.home.seed, RENEWS), persons, self.until[persons].astype(np.int64))
        return self._sell(day, persons[luck < chance], best[luck < chance])

    def close(self, day: int) -> dict[str, int]:
        """A day's part of each fee is earned."""
        paid = self.until >= day
        self._earn(day, paid)
        found = {"paying": int(np.count_nonzero(paid)), "expired": len(self._ended)}
        return found | self._numbers | {"fees_paid": self._fees}

    def _earn(self, day: int, paid: Bools) -> None:
        """To the fen: the last day of a term takes what is left."""
        who = np.flatnonzero(paid)
        earned = self.unearned[who] // (self.until[who].astype(np.int64) - day + 1)
        self.unearned[who] -= earned
        for cause in sorted(self._terms):
            chosen = (self.programme[who] == cause) & (earned > 0)
            if chosen.any():
                books, persons, fen = self.home.books, who[chosen], earned[chosen]
                books.earn(Account.FEES, cause, int(fen.sum()))
                books.note(Account.FEES, cause, fen, persons, self.home.people.group[persons])
