"""Shareholders: their plain twin, and their laws."""

from pathlib import Path

import pytest
from plain_bait import draw
from plain_deciding import chance_of_yes
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, run, world

from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.maths import log
from commsim.core.mechanisms.shareholders import SHAREHOLDERS
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.strategies.audience import Who
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.shareholder import Shareholder
from commsim.testing import check_mechanism

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "shareholders.md").read_text(encoding="utf-8")
LIVELY = Shareholder(seats=12, price=20, term=30, profit_share=0.5, starts=2)
KEPT = Shareholder(seats=9, price=15, term=31, profit_share=0.9, returned=False, who=Who(muted=False))
KEEN = {"notice": 0.8, "buying": 0.7, "buying_days": 9}


class PlainShareholders:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.programme = model, model.p.shareholders, None
        for person in model.people:
            person.holds_until, person.paid_in = -1, 0
        self.profits, self.shared = [], 0

    def morning(self):
        model, day = self.model, self.model.day
        self.open, self.seated, self.paid = None, [], []
        if day:
            self.profits.append(sum(row[-1] for row in model.entries if row[0] == day - 1) + self.shared)
        self.shared = 0
        if self.programme is None:
            return
        cause, terms = self.programme
        part = int(max(0, sum(self.profits[-30:])) * terms.share) // terms.seats
        for person in self._holders(day - 1) if day % 30 == 0 and part else ():
            model.enter(Account.PROFIT_SHARE, cause, -part, person)
            model.note("payment", person.row, fen=part, cause=cause)
            self.paid.append(person.row)
            self.shared += part
        for person in self._holders(day - 1):
            if person.holds_until == day - 1 and terms.returned:
                model.prepaid -= person.paid_in
                person.paid_in = 0

    def _holders(self, day):
        return [person for person in self.model.people if person.holds_until >= max(0, day)]

    def _seats(self, effect, cause):
        self.programme = cause, effect
        self.open = effect

    def dial(self):
        model, day = self.model, self.model.day
        holders = self._holders(day)
        if not holders:
            return
        friends, buying = (
            model.nudges.setdefault(dial, [0.0] * len(model.people)) for dial in (Dial.INVITE, Dial.BUY)
        )
        for person in holders:
            if person.status == MEMBER:
                friends[person.row] += log(self.b.friends)
                if day - (person.holds_until - self.programme[1].term + 1) < self.b.buying_days:
                    buying[person.row] += self.b.buying

    def told(self):
        if self.open is not None and self.profits:
            self._sell(*self.programme)
        return {"seated": [(person.row, person.paid_in) for person in self.seated], "shared": self.paid}

    def _sell(self, cause, terms):
        model, day, whom = self.model, self.model.day, self.model.audience(cause)
        left = terms.seats - len(self._holders(day))
        last = self.profits[-30:]
        worth = max(0.0, sum(last) / len(last)) * terms.term * terms.share / terms.seats
        stake, keen = terms.fen * (self.b.risk if terms.returned else 1.0), []
        for person in model.people:
            if not person.looked or person.status != MEMBER or person.row not in whom:
                continue
            considers, luck = (
                draw(model, f"shareholders, who {does} a seat", person.row, day, model.salts[cause])
                for does in ("considers", "takes")
            )
            new = person.holds_until < day and considers < self.b.notice
            if new and luck < chance_of_yes(person, self.b, worth, stake):
                keen.append((luck, person.row, person))
        self.seated = [person for _, _, person in sorted(keen)[: max(0, left)]]
        for person in self.seated:
            person.holds_until, person.paid_in = day + terms.term, terms.fen
            model.prepaid += terms.fen

    def close(self):
        model, day = self.model, self.model.day
        for person in self.seated:
            model.note("seated", person.row, fen=self.programme[1].fen)
        if self.programme is not None and not self.programme[1].returned:
            for person in self._holders(day):
                earned = person.paid_in // (person.holds_until - day + 1)
                person.paid_in -= earned
                model.prepaid -= earned
                if earned:
                    model.enter(Account.FEES, self.programme[0], earned, person)

    def numbers(self):
        return {
            "holders": len(self._holders(self.model.day)), "seated": len(self.seated),
            "shared_profit": self.shared,
        }  # fmt: skip


FRIENDS = DistributorRebate(base=0.8, weekdays=("mon", "thu"), asks_again=6)


@pytest.mark.parametrize(
    ("strategy", "others"),
    [
        (LIVELY, ()),
        (KEPT, (FRIENDS,)),
        pytest.param(LIVELY, ALL, marks=pytest.mark.slow),
    ],
    ids=["paid back", "kept", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(strategy, others):
    plan_ = of_few(
        "unmanaged-group", strategy, *others, behaviour=Behaviour(shareholders=KEEN), days=40, members=150
    )
    engine, plain = both(plan_, PlainShareholders)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    if others:  # with all that costs money there is no profit to share, and nobody takes a seat
        return
    assert daily["seated"].sum() > 5
    assert daily["shared_profit"].sum() > 0
    assert daily["seated"].sum() > strategy.seats or not strategy.returned


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        SHAREHOLDERS,
        Shareholder,
        twin=lambda plan: differing(*both(plan, PlainShareholders)),
        docs=DOCS,
        price=5,
        profit_share=0.9,
    )


def seats(days=65, members=300, shareholders=None, **settings):
    offer = {"kind": "shareholder", "seats": 20, "price": 10, "term": 60, **settings}
    return plan(
        offer, days=days, members=members, behaviour={"shareholders": shareholders or {"notice": 0.5}}
    )


def test_what_is_paid_in_is_owed_until_it_goes_back_and_never_income():
    made = world(seats(days=80, seats=5, ends=9))
    for day in range(80):
        made.advance()
        owed = int(made.columns["paid_in"].sum())
        assert made.books.prepaid == owed
        assert owed == 1000 * made.records().daily["holders"][-1] or day > 60
    records = made.records()
    assert records.daily["seated"].sum() == 5
    assert made.books.prepaid == 0
    assert fen(records, "fees") == 0


def test_what_is_kept_is_earned_to_the_fen():
    made = world(seats(days=80, seats=5, ends=9, returned=False, price=7.77))
    for _ in range(80):
        made.advance()
    records = made.records()
    assert fen(records, "fees") == 777 * records.daily["seated"].sum() > 0
    assert made.books.prepaid == 0


def test_each_seat_gets_its_part_of_a_months_profit():
    records = run(seats(days=31, seats=4, profit_share=0.2, term=90))
    profit = int(records.ledger["fen"][records.ledger["day"] < 30].sum())
    holders = records.daily["holders"][29]
    assert holders > 0
    assert records.daily["shared_profit"][30] == int(profit * 0.2) // 4 * holders
    assert fen(records, "profit_share") == -records.daily["shared_profit"].sum()


def test_no_more_seats_are_sold_than_there_are():
    records = run(seats(days=20, seats=7, price=0.01))
    assert records.daily["holders"].max() == 7


@pytest.mark.parametrize(
    ("settings", "text"),
    [({"reach": 0.5}, "leave out reach"), ({"term": 10}, "term"), ({"profit_share": 0}, "profit_share")],
)
def test_seats_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        seats(**settings)
