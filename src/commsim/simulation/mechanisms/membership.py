"""Paid membership: who joins and renews, what it does to them, and the fees in the books."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import borrowing, njit
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniform, uniform_pair
from commsim.core.maths import log
from commsim.core.mechanism import NOBODY, Event, Occurred
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
from commsim.simulation.mechanisms.deciding import chance_of_yes, fen_a_day, fen_by_kind, for_whom
from commsim.simulation.takes import takes

JOINS = purpose("membership, who joins")
RENEWS = purpose("membership, who renews")
REMINDED, PART = 30, 6
"""In the last days of a term, or the last sixth of a short one, who looks in or orders decides, once."""
_NONE: Ints = np.zeros(0, np.int64)
_BUY, _LEAVE, _EARLY = Dial.BUY, Dial.LEAVE, Dial.EARLY  # to ask an enum for a member takes a while


class Paid(NamedTuple):
    """The columns of persons: the last day that is paid, of which programme, and fen of it not yet earned."""

    until: NDArray[np.int32]
    programme: NDArray[np.int16]
    unearned: Ints


class Memberships(Mechanics):
    """Programmes by the strategies that sell them; a person has one at a time, to the end of its term."""

    declared = MEMBERSHIP

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.paid, self._fen = Paid(*self.columns.values()), fen_by_kind(home)
        b: MembershipBehaviour = getattr(home.scenario.behaviour, MEMBERSHIP.name)
        self._keen = b.notice, b.steepness, b.trust
        self._belonging, self._leaving = b.belonging, log(b.leaving)
        self._terms: dict[int, Enrol] = {}  # of each programme ever offered, as it was last
        self._paying, self._laid_out = 0, list[tuple[int, Enrol]]()

    def morning(self, day: int) -> None:
        """Terms end; nothing is on offer yet."""
        self._offers: list[tuple[int, Enrol]] = []
        self._ended = np.flatnonzero(self.paid.until == day - 1) if day and self._paying else _NONE

    @takes(Enrol)
    def enrol(self, effect: Enrol, cause: int) -> None:
        """Offer a membership today."""
        self._offers.append((cause, effect))
        self._terms[cause] = effect

    def dial(self, day: int, desk: Desk) -> None:
        """Who has paid has a price of their own, and what belonging to it does while in the group."""
        if self._paying == len(self._ended):
            return
        for cause, terms in sorted(self._terms.items()):
            theirs = np.flatnonzero((self.paid.until >= day) & (self.paid.programme == cause))
            if terms.discount:
                desk.cheapen(cause, log(1.0 - terms.discount), theirs)
            if terms.early:
                desk.turn(_EARLY, 1.0, theirs)
        by = self._belonging, self._leaving
        belong(day, self.home.handle, self.paid.until, by, *desk.rows(_BUY, _LEAVE))

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in may join, and who looked in or ordered renew when the term is about to end."""
        told = dict.fromkeys((ENROLLED, RENEWED), NOBODY)
        if self._offers:
            (renewing, joining), found = self._decide(day)
            told[RENEWED] = self._sell(*found[:, 0, :renewing])
            told[ENROLLED] = self._sell(*found[:, 1, :joining])
        self._fees = sum(int(occurred.fen.sum()) for occurred in told.values() if occurred is not NOBODY)
        self._numbers = {event.name: len(occurred.persons) for event, occurred in told.items()}
        return {**told, EXPIRED: Occurred(self._ended, np.zeros(len(self._ended), np.int64))}

    def _decide(self, day: int) -> tuple[tuple[int, int], Ints]:
        """How many renew and join, and rows of them, and of the numbers of their offers."""
        home, tally = self.home, self.home.out.tally
        if self._offers != self._laid_out:
            self._laid_out, self._table = self._offers, self._lay_out()
        terms, discounts, reminded = self._table
        whom = for_whom(home, [cause for cause, _ in self._offers])
        luck = key(home.seed, JOINS, day), key(home.seed, RENEWS)
        found = np.empty((2, 2, tally[c.N_LOOKERS] + tally[c.N_ORDERS]), np.int64)
        offers = terms, discounts, whom, reminded
        return decide(day, home.handle, luck, self.paid, self._fen, offers, self._keen, found), found

    def _lay_out(self) -> tuple[Ints, Floats, Ints]:
        """Today's offers as a kernel reads them, see `decide`."""
        reminded = np.zeros(len(self.home.salts), np.int64)
        for cause, offer in self._terms.items():
            reminded[cause] = min(REMINDED, -(-offer.term // PART))
        terms = np.array([(one.fee, one.term, one.perks, cause) for cause, one in self._offers], np.int64)
        return terms, np.array([one.discount for _, one in self._offers]), reminded

    def _sell(self, persons: Ints, offers: Ints) -> Occurred:
        """Take the fees, and pay for gifts."""
        if not persons.size:
            return NOBODY
        books, fees = self.home.books, np.array([offer.fee for _, offer in self._offers])[offers]
        books.prepay(int(fees.sum()))
        for number, (cause, offer) in enumerate(self._offers):
            who = persons[offers == number]
            self.home.taken.append((cause, who))
            if offer.gift and who.size:
                books.pay(Account.GIFTS, cause, offer.gift * len(who))
                if books.full:
                    gifts = np.full(len(who), offer.gift)
                    books.note(Account.GIFTS, cause, -gifts, who, self.home.people.group[who])
        return Occurred(persons, fees)

    def close(self, day: int) -> dict[str, int]:
        """A day's part of each fee is earned, to the fen: the last day of a term takes what is left."""
        books, earned = self.home.books, np.zeros(len(self.home.salts), np.int64)
        who, fen = np.empty((2, self._paying + self._numbers[ENROLLED.name]), np.int64)
        self._paying = n = earn(day, self.paid, who, fen, earned)
        for cause in sorted(self._terms):
            if earned[cause]:
                books.earn(Account.FEES, cause, int(earned[cause]))
            if earned[cause] and books.full:
                some = (self.paid.programme[who[:n]] == cause) & (fen[:n] > 0)
                persons = who[:n][some]
                books.note(Account.FEES, cause, fen[:n][some], persons, self.home.people.group[persons])
        return {"paying": n, "expired": len(self._ended), "fees_paid": self._fees} | self._numbers


@njit()
def belong(day, handle, until, by, buy, leave):  # type: ignore[no-untyped-def]
    """Add to the dials of members who have paid."""
    status, (belonging, leaving) = handle.state.people.tiny[c.STATUS], by
    for i in range(len(until)):
        if until[i] >= day and status[i] == MEMBER:
            buy[i] += belonging
            leave[i] += leaving


@njit()
def decide(day, handle, luck, paid, fen, offers, keen, found):  # type: ignore[no-untyped-def]
    """Let lookers join, and who is about to run out renew for a term after the one that is paid.

    luck: streams of joining, one draw a day, and of renewing, one draw a term, so that to be asked on many
    days is to be asked once.  fen: see `deciding.fen_a_day`.  offers: fee, term, perks and cause of each;
    discounts; whom it is for (`deciding.for_whom`); days of reminding by cause.  keen: notice, steepness
    and the pull of trust.  Returns how many renew and how many join; ``found`` gets them, and their offers.
    """
    people, out, (terms, discounts, whom, reminded) = handle.state.people, handle.state.out, offers
    (joins, renews), (notice, steepness, pull), p = luck, keen, handle.state.params[0]
    n_joining = n_renewing = 0
    for i in range(len(people.muted)):
        looked, new = people.bits[c.LOOKS, i] & np.uint32(1) != 0, paid.until[i] < day
        if not (looked or (not new and out.flags[c.BOUGHT, i])):
            continue
        u, certain = (uniform(joins, i), notice) if new else (uniform_pair(renews, i, paid.until[i]), 1.0)
        if u >= certain or not (new or paid.until[i] - day < reminded[paid.programme[i]]):
            continue
        best, most, worth, fee, a_day = 0, -np.inf, 0.0, 1.0, fen_a_day(people, i, fen)
        for k in range(len(terms)):
            price, days, perks = terms[k, 0], terms[k, 1], terms[k, 2]
            value = a_day * days * discounts[k] + perks
            if value - price > most and (len(whom) == 0 or whom[k, i]):
                best, most, worth, fee = k, value - price, value, np.float64(price)
        chance = chance_of_yes(worth, fee, people.reals[c.TRUST, i], steepness, pull, p)
        if u < certain * chance:
            n = n_joining if new else n_renewing
            found[0, 1 if new else 0, n], found[1, 1 if new else 0, n] = i, best
            n_joining, n_renewing = n_joining + new, n_renewing + (not new)
            _pay(day, i, paid, terms[best])
    return n_renewing, n_joining


@borrowing
def _pay(day, i, paid, terms):  # type: ignore[no-untyped-def]
    paid.until[i] = max(paid.until[i], day - 1) + terms[1]
    paid.programme[i] = terms[3]
    paid.unearned[i] += terms[0]


@njit()
def earn(day, paid, who, fen, earned):  # type: ignore[no-untyped-def]
    """Earn a day's part of each fee: ``who`` has paid, how much each; sums by cause.  Says how many."""
    n = 0
    for i in range(len(paid.until)):
        if paid.until[i] >= day:
            who[n], fen[n] = i, paid.unearned[i] // (paid.until[i] - day + 1)
            paid.unearned[i] -= fen[n]
            earned[paid.programme[i]] += fen[n]
            n += 1
    return n
