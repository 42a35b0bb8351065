"""The rules of coupons once more, person by person."""

import math
from types import SimpleNamespace

from plain_members import single

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.luck import purpose
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER

TAKES, MIND = purpose("coupons, who takes one"), purpose("coupons, to whose mind it comes")
PASSES, TO = purpose("coupons, who passes one on"), purpose("coupons, to which friends")
JOINS = purpose("coupons, who joins for one")


class PlainCoupons:
    """Each person has a wallet: from a campaign to the coupon in hand; and knows when they got which."""

    def __init__(self, model):
        self.model, self.b, self.campaigns = model, model.p.coupons, []
        for person in model.people:
            person.wallet, person.had, person.coupons = {}, {}, 0

    def morning(self):
        self.posted, self.fresh, self.messaged, self.expired = [], [], [], []
        self.count = dict.fromkeys(("issued", "passed", "redeemed", "passed_redeemed"), 0)
        for campaign in self.campaigns:
            for person in self.model.people:
                coupon = person.wallet.get(campaign)
                if coupon and self.model.day - coupon.day >= campaign[1].days:
                    self.drop(person, campaign)
                    self.expired.append(person.row)
        for campaign in self.campaigns:
            terms = campaign[1]
            due = self.model.day - terms.days + 2
            holders = [one for one in self.model.people if campaign in one.wallet]
            late = [
                one for one in holders if terms.remind and terms.days > 2 and one.wallet[campaign].day == due
            ]
            self.messaged += self.model.message(late)

    def drop(self, person, campaign):
        person.coupons -= 1
        return person.wallet.pop(campaign)

    def draw(self, what, campaign, row, other=None):
        stream = luck.key(self.model.seed, what, self.model.day, self.model.salts[campaign[0]])
        return luck.uniform(stream, row) if other is None else luck.uniform_pair(stream, row, other)

    def may_have(self, person, campaign):
        had, again = person.had.get(campaign), campaign[1].again
        if campaign in person.wallet or not self.addressed(person, campaign):
            return False
        return had is None or (again > 0 and self.model.day - had >= again)

    def addressed(self, person, campaign):
        cause, terms = campaign
        return person.row in self.model.audience(cause) and person.reached(cause, terms.reach)

    def give(self, person, campaign, keen=1.0, friend=False):
        person.wallet[campaign] = SimpleNamespace(day=self.model.day, keen=keen, friend=friend)
        person.had[campaign] = self.model.day
        person.coupons += 1
        self.count["issued"] += 1

    def _issue(self, effect, cause):
        campaign = cause, effect
        if campaign not in self.campaigns:
            self.campaigns.append(campaign)
        if effect.posted:
            self.posted.append(campaign)
            return
        due = [one for one in self.model.people if one.status == MEMBER and self.may_have(one, campaign)]
        for person in self.model.message(due):
            self.messaged.append(person)
            self.give(person, campaign)
            self.fresh.append((campaign, person))

    def dial(self):
        for person in self.model.people:
            for campaign in (one for one in self.campaigns if one in person.wallet):
                by = self.b.exposure + (self.b.shareable if campaign[1].friends else 0.0)
                if by:
                    buying = self.model.nudges.setdefault(Dial.BUY, [0.0] * len(self.model.people))
                    buying[person.row] += by

    def midday(self):
        for campaign in self.posted:
            for person in self.model.people:
                looks = person.looked and person.status == MEMBER and self.may_have(person, campaign)
                if looks and self.draw(TAKES, campaign, person.row) < self.b.take:
                    self.give(person, campaign)
                    self.fresh.append((campaign, person))
        for campaign in dict.fromkeys(campaign for campaign, _ in self.fresh):
            self.pass_on(campaign, [person for of, person in self.fresh if of == campaign])
        for person in self.model.people:
            person.in_mind = [one for one in self.campaigns if self.comes_to_mind(person, one)]
        self.used, self.anyway = [], []
        self.model.cuts.append(self.cut)

    def pass_on(self, campaign, holders):
        terms, gets = campaign[1], {}
        for giver in holders:
            if not terms.friends or self.draw(PASSES, campaign, giver.row) >= self.b.pass_on:
                continue
            nearest = sorted(giver.friends, key=lambda row: self.draw(TO, campaign, giver.row, row))
            for friend in (self.model.people[row] for row in nearest[: terms.friends]):
                outside = friend.status == STRANGER and friend.due < 0
                joins = outside and self.draw(JOINS, campaign, giver.row, friend.row) < self.b.joins
                if (joins or friend.status == MEMBER) and self.may_have(friend, campaign):
                    gets.setdefault(friend.row, giver)
        for row, giver in sorted(gets.items()):
            friend = self.model.people[row]
            if friend.status == STRANGER:
                friend.bind(self.model.day + 1, giver.row, campaign[0])
            self.give(friend, campaign, self.b.together if terms.together else self.b.shared, friend=True)
            self.count["passed"] += 1

    def comes_to_mind(self, person, campaign):
        coupon, terms = person.wallet.get(campaign), campaign[1]
        if coupon is None:
            return False
        age = self.model.day - coupon.day
        chance = exp(-age / self.b.memory)
        if age >= terms.days - 2:
            chance = max(chance, self.b.reminded if terms.remind else self.b.last_days)
        return self.draw(MIND, campaign, person.row) < single(coupon.keen) * chance

    def best(self, person, fen, product, on_sale):
        """The coupon in mind that takes off most, and how much."""
        most, chosen = 0, None
        for campaign in person.in_mind:
            terms = campaign[1]
            off = min(fen - 1, terms.fen or fen - math.floor(fen * (1.0 - terms.share) + 0.500001))
            holds = fen >= terms.least and (not terms.products or product in terms.products)
            if holds and (terms.sales or not on_sale) and off > most:
                most, chosen = off, campaign
        return most, chosen

    def cut(self, person, fen, product, on_sale):
        most, chosen = self.best(person, fen, product, on_sale)
        return most, chosen[0] if chosen else -1

    def settled(self):
        """After orders are priced: coupons that they took are gone."""
        for order in self.model.orders:
            on_sale = order.cause != self.model.shelf_cause
            off, campaign = self.best(order.person, order.before_cuts, order.product, on_sale)
            if campaign:
                friend = self.drop(order.person, campaign).friend
                self.count["redeemed"] += 1
                self.count["passed_redeemed"] += friend
                self.used.append((order.person.row, off))
                self.anyway.append(self.still_wanted(order, off))

    def still_wanted(self, order, off):
        """Rate of buying without the coupon over that with it."""
        usual, least = self.model.plan.products[order.product].price, self.model.p.buying.sample_price
        high, low = (
            log(max(fen, least * usual) / usual) for fen in (order.before_cuts, order.before_cuts - off)
        )
        effect = order.person.price_effect
        return exp(-(effect(low) - effect(high)))

    def told(self):
        self.settled()
        for person in self.messaged:
            person.fatigue += 1.0
        return {"redeemed": [row for row, _ in self.used], "coupon_expired": self.expired}

    def close(self):
        for row, fen in self.used:
            self.model.note("redeemed", row, fen=fen)
        for row in self.expired:
            self.model.note("coupon_expired", row)

    def numbers(self):
        counts = {f"coupons_{name}": number for name, number in self.count.items()}
        held = sum(len(person.wallet) for person in self.model.people)
        return counts | {
            "coupons_expired": len(self.expired),
            "coupons_held": held,
            "coupons_anyway": math.fsum(self.anyway),
        }
