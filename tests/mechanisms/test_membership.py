"""Paid membership: its plain twin, and its laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_deciding import chance_of_yes, fen_a_day
from test_equal_bits import ALL, both, differing, of_few
from worlds import differing as differing_runs
from worlds import fen, plan, run, world

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.maths import log
from commsim.core.mechanisms.membership import MEMBERSHIP
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.strategies.membership import Membership
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "membership.md"
LIVELY = Membership(fee=5, term=9, discount=0.2, perks=4, perks_cost=1.5, starts=2, ends=24)
DEARER = Membership(
    name="gold", fee=12, term=12, discount=0.3, perks=6, early_access=True, weekdays=("mon", "thu", "sat")
)


class PlainMembership:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.terms = model, model.p.membership, {}
        for person in model.people:
            person.paid_until, person.programme, person.unearned = -1, -1, 0

    def morning(self):
        self.whom: dict[int, set[int]] = {}
        self.offers, self.joined, self.renewed = [], [], []
        today = self.model.day
        self.ended = [p.row for p in self.model.people if today and p.paid_until == today - 1]

    def _enrol(self, effect, cause):
        self.offers.append((cause, effect))
        self.whom[cause] = self.model.audience(cause)
        self.terms[cause] = effect

    def dial(self):
        today, people = self.model.day, self.model.people
        paid = [person for person in people if person.paid_until >= today]
        for cause, terms in sorted(self.terms.items()):
            mine = [person for person in paid if person.programme == cause]
            self._cheapen(cause, terms, mine)
            if terms.early and paid:
                early = self.model.nudges.setdefault(Dial.EARLY, [0.0] * len(people))
                for person in mine:
                    early[person.row] += 1.0
        if paid:
            turned = {
                dial: self.model.nudges.setdefault(dial, [0.0] * len(people))
                for dial in (Dial.BUY, Dial.LEAVE)
            }
            for person in paid:
                if person.status == MEMBER:
                    turned[Dial.BUY][person.row] += self.b.belonging
                    turned[Dial.LEAVE][person.row] += log(self.b.leaving)

    def _cheapen(self, cause, terms, mine):
        if not terms.discount or not any(p.paid_until >= self.model.day for p in self.model.people):
            return
        ratios = {person.row: log(1.0 - terms.discount) for person in mine}
        price = self.model.nudges.setdefault(Dial.PRICE, [0.0] * len(self.model.people))
        for row, ratio in ratios.items():
            price[row] += ratio
        self.model.prices.append((cause, lambda person: ratios.get(person.row, 0.0)))

    def evening(self):
        ordered = {order.person for order in self.model.orders}
        for person in self.model.people if self.offers else ():
            looked = person.status == MEMBER and person.looked
            if looked or (person in ordered and person.paid_until >= self.model.day):
                self._ask(person)

    def _ask(self, person):
        today, seed = self.model.day, self.model.seed
        spends = fen_a_day(self.model, person)
        values = [spends * o.term * o.discount + o.perks for _, o in self.offers]
        for_them = [k for k, (cause, _) in enumerate(self.offers) if person.row in self.whom[cause]]
        if not for_them:
            return
        best = max(for_them, key=lambda k: values[k] - self.offers[k][1].fee)
        cause, offer = self.offers[best]
        chance = chance_of_yes(person, self.b, values[best], offer.fee)
        if person.paid_until < today:
            key = luck.key(seed, luck.purpose("membership, who joins"), today)
            if luck.uniform(key, person.row) < self.b.notice * chance:
                self.joined.append((person.row, offer.fee))
                self._sell(person, cause, offer)
        elif person.paid_until - today < min(30, -(-self.terms[person.programme].term // 6)):
            key = luck.key(seed, luck.purpose("membership, who renews"))
            if luck.uniform_pair(key, person.row, person.paid_until) < chance:
                self.renewed.append((person.row, offer.fee))
                self._sell(person, cause, offer)

    def _sell(self, person, cause, offer):
        person.paid_until = max(person.paid_until, self.model.day - 1) + offer.term
        person.programme = cause
        person.unearned += offer.fee
        self.model.prepaid += offer.fee
        if offer.gift:
            self.model.enter(Account.GIFTS, cause, -offer.gift, person)

    def told(self):
        firsts = [[row for row, _ in some] for some in (self.joined, self.renewed)]
        return {"enrolled": firsts[0], "renewed": firsts[1], "expired": self.ended}

    def close(self):
        today = self.model.day
        for person in self.model.people:
            if person.paid_until >= today:
                earned = person.unearned // (person.paid_until - today + 1)
                person.unearned -= earned
                self.model.prepaid -= earned
                if earned:
                    self.model.enter(Account.FEES, person.programme, earned, person)
        for name, rows in (("enrolled", self.joined), ("renewed", self.renewed)):
            for row, fee in rows:
                self.model.note(name, row, fen=fee)
        for row in self.ended:
            self.model.note("expired", row)

    def numbers(self):
        today = self.model.day
        return {
            "paying": sum(person.paid_until >= today for person in self.model.people),
            "enrolled": len(self.joined),
            "renewed": len(self.renewed),
            "expired": len(self.ended),
            "fees_paid": sum(fee for _, fee in (*self.joined, *self.renewed)),
        }


FOR_SOME = DEARER.model_validate(DEARER.model_dump() | {"name": "some", "who": {"lot": 0.5}})


@pytest.mark.parametrize(
    "others",
    [(), (FOR_SOME,), pytest.param((DEARER, *ALL), marks=pytest.mark.slow)],
    ids=["alone", "two tiers, one for some", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    behaviour = Behaviour(membership={"notice": 0.3})
    engine, plain = both(of_few("unmanaged-group", LIVELY, *others, behaviour=behaviour), PlainMembership)
    assert differing(engine, plain) == []
    assert {"enrolled", "renewed", "expired"} <= {event[0] for event in plain.events}


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        MEMBERSHIP,
        Membership,
        twin=lambda plan: differing(*both(plan, PlainMembership)),
        docs=DOCS.read_text(encoding="utf-8"),
        perks=10,
    )


OFF = {"membership": {"belonging": 0.0, "leaving": 1.0, "notice": 1.0, "steepness": 20.0, "trust": 0.0}}
"""Who has paid is not changed by it, and the worth alone decides."""
GIFT = {"kind": "membership", "fee": 5, "discount": 0, "perks": 10, "term": 9}
"""Worth twice its fee to everybody: odds of 2^20, so that all who look join."""


def test_a_membership_without_effects_changes_money_alone():
    """No discount, no belonging, nobody who stays for it: the members' day keeps every byte."""
    without = plan(members=300, days=40, behaviour=OFF)
    found = differing_runs(run(without), run(plan(GIFT, members=300, days=40, behaviour=OFF)))
    of_its_own = {"daily.liability", "events.kind", "ledger", "entries"}
    own = {f"daily.{c.name}" for c in MEMBERSHIP.daily} | {f"members.{c.name}" for c in MEMBERSHIP.columns}
    assert {name for name in found if name.split(".")[0] not in ("events", "ledger", "entries")} <= (
        of_its_own | own
    )


