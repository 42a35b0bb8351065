"""Cash: a plain twin, books that agree with it, closing for good, and what a plan may say of it."""

from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_few
from test_goods import RANGE, PlainGoods
from test_rivals import bytes_of
from test_stored_value import EAGER, LIVELY, PlainStoredValue
from worlds import EIGHT, plan, run, world

from commsim.core.effects import Account
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.cash import CASH
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.cash import Cash, Fixed
from commsim.scenario.goods import Goods
from commsim.scenario.lint import findings
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.schema import Operator, Product, Scenario
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "cash.md").read_text(encoding="utf-8")
FROM_MEMBERS = {"sales", "discount", "fees", "breakage"}


class PlainCash:
    """The rules once more: a list of payments with their days, and the entries that they are for."""

    def __init__(self, model):
        self.model, self.terms = model, model.plan.cash
        self.cash, self.later = self.terms.opening, []
        model.bought = model.used = model.salvaged = 0  # where there are goods of a stock, they tell
        self.entered = self.owed = self.prepaid = self.held = self.wages = self.open_days = 0

    def morning(self):
        pass

    dial = close = morning

    def told(self):
        return {}

    def reckon(self):
        model, before = self.model, self.cash
        of_today, self.entered = model.entries[self.entered :], len(model.entries)
        by = {account.value: 0 for account in Account}
        for _, account, *_, fen in of_today:
            by[account] += fen
        owed = model.liability + model.prepaid
        sent = sum(one.total for one in model.envelopes if one.sender < 0)
        held = sent - sum(fen for _, fen, one, _ in model.catches if one.sender < 0)
        members = sum(by[name] for name in FROM_MEMBERS) + model.prepaid - self.prepaid
        now = sum(by.values()) + owed - self.owed - (held - self.held)
        now -= members + by["goods"] + by["staff"] + by["write_off"]
        now += model.salvaged
        self.owed, self.held, self.prepaid = owed, held, model.prepaid
        self.cash += now
        day, terms = model.day, self.terms
        self.later += [
            (day + terms.customers_pay_after, "come", members),
            (day + terms.pays_suppliers_after, "bill", by["goods"] + model.used - model.bought),
        ]
        self.wages += by["staff"]
        came = sum(fen for due, what, fen in self.later if what == "come" and due == day)
        self.cash += came
        if not model.shut:
            self._pay()
        ran_out = not model.shut and self.cash < -terms.credit
        if ran_out:
            model.shut, model.own_rate = True, 0.0
        self._tell(came, before, ran_out)

    def _pay(self):
        day, terms, own = self.model.day, self.terms, self.model.shelf_cause + 1
        self.cash += sum(fen for due, what, fen in self.later if what == "bill" and due == day)
        self.later = [one for one in self.later if one[1] != "bill" or one[0] > day]
        if day % terms.pays_staff_every == terms.pays_staff_every - 1:
            self.cash, self.wages = self.cash + self.wages, 0
        for one in terms.fixed:
            so_far = [one.per_month * days // 30 for days in (day % 30, day % 30 + 1)]
            if cost := so_far[1] - so_far[0]:
                self.model.enter(Account.FIXED, own, -cost)
            if one.months_ahead and day % (30 * one.months_ahead) == 0:
                self.cash -= one.months_ahead * one.per_month
            if not one.months_ahead and day % 30 == 29:
                self.cash -= one.per_month
        if self.cash < 0 and (fen := round(-self.cash * terms.interest / 365)):
            self.model.enter(Account.INTEREST, own, -fen)
            self.cash -= fen
        self.entered = len(self.model.entries)

    def _tell(self, came, before, ran_out):
        behind = [one for one in self.terms.fixed if not one.months_ahead]
        self.open_days += ran_out or not self.model.shut
        begun = sum(one.per_month * (self.open_days % 30) // 30 for one in behind)
        bills = -sum(fen for _, what, fen in self.later if what == "bill") - self.wages
        self.found = {
            "cash": self.cash,
            "put_in": self.terms.opening,
            "cash_in": came,
            "cash_out": before + came - self.cash,
            "unpaid_bills": bills + begun,
            "on_the_way": sum(f for due, what, f in self.later if what == "come" and due > self.model.day),
            "ran_out": int(ran_out),
        }

    def numbers(self):
        return self.found


RICH = Cash(
    opening=30_000, credit=0, pays_suppliers_after=4, customers_pay_after=3, pays_staff_every=7,
    fixed=(Fixed(name="rent", per_month=611, months_ahead=1), Fixed(name="salary", per_month=700)),
)  # fmt: skip
POOR = Cash(
    opening=3_000, credit=1_500, interest=1.0, pays_suppliers_after=2,
    fixed=(Fixed(name="rent", per_month=300, months_ahead=1), Fixed(name="salary", per_month=40_000)),
)  # fmt: skip


@pytest.mark.parametrize(("cash", "closes"), [(RICH, False), (POOR, True)], ids=["enough", "too little"])
def test_the_engine_and_the_plain_rules_leave_the_same_bits(cash, closes):
    settings = {"cash": cash, "behaviour": Behaviour(**EAGER), "operator": Operator(minutes_per_group=3)}
    engine, plain = both(
        of_few("unmanaged-group", *ALL, LIVELY, members=150, days=33, **settings), PlainStoredValue, PlainCash
    )
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert (daily["ran_out"].sum() == 1) == closes == plain.shut
    if closes:
        assert np.flatnonzero(daily["ran_out"])[0] == 29
        assert daily["orders"][30:].sum() == daily["operator_posts"][30:].sum() == 0 < daily["orders"][29]


def short_of(cash, *strategies, **settings):
    """A small plan with cash."""
    made = plan(*strategies, **settings).model_dump(mode="json")
    return Scenario.model_validate({**made, "cash": cash})


def test_endless_cash_without_costs_leaves_every_byte():
    own = {column.name for column in CASH.daily}
    without = run(plan(*EIGHT, members=150, days=15))
    idle = run(short_of({"opening": 9_000_000}, *EIGHT, members=150, days=15))
    assert bytes_of(idle, without=own) == bytes_of(without, without=own)
    assert own <= set(idle.daily)
    assert not own & set(without.daily)


def test_a_plan_without_cash_is_kept_as_before():
    assert scenario_hash(plan()) == scenario_hash(plan().model_copy(update={"cash": None}))
    kept = short_of({"opening": 100})
    assert scenario_hash(kept) != scenario_hash(plan())
    assert loads(dump(kept)) == kept


CARDS = {"kind": "stored_value", "top_ups": [{"pay": 100, "bonus": 25}]}
TERMS = {
    "opening": 900, "credit": 100_000, "interest": 0.3, "pays_suppliers_after": 20, "customers_pay_after": 7,
    "pays_staff_every": 9,
    "fixed": [{"name": "rent", "per_month": 1000, "months_ahead": 2}, {"name": "salary", "per_month": 7001}],
}  # fmt: skip


def test_cash_and_books_agree_to_the_fen_every_evening():
    made = world(short_of(TERMS, *EIGHT, CARDS, members=150, days=70))
    ahead = 0
    for day in range(70):
        made.advance()
        daily, books = made.records().daily, made.books
        ahead += 200_000 * (day % 60 == 0)
        used = 100_000 * (day + 1) // 30
        still = daily["unpaid_bills"][-1] - daily["on_the_way"][-1] - (ahead - used)
        assert daily["cash"][-1] == 90_000 + books.cash + still
    ledger, accounts = made.records().ledger, made.records().accounts
    fixed = -ledger["fen"][ledger["account"] == accounts.index("fixed")].sum()
    assert fixed == 1000_00 * 70 // 30 + 7001_00 * 70 // 30
    assert -ledger["fen"][ledger["account"] == accounts.index("interest")].sum() > 0
    flows = daily["cash_in"].sum() - daily["cash_out"].sum()
    assert daily["cash"][-1] == 90_000 + flows


@pytest.mark.parametrize("after", [0, 10])
def test_suppliers_wait_and_nothing_else_changes(after):
    """Ten days of credit are ten days of goods in hand."""
    terms = {"opening": 1000, "pays_suppliers_after": after, "customers_pay_after": 0}
    records = run(short_of(terms, members=150, days=30))
    ledger = records.ledger
    goods = np.zeros(30, np.int64)
    of = ledger["account"] == records.accounts.index("goods")
    np.add.at(goods, ledger["day"][of], -ledger["fen"][of])
    assert records.daily["unpaid_bills"].tolist() == [
        goods[max(0, d + 1 - after) : d + 1].sum() for d in range(30)
    ]
    at_once = run(short_of({**terms, "pays_suppliers_after": 0}, members=150, days=30))
    more = records.daily["cash"] - at_once.daily["cash"]
    assert more.tolist() == records.daily["unpaid_bills"].tolist()
    assert records.daily["orders"].tolist() == at_once.daily["orders"].tolist()


SPOILING = Product(
    name="cake", price=25, unit_cost=10, stock=60, restock=60, restock_every=3, keeps=2, salvage=0.3
)  # fmt: skip


@pytest.mark.parametrize("closes", [False, True], ids=["enough", "too little"])
def test_with_stock_and_salvage_too_the_plain_rules_leave_the_same_bits(closes):
    cash = POOR if closes else RICH
    settings = {"products": (*RANGE, SPOILING), "goods": Goods(), "cash": cash}
    engine, plain = both(of_few("unmanaged-group", members=150, days=33, **settings), PlainGoods, PlainCash)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["pieces_spoilt"].sum() > 20
    assert daily["unpaid_bills"].min() >= 0 < daily["unpaid_bills"].max()
    assert daily["ran_out"].sum() == closes == plain.shut


@pytest.mark.parametrize("after", [0, 10])
def test_salvage_is_cash_on_the_day_and_no_part_of_a_bill(after):
    """Bills are for what was bought; what spoilt goods bring is more cash on the evening of that day."""
    found = {}
    for salvage in (0.0, 0.3):
        cake = SPOILING.model_dump(mode="json") | {"salvage": salvage}
        terms = {"opening": 50_000, "pays_suppliers_after": after}
        base = short_of(terms, members=60, days=30).model_dump(mode="json")
        made = world(Scenario.model_validate({**base, "products": [cake], "goods": {}}))
        for _ in range(30):
            made.advance()
        found[salvage] = made.records().daily
        assert found[salvage]["cash"][-1] == 5_000_000 + made.books.cash + (
            found[salvage]["unpaid_bills"][-1] - found[salvage]["on_the_way"][-1]
        )
    bought = np.array([60_000 * (day % 3 == 0) for day in range(30)])
    bills = [bought[max(0, day + 1 - after) : day + 1].sum() for day in range(30)]
    assert found[0.0]["unpaid_bills"].tolist() == found[0.3]["unpaid_bills"].tolist() == bills
    brought = 300 * np.cumsum(found[0.3]["pieces_spoilt"])
    assert brought[-1] > 0
    assert (found[0.3]["cash"] - found[0.0]["cash"]).tolist() == brought.tolist()


def test_a_shop_that_has_closed_says_sells_and_pays_nothing_more():
    """Members stay and talk; parcels on their way arrive, and what comes back is refunded."""
    poor = {"opening": 5_000, "pays_suppliers_after": 9, "fixed": [{"per_month": 90_000, "months_ahead": 0}]}
    lively = (
        *EIGHT,
        CARDS,
        {"kind": "lottery", "prizes": [{"number": 3, "worth": 9}], "starts": 25, "open_days": 9},
    )
    made = short_of(
        poor, *lively, members=300, days=50, operator={"minutes_per_group": 5, "tools_per_group": 1}
    )
    records = run(made)
    daily, ledger = records.daily, records.ledger
    assert np.flatnonzero(daily["ran_out"]).tolist() == [29]
    after = ledger["day"] > 29
    names = {records.accounts[code] for code in ledger["account"][after]}
    assert names <= {"refunds", "breakage", "envelopes"}
    assert ledger["fen"][after].sum() < 0
    assert (
        daily["orders"][30:].sum() == daily["joined"][33:].sum() == daily["operator_messages"][30:].sum() == 0
    )
    assert daily["members"][-1] > 200
    assert daily["messages"][30:].sum() > 0
    assert (daily["cash_in"][31:] == 0).all()
    assert (daily["unpaid_bills"][30:] == daily["unpaid_bills"][29]).all()


def test_the_day_of_running_out_is_later_the_more_there_is():
    rent = {"fixed": [{"name": "rent", "per_month": 30_000, "months_ahead": 0}]}
    days = []
    for opening in (100, 30_000, 80_000):
        found = run(short_of({"opening": opening, **rent}, members=100, days=120))
        days.append(int(np.flatnonzero(found.daily["ran_out"])[0]))
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("cash", "text"),
    [
        ({}, "opening"),
        ({"opening": -1}, "greater than or equal to 0"),
        ({"opening": 5, "interest": "200%"}, "less than or equal to 1"),
        (
            {"opening": 5, "fixed": [{"name": "rent", "per_month": 9, "months_ahead": 13}]},
            "less than or equal to 12",
        ),
        (
            {"opening": 100, "credit": 50, "fixed": [{"name": "rent", "per_month": 60, "months_ahead": 3}]},
            "there are 150 yuan, and 180 yuan of fixed costs are due on the first day",
        ),
    ],
)
def test_cash_that_makes_no_sense(cash, text):
    with pytest.raises(ValueError, match=text):
        short_of(cash)


def test_thin_cash_is_warned_of():
    fixed = [{"name": "rent", "per_month": 3000}]
    thin, enough = (short_of({"opening": cash, "fixed": fixed}, members=500) for cash in (2600, 2800))
    assert [f.what for f in findings(thin)][-1].startswith("with the credit it pays 26 days of fixed costs")
    assert not [f for f in findings(enough) if f.path[0] == "cash"]


def test_it_is_declared_as_all_mechanisms_are():
    assert CASH in mechanisms()
    assert load(CASH.engine).declared is CASH
    check_fields(Cash, Cash)
    check_fields(Fixed, Fixed)
    for column in CASH.daily:
        assert all(CASH.words[f"daily.{column.name}"])
        assert f"`{column.name}`" in DOCS
    for name in Cash.model_fields:
        assert f"`cash.{name}`" in DOCS
