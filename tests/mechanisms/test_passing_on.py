"""Promoters who pass on a part of their commission: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_passing_on import PlainPassingOn
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, run

from commsim.analysis.parties import parties_counted
from commsim.analysis.partners import ALL as ALL_OF_THEM
from commsim.analysis.partners import partners_counted
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.passing_on import PASSING_ON
from commsim.scenario.behaviour import Behaviour
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.flash_sale import FlashSale
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "passing_on.md").read_text(encoding="utf-8")
GIVING = DistributorRebate(base=2.0, levels=(0.3, 0.1), passed_on=0.5, reward=1, days_paid=15)
TWIN = DistributorRebate(name="second", base=1.0, levels=(0.2,), passed_on=1.0, weekdays=("tue",))
SALE = FlashSale(discount=0.3)


@pytest.mark.parametrize(
    ("strategies", "willing"),
    [
        ((GIVING, TWIN, SALE), 0.6),
        pytest.param((GIVING, *(one for one in ALL if one.kind != "distributor_rebate")), 1.0,
                     marks=pytest.mark.slow),
    ],
    ids=["two of them", "with everything"],
)  # fmt: skip
def test_the_engine_and_the_plain_rules_leave_the_same_bits(strategies, willing):
    behaviour = Behaviour(passing_on={"willing": willing})
    made = of_few("unmanaged-group", *strategies, members=120, days=25, behaviour=behaviour)
    engine, plain = both(made, PlainPassingOn)
    assert differing(engine, plain) == []
    assert engine.records().daily["promoters_passed_on"].sum() > 0


def test_it_keeps_the_promises_of_mechanisms():
    assert PASSING_ON in mechanisms()
    assert load(PASSING_ON.engine).declared is PASSING_ON
    check_fields(PASSING_ON.behaviour, PASSING_ON.behaviour)
    assert "`passing_on.willing`" in DOCS
    for column in PASSING_ON.daily:
        assert all(PASSING_ON.words[f"daily.{column.name}"])
        assert f"`{column.name}`" in DOCS


def test_a_plan_in_which_nothing_is_passed_on_has_no_such_mechanism():
    assert PASSING_ON not in DistributorRebate().needs
    assert PASSING_ON in DistributorRebate(passed_on=0.1).needs
    own = {column.name for column in PASSING_ON.daily}
    assert not own & set(run(plan({"kind": "distributor_rebate"}, days=3)).daily)


def grown(willing=1.0, days=60, **settings):
    offer = {"kind": "distributor_rebate", "base": 2.0, "levels": [0.2], "days_paid": 60, **settings}
    behaviour = {"passing_on": {"willing": willing}}
    return run(plan(offer, days=days, members=300, outside_per_member=2, behaviour=behaviour))


@pytest.mark.parametrize("part", [0.5, 1.0])
def test_promoters_pay_for_it_to_the_fen_and_never_more_than_they_get(part):
    """With one discount in the plan, all of it is what promoters pass on, and theirs to the fen."""
    records = grown(passed_on=part)
    assert fen(records, "passed_on") == -fen(records, "discount") > 0
    commission = -fen(records, "commission")
    assert fen(records, "passed_on") <= commission
    # commission is due for who has left the group, too; they pay the full price
    assert 0.8 * part * commission < fen(records, "passed_on") <= 1.01 * part * commission
    by_person = np.zeros(int(records.members["person"].max()) + 1, np.int64)
    entries = records.entries
    own = np.isin(entries["account"], [records.accounts.index(n) for n in ("commission", "passed_on")])
    np.add.at(by_person, entries["person"][own], -entries["fen"][own])
    assert by_person.min() >= 0
    frame = parties_counted(records).loc["promoters"]
    assert (frame["gets"] * 100, frame["pays"] * 100) == pytest.approx(
        (commission, fen(records, "passed_on"))
    )
    got = partners_counted(records)["got"]["promoters"][ALL_OF_THEM]
    assert got == pytest.approx(frame["gets"] - frame["pays"])


def test_who_is_brought_buys_more_by_what_is_passed_on():
    """A tenth off for months, out of a commission of a fifth: they order more, and others as before."""
    orders = {part: grown(passed_on=part).members for part in (0.0, 0.5)}
    brought, others = (
        [int(m["orders"][(m["joined"] >= 0) == came].sum()) for m in orders.values()]
        for came in (True, False)
    )
    assert brought[1] > 1.05 * brought[0] > 0
    assert abs(others[1] - others[0]) < 0.02 * others[0]


def test_where_nobody_is_willing_nothing_is_passed_on():
    none, some = grown(willing=0.0, passed_on=0.5), grown(willing=0.3, passed_on=0.5)
    assert none.daily["promoters_passed_on"].sum() == 0
    assert 0 < some.daily["passed_orders"].sum() < some.daily["orders"].sum()


def test_nothing_can_be_passed_on_without_a_commission():
    with pytest.raises(ValueError, match="give levels"):
        plan({"kind": "distributor_rebate", "levels": [], "reward": 5, "passed_on": 0.3})
