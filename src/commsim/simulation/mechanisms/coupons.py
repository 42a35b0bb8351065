"""Coupons: who holds which, when it comes to mind, who passes it on, and what becomes of it."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.coupons import COUPON_EXPIRED, COUPONS, REDEEMED, Issue
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.campaign import Campaign
from commsim.simulation.mechanisms.passing import pass_on
from commsim.simulation.takes import takes
from commsim.simulation.tempting import wanted_anyway

_TAKES, _MIND = purpose("coupons, who takes one"), purpose("coupons, to whose mind it comes")
_NOBODY = np.zeros(0, np.int64)


class Coupons(Mechanics):
    """All coupons.  Those of a strategy with other settings are other coupons, and old ones stay good."""

    declared = COUPONS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._held = self.columns["coupons"]
        self._b = getattr(home.scenario.behaviour, COUPONS.name)
        self._campaigns: dict[tuple[int, Issue], Campaign] = {}

    def morning(self, day: int) -> None:
        """Coupons whose time is over expire."""
        self._day, self._posted = day, list[Campaign]()
        self._fresh: list[tuple[Campaign, Ints]] = []
        self._issued = self._passed = self._redeemed_passed = 0
        expired = [rows for one in self._in_use() if (rows := one.expire(day)).size]
        for rows in expired:
            self._held[rows] -= 1
        self._expired = np.concatenate(expired) if expired else _NOBODY
        self._told = [self.home.message(one.due_for_reminder(day)) for one in self._in_use()]

    def _in_use(self) -> list[Campaign]:
        return [one for one in self._campaigns.values() if one.in_hand]

    @takes(Issue)
    def issue(self, effect: Issue, cause: int) -> None:
        """Send coupons to all who may have one, or put them where who looks in takes one."""
        one = self._campaigns.get((cause, effect))
        if one is None:
            products = np.ones(len(self.home.scenario.products), np.bool_)
            if effect.products:
                products[:] = False
                products[list(effect.products)] = True
            one = Campaign(cause, effect, len(self._held), products, self._b)
            self._campaigns[cause, effect] = one
        if effect.posted:
            self._posted.append(one)
            return
        rows = self.home.message(self._may_have(one))
        self._told.append(rows)
        self._give(one, rows)

    def _may_have(self, one: Campaign) -> Ints:
        rows = np.flatnonzero((self.home.people.status == MEMBER) & one.may_have(self._day))
        whom = self.home.audience(one.cause, one.terms.reach)
        return rows if whom is None else rows[whom[rows]]

    def _give(self, one: Campaign, rows: Ints) -> None:
        one.give(rows, self._day)
        self._held[rows] += 1
        self._issued += len(rows)
        self._fresh.append((one, rows))

    def dial(self, day: int, desk: Desk) -> None:
        """Who holds a coupon buys more or less for that alone."""
        self._desk = desk
        for one in self._in_use():
            by = self._b.exposure + (self._b.shareable if one.terms.friends else 0.0)
            if by:
                desk.turn(Dial.BUY, by, np.flatnonzero(one.held))

    def midday(self, day: int) -> None:
        """Lookers take what is posted, some pass theirs on, and coupons come to mind."""
        for one in self._posted:
            rows = self._may_have(one)
            rows = rows[(self.home.people.looks[rows] & np.uint32(1)) != 0]
            self._give(one, rows[self._draws(_TAKES, one, rows) < self._b.take])
        for one, rows in self._fresh:
            if one.terms.friends and len(rows):
                got = pass_on(one, rows, self.home, self._b, day)
                self._held[got] += 1
                self._issued += len(got)
                self._passed += len(got)
        self._offered = self._in_use()
        if self._offered:
            self._best = self._desk.take_off([one.cut(self._in_mind(one)) for one in self._offered])

    def _in_mind(self, one: Campaign) -> Ints:
        rows: Ints = np.flatnonzero(one.held)
        return rows[self._draws(_MIND, one, rows) < one.chance(rows, self._day)]

    def _draws(self, what: int, one: Campaign, rows: Ints) -> Floats:
        return uniforms(key(self.home.seed, what, self._day, int(self.home.salts[one.cause])), rows)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Whose coupon was redeemed, and whose had expired in the morning."""
        self._anyway, self._redeemed = 0.0, NOBODY
        if self._offered:
            self._redeem()
        for rows in self._told:  # a message of the shop, which tires as its posts do
            self.home.people.fatigue[rows] += np.float32(1.0)
        return {
            REDEEMED: self._redeemed,
            COUPON_EXPIRED: Occurred(self._expired, np.zeros(len(self._expired), np.int64)),
        }

    def _redeem(self) -> None:
        """Take away those that were redeemed, and count what would have been bought anyway."""
        used, home = self._best.used, self.home
        buyers = home.out.order_person[: home.out.tally[c.N_ORDERS]].astype(np.int64)
        for number, one in enumerate(self._offered):
            self._redeemed_passed += one.redeem(buyers[used == number])
        some = used >= 0
        self._anyway = wanted_anyway(home.handle, self._best, home.scenario.behaviour.buying.sample_price)
        self._redeemed = Occurred(buyers[some], self._best.off[some])
        self._held[self._redeemed.persons] -= 1

    def close(self, day: int) -> dict[str, int | float]:
        """Count them."""
        return {
            "coupons_issued": self._issued,
            "coupons_passed": self._passed,
            "coupons_redeemed": len(self._redeemed.persons),
            "coupons_anyway": self._anyway,
            "coupons_passed_redeemed": self._redeemed_passed,
            "coupons_expired": len(self._expired),
            "coupons_held": sum(one.in_hand for one in self._in_use()),
        }
