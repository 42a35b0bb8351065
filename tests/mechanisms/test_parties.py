"""Who is paid: a plain twin, books that balance by party, and what a plan may say of it."""

from pathlib import Path

import numpy as np
import pytest
from test_cash import RICH, PlainCash
from test_equal_bits import ALL, both, differing, of_few
from test_rivals import bytes_of
from worlds import EIGHT, fen, plan, run

from commsim.analysis.counts import counts
from commsim.analysis.parties import MEMBERS, SHOP, parties_counted
from commsim.core.effects import Account
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.parties import PARTIES, ROLES
from commsim.report.data import run_data
from commsim.report.parties import party_grids
from commsim.scenario.lint import findings
from commsim.scenario.parties import Parties, Party
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "parties.md").read_text(encoding="utf-8")
SUPPLIED = Parties(supplier=Party(of_usual=0.63, bears=("goods", "gifts")))
SHARED = Parties(
    supplier=Party(of_usual=0.111, of_paid=0.5, discounts=0.3, bears=("goods",)),
    platform=Party(of_paid=0.0987, discounts=0.25, bears=("envelopes", "staff", "points")),
)
CHAIN = (
    {"kind": "distributor_rebate", "base": 2.0, "reward": 2, "levels": [0.1]},
    {"kind": "agents", "number": 3, "margin": 0.15},
    {"kind": "shareholder", "seats": 9, "price": 5, "profit_share": 0.3, "starts": 2},
    {"kind": "red_envelope", "hour": 19},
    {"kind": "flash_sale", "discount": 0.2},
)


class PlainParties:
    """The rules once more: from a list of entries and of parcels."""

    def __init__(self, model):
        self.model, self.named, self.sent = model, model.plan.parties.named(), {}

    def morning(self):
        pass

    dial = close = morning

    def told(self):
        model = self.model
        self.sent[model.day] = model.orders
        came = self.sent.get(model.day - model.plan.operator.delivery_days, ())
        self.bad = sum(model.plan.products[one.product].price for one in came if one.refunded >= 0)
        return {}

    def reckon(self):
        model, own = self.model, self.model.shelf_cause + 1
        today = {account.value: 0 for account in Account}
        for day, account, *_, yuan in model.entries:
            today[account] += yuan * (day == model.day)
        self.found = {column.name: 0 for column in PARTIES.daily}
        paid = today["sales"] + today["discount"] + today["refunds"]
        for role in ROLES:
            if role in self.named:
                party = self.named[role]
                gets = round((today["sales"] - self.bad) * party.of_usual) + round(paid * party.of_paid)
                bears = round(-today["discount"] * party.discounts) - sum(today[one] for one in party.bears)
                self.found |= {f"{role}_gets": gets, f"{role}_bears": bears}
                if gets != bears:
                    model.enter(Account.PARTIES, own, bears - gets)

    def numbers(self):
        return self.found