def test_fees_are_earned_over_the_term_to_the_fen_and_owed_until_then():
    made = world(plan(GIFT | {"ends": 0, "fee": 10, "perks": 20}, members=300, days=12, behaviour=OFF))
    made.advance()
    joined = int(np.count_nonzero(made.columns["paid_until"] == 8))
    assert joined > 20
    assert made.books.owed == joined * (1000 - 111)
    for _ in range(8):
        made.advance()
    records = made.records()
    each_day = np.zeros(9, np.int64)
    fees = records.ledger["account"] == records.accounts.index("fees")
    np.add.at(each_day, records.ledger["day"][fees], records.ledger["fen"][fees])
    assert (each_day // joined).tolist() == [111] * 8 + [112]
    assert records.daily["fees_paid"].sum() == each_day.sum() == joined * 1000
    assert records.daily["liability"][-1] == made.columns["unearned"].sum() == 0
    made.advance()
    assert made.records().daily["expired"][-1] == joined


@pytest.mark.parametrize("perks", [4.9, 5.1])
def test_who_joins_follows_worth_against_the_fee(perks):
    """With steep odds nobody pays more than it is worth, and all who look pay less."""
    behaviour = OFF | {"membership": OFF["membership"] | {"steepness": 20.0}}
    made = world(
        plan(GIFT | {"fee": 5, "perks": perks, "term": 300}, members=2000, days=1, behaviour=behaviour)
    )
    looked = made.advance().lookers
    chance = 1 / (1 + (5 / perks) ** 20)
    joined = np.count_nonzero(made.columns["paid_until"] > 0)
    assert joined == pytest.approx(chance * len(looked), abs=4 * (chance * (1 - chance) * len(looked)) ** 0.5)


def test_to_be_asked_to_renew_on_many_days_is_to_be_asked_once():
    """Even odds: half of all who come by in the last days pay again, however often they come."""
    even = {"membership": OFF["membership"] | {"notice": 1.0, "steepness": 0.0}}
    offer = {"kind": "membership", "fee": 5, "perks": 5, "discount": 0, "term": 60}
    made = world(plan(offer, members=3000, days=61, behaviour=even, activity=0.9))
    for _ in range(61):
        made.advance()
    daily = made.records().daily
    first = np.cumsum(daily["enrolled"])[0]
    shown = daily["renewed"].sum() / (daily["renewed"].sum() + daily["expired"].sum())
    assert first > 500
    assert shown == pytest.approx(0.5, abs=0.06)


def test_what_was_paid_for_outlasts_the_offer_and_the_group():
    """Who left pays the members' price in the shop, and what they do there is theirs."""
    offer = {"kind": "membership", "fee": 1, "discount": 0.1, "perks": 50, "term": 200, "ends": 3}
    leaving = {"stay": {"leave": 0.05}, **OFF}
    made = world(plan(offer, members=400, days=60, behaviour=leaving))
    seen = []
    for _ in range(60):
        happened = made.advance()
        paid = made.columns["paid_until"][happened.order_persons] > 0
        left = made.people.status[happened.order_persons] != MEMBER
        if happened.day > 4:
            seen += happened.order_fen[paid & left].tolist()
            assert set(happened.order_fen[paid].tolist()) <= {2700}
            assert set(happened.order_fen[~paid].tolist()) <= {3000}
    assert len(seen) > 5
    records = made.records()
    assert fen(records, "discount", cause="membership") == -300 * np.count_nonzero(
        records.events["fen"][records.events["kind"] == 3] == 2700
    )


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"discount": 0}, "nobody buys a membership without a right"),
        ({"reach": 0.5}, "leave out reach"),
        ({"fee": 0}, "greater than or equal to 1"),
    ],
)
def test_memberships_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        Membership(**settings)
