"""A plan by stage, and money by order number."""

from types import SimpleNamespace

import numpy as np
import pytest

from commsim.analysis.compare import compare
from commsim.analysis.counts import counts
from commsim.analysis.lives import STATES, lives_by_day
from commsim.analysis.order_numbers import money_by_order
from commsim.analysis.stages import shares_of, stages_counted
from commsim.records.tables import JOIN, ORDER
from commsim.report.data import comparison_data
from commsim.report.language import ENGLISH, language
from commsim.report.stages import compared_grids, order_grids, stage_grid
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

PLAN = {
    "name": "stages",
    "days": 30,
    "community": {"members": 300, "group_size": 100, "arrivals_per_day": 1, "outside_per_member": 2},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
    "strategies": [
        {"kind": "distributor_rebate", "base": 0.5, "reward": 5, "levels": [0.1]},
        {"kind": "check_in", "prizes": [{"streak": 2, "gift": 1}]},
    ],
}


@pytest.fixture(scope="module")
def records():
    return simulate(Scenario.model_validate(PLAN), 4, detail="full")


def by_hand(records):
    """Orders of each person as (day, fen), in order."""
    events, found = records.events, {}
    for kind, person, day in zip(events["kind"], events["person"], events["day"], strict=True):
        if kind == ORDER:
            found.setdefault(int(person), []).append(int(day))
    return found


def test_persons_are_counted_once_a_step(records):
    number = stages_counted(records)["number"]
    orders = by_hand(records)
    events = records.events
    joined = events["kind"] == JOIN
    assert number["came"] == joined.sum() == records.daily["joined"].sum() > 20
    assert number["invited"] == (events["other"][joined] >= 0).sum() > 5
    assert number["there"] == 300
    assert number["members"] == 300 + number["came"]
    for step, least in (("first", 1), ("second", 2), ("third", 3)):
        assert number[step] == sum(len(days) >= least for days in orders.values()) > 0
    assert number["inviters"] == len(set(events["other"][joined].tolist()) - {-1})
    paid = records.entries["account"] == records.accounts.index("commission")
    assert number["paid"] == len(set(records.entries["person"][paid].tolist()) - {-1}) > 0
    assert number["groups"] == sum(number[state] for state in STATES) >= 3
    assert shares_of(number.to_dict())["second"] == number["second"] / number["first"]
    assert "added" not in number
    assert stages_counted(simulate(Scenario.model_validate(PLAN | {"days": 2}), 4)) is None


def test_money_by_order_number_adds_up_to_what_is_booked_to_persons(records):
    found = money_by_order(records)
    entries, days = records.entries, by_hand(records)
    assert found["orders"].tolist() == [
        0, *(sum(len(one) >= k for one in days.values()) for k in (1, 2)),
        sum(max(0, len(one) - 2) for one in days.values()),
    ]  # fmt: skip
    assert found["revenue"].sum() == pytest.approx(records.daily["revenue"].sum() / 100)
    person, staff = entries["person"] >= 0, records.accounts.index("staff")
    own = person & (entries["account"] != staff)
    assert found["earned"].sum() == pytest.approx(entries["fen"][own].sum() / 100)
    expected = np.zeros(4)
    with_order = [records.accounts.index(name) for name in ("sales", "discount", "goods")]
    for account, who, day, fen in zip(
        *(entries[name][own] for name in ("account", "person", "day", "fen")), strict=True
    ):
        before = sum(one <= day for one in days.get(int(who), []))
        same = sum(one == day for one in days.get(int(who), []))
        parts = max(1, same) if account in with_order else 1
        for part in range(parts):
            expected[min(before - part, 3)] += fen / parts / 100
    assert found["earned"].to_numpy() == pytest.approx(expected)
    assert found.loc[0, "earned"] < 0  # points and gifts of who has not ordered


def test_a_contract_takes_its_part_of_what_orders_earn():
    parties = {"supplier": {"of_usual": 0.6, "bears": ["goods"]}, "platform": {"of_paid": 0.1}}
    alone, shared = (
        simulate(Scenario.model_validate(PLAN | {"days": 20} | more), 4, detail="full")
        for more in ({}, {"parties": parties})
    )
    whole, part = money_by_order(alone), money_by_order(shared)
    settled = shared.ledger["fen"][shared.ledger["account"] == shared.accounts.index("parties")].sum() / 100
    assert settled < 0
    assert part["earned"].sum() == pytest.approx(whole["earned"].sum() + settled)
    lost = (whole["earned"] - part["earned"]) / whole["revenue"].where(whole["revenue"] > 0)
    assert lost[1:].to_numpy() == pytest.approx(-settled / whole["revenue"].sum(), rel=0.2)


def test_groups_are_alive_then_quiet_then_dead():
    columns = np.array([[10] * 40, [10] * 20 + [0.9] * 20, [10] * 20 + [0] * 20, [0] * 40]).T * 10
    table = {"messages": columns.ravel(), "members": np.full(columns.size, 5)}
    lives = lives_by_day(SimpleNamespace(days=40, groups=table))
    assert lives[0].tolist() == [3, 0, 1]
    assert lives[-1].tolist() == [1, 1, 2]
    assert (lives.sum(axis=1) == 4).all()
    assert lives[19].tolist() == [3, 0, 1]
    assert lives[25].tolist() == [1, 1, 2]


def test_tables_tell_stages_in_both_languages(records):
    found = counts(records)
    grid = stage_grid(["stages"], [found])
    assert [row[0] for row in grid.rows if row[0]] == [
        "1 Attract", "2 Convert", "3 Repeat", "4 Spread", "5 Run by itself",
    ]  # fmt: skip
    (orders,) = order_grids(found, ENGLISH)
    assert [row[0] for row in orders.rows] == [
        "Before the first order", "First order", "Second order", "Third and later orders",
    ]  # fmt: skip
    zh = language("zh")
    for table in (stage_grid(["计划"], [found], zh), *order_grids(found, zh)):
        for text in (table.title, *table.header, *(cell for row in table.rows for cell in row)):
            assert not any("a" <= letter <= "z" for letter in text), text
    nothing = counts(simulate(Scenario.model_validate(PLAN | {"days": 2}), 4))
    assert stage_grid(["stages"], [nothing]) is None
    assert order_grids(nothing) == []


def test_a_comparison_tells_them_of_its_first_worlds():
    plans = [Scenario.model_validate(PLAN | {"name": name, "days": 8, "strategies": strategies})
             for name, strategies in (("with", PLAN["strategies"]), ("without", []))]  # fmt: skip
    found = compare(plans, worlds=3, workers=1)
    assert found.watched == 3
    (stages,) = compared_grids(found)
    assert stages.header[2:] == ("with", "without")
    assert stages.title == "Mean over 3 worlds"
    earned = {row[1]: row[2:] for row in stages.rows if row[1].startswith(("Booked", "Earned"))}
    assert list(earned) == [
        "Booked before a first order (yuan)", "Earned on first orders (yuan)",
        "Earned on second orders (yuan)", "Earned on later orders (yuan)",
    ]  # fmt: skip
    told = comparison_data(found)["plans"][0]
    came = next(one["number"] for one in told["stages"] if one["step"] == "came")
    assert came == pytest.approx(found.of("joined")[0].mean())
    assert sum(row["orders"] for row in told["order_numbers"]) == pytest.approx(found.of("orders")[0].mean())