@pytest.mark.parametrize(
    ("parties", "more", "twins"),
    [
        (SHARED, {}, (PlainParties,)),
        pytest.param(SUPPLIED, {"cash": RICH}, (PlainCash, PlainParties), marks=pytest.mark.slow),
    ],
    ids=["both", "beside cash"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(parties, more, twins):
    made = of_few("unmanaged-group", *ALL, members=120, days=20, parties=parties, **more)
    engine, plain = both(made, *twins)
    assert differing(engine, plain) == []
    assert (engine.records().daily["supplier_gets"] > 0).any()


def between(parties, *strategies, **settings):
    """A small plan in which others are paid, too."""
    made = plan(*strategies, **settings).model_dump(mode="json")
    return Scenario.model_validate({**made, "parties": parties})


def left(records):
    """Fen that each party is left with."""
    frame = parties_counted(records)
    return {name: round(100 * (row["gets"] - row["pays"])) for name, row in frame.to_dict("index").items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_left_to_all_parties_adds_up_to_nothing_to_the_fen(seed):
    alone = run(plan(*CHAIN, members=300, days=45), seed)
    chain = run(between(SHARED.model_dump(), *CHAIN, members=300, days=45), seed)
    for records in (alone, chain):
        found = left(records)
        assert sum(found.values()) == 0
        assert found[SHOP] == records.ledger["fen"].sum()
        assert {"agents", "promoters", "staff", "outside"} < set(found)
    assert {"supplier", "platform"} <= set(left(chain)) - set(left(alone))
    others = left(chain)["supplier"] + left(chain)["platform"]
    assert fen(chain, "parties") == -others != 0


def test_who_shares_moves_nobody_and_the_trade_is_the_same_to_the_fen():
    """A split of what comes in is no reason for members to do anything else."""
    flash = {"kind": "flash_sale", "discount": 0.2}
    alone = run(plan(flash, members=300, days=30))
    shared = run(between(SHARED.model_dump(), flash, members=300, days=30))
    own = {column.name for column in PARTIES.daily}
    assert own <= set(shared.daily)
    for table in ("events", "members", "groups"):
        for name, values in getattr(alone, table).items():
            assert (getattr(shared, table)[name] == values).all(), name
    whole = sum(left(shared)[name] for name in (SHOP, "supplier", "platform"))
    assert whole == alone.ledger["fen"].sum()
    assert left(shared)[MEMBERS] == -fen(alone, "sales", "discount", "refunds")


def test_a_party_that_gets_and_bears_nothing_leaves_every_byte():
    own = {column.name for column in PARTIES.daily}
    without = run(plan(*EIGHT, members=150, days=15))
    idle = run(between({"supplier": {}}, *EIGHT, members=150, days=15))
    assert bytes_of(idle, without=own) == bytes_of(without, without=own)


def test_a_supply_price_is_not_due_for_what_comes_bad():
    """Of a usual price of 30 yuan 20 go to the supplier, who bears goods of 15: for good parcels alone."""
    tea = [{"name": "tea", "price": 30, "unit_cost": 15, "bad_share": 0.25}]
    part = {"supplier": {"of_usual": 2 / 3, "bears": ["goods"]}}
    records = run(between(part, products=tea, members=400, days=40))
    orders = -fen(records, "goods") // 1500
    bad = -fen(records, "refunds") // 3000
    assert bad > 10
    assert left(records)["supplier"] == 2000 * (orders - bad) - 1500 * orders
    assert left(records)[SHOP] == 1000 * (orders - bad)


def test_who_pays_for_a_discount_is_as_the_contract_says():
    flash = {"kind": "flash_sale", "discount": 0.2, "staff_minutes": 0}
    for part in (0.0, 0.5, 1.0):
        records = run(between({"platform": {"discounts": part}}, flash, members=200, days=20))
        discounts = records.ledger["account"] == records.accounts.index("discount")
        given = -records.ledger["fen"][discounts]
        by_day = np.bincount(records.ledger["day"][discounts], given, 20)
        assert (records.daily["platform_bears"] == np.rint(by_day * part)).all()
        assert given.sum() > 0


def test_the_table_is_of_any_run_in_which_others_earn_and_of_no_other():
    records = run(between({"supplier": {"of_paid": 0.6, "bears": ["goods"]}}, days=20))
    (grid,) = party_grids(counts(records))
    told = {row["party"]: row for row in run_data(records, 20)["parties"]}
    assert [row[0] for row in grid.rows][:2] == ["The shop, whose plan it is", "Supplier"]
    assert told["supplier"]["of_each_100"] == pytest.approx(
        100 * left(records)["supplier"] / -left(records)[MEMBERS]
    )
    assert told["members"]["of_each_100"] == pytest.approx(-100)
    daily = simulate(between({"supplier": {"of_paid": 0.6}}, days=20), 1, detail="daily")
    assert sum(left(daily).values()) == 0
    assert "parties" not in counts(run(plan(days=5)))


@pytest.mark.parametrize(
    ("parties", "text"),
    [
        ({"supplier": {"of_usual": 0.7}, "platform": {"of_paid": 0.4}}, "the others get 110% of an order"),
        (
            {"supplier": {"discounts": 0.7}, "platform": {"discounts": 0.4}},
            "the others pay 110% of discounts",
        ),
        ({"supplier": {"bears": ["goods"]}, "platform": {"bears": ["goods"]}}, "goods is borne twice"),
        ({"supplier": {"bears": ["refunds"]}}, "bears"),
        ({"supplier": {"of_paid": -0.1}}, "greater than or equal to 0"),
        ({"bank": {}}, "bank"),
    ],
)
def test_contracts_that_make_no_sense(parties, text):
    with pytest.raises(ValueError, match=text):
        between(parties)


def test_a_supplier_whose_goods_the_shop_pays_for_is_warned_of():
    twice = between({"supplier": {"of_usual": "60%"}})
    once = between({"supplier": {"of_usual": "60%", "bears": ["goods"]}})
    assert [one.path[0] for one in findings(twice)].count("parties") == 1
    assert not [one for one in findings(once) if one.path[0] == "parties"]


def test_it_is_declared_as_all_mechanisms_are():
    assert PARTIES in mechanisms()
    assert load(PARTIES.engine).declared is PARTIES
    check_fields(Parties, Parties)
    check_fields(Party, Party)
    for column in PARTIES.daily:
        assert all(PARTIES.words[f"daily.{column.name}"])
        assert f"`{column.name}`" in DOCS
    for name in (*Parties.model_fields, *Party.model_fields):
        assert f"`{name}`" in DOCS
