"""What newcomers cost: by whom they were brought, what became of them, and who gets goods for nothing."""

import numpy as np
import pytest

from commsim.analysis.brought import given_away, newcomers_counted, with_costs
from commsim.analysis.counts import counts
from commsim.report.brought import brought_grids
from commsim.report.language import ENGLISH
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate
from commsim.validation.claims.claim import Run
from commsim.validation.claims.newcomers import Freeloaders, GoneSoon, MonthlyOrders

STRATEGIES = (
    {"kind": "bargain", "helpers": 6, "starts": 2, "weekdays": ["tue", "sat"], "again": 7},
    {"kind": "distributor_rebate", "base": 0.5, "reward": 5, "reward_on": "join", "gift": 3},
)


def lived(*strategies, detail="full"):
    plan = Scenario.model_validate(
        {
            "name": "tea",
            "days": 40,
            "community": {
                "members": 300,
                "group_size": 100,
                "arrivals_per_day": 0.5,
                "outside_per_member": 2,
            },
            "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
            "strategies": strategies,
        }
    )
    return Run(plan, simulate(plan, 3, detail=detail))


@pytest.fixture(scope="module")
def run():
    return lived(*STRATEGIES)


def rows(records, kind):
    """Events of a kind as (person, day, cause)."""
    from commsim.records.tables import event_kinds

    e = records.events
    chosen = e["kind"] == event_kinds().index(kind)
    return list(
        zip(e["person"][chosen].tolist(), e["day"][chosen].tolist(), e["cause"][chosen].tolist(), strict=True)
    )


def test_each_strategy_that_brings_people_has_a_row(run):
    records = run.records
    frame = with_costs(newcomers_counted(records))
    assert set(frame.index) == {"bargain", "distributor_rebate"}
    bought, gone = ({person for person, *_ in rows(records, kind)} for kind in ("order", "leave"))
    for cause, name in enumerate(records.causes[:2]):
        persons = [person for person, _, of in rows(records, "join") if of == cause]
        row = frame.loc[name]
        assert row["joined"] == len(persons) > 20
        assert (row["buyers"], row["left"]) == (len(bought & set(persons)), len(gone & set(persons)))
        accounts = [records.accounts.index(a) for a in ("gifts", "commission", "discount", "refunds")]
        ledger = records.ledger
        paid = (ledger["cause"] == cause) & np.isin(ledger["account"], accounts)
        assert row["cost"] == pytest.approx(-ledger["fen"][paid].sum() / 100)
        assert row["per_newcomer"] * row["joined"] == pytest.approx(row["cost"])
        assert row["per_buyer"] * row["buyers"] == pytest.approx(row["cost"])


def test_freeloaders_order_nothing_after_what_they_got(run):
    ((given, idle),) = given_away(run.records)[["given", "idle"]].to_numpy().tolist()
    last = {}
    for person, day, _ in rows(run.records, "order"):
        last[person] = max(day, last.get(person, -1))
    got = rows(run.records, "bargained")
    assert given == len(got) == run.records.daily["given"].sum() > 10
    assert idle == sum(last.get(person, -1) <= day for person, day, _ in got)
    assert 0 < idle < given


def test_the_table_is_told_of_runs_kept_in_full_that_brought_somebody(run):
    (grid,) = brought_grids(counts(run.records), ENGLISH.of(run.scenario))
    assert "goods for nothing" in grid.title
    assert [row[0] for row in grid.rows] == ["bargain", "distributor rebate"]
    assert brought_grids(counts(lived().records)) == []
    assert newcomers_counted(lived(*STRATEGIES, detail="daily").records) is None


def test_measures_of_claims_count_the_same_people(run):
    records = run.records
    joined = {person: day for person, day, cause in rows(records, "join") if cause == 0}
    orders = sum(person in joined for person, *_ in rows(records, "order"))
    days = sum(records.days - day for day in joined.values())
    assert MonthlyOrders("bargain")(run) == pytest.approx(orders / days * 30)
    soon = {person for person, day, _ in rows(records, "leave") if 20 < day <= 27}
    assert GoneSoon("bargain", over=20)(run) == pytest.approx(len(soon & set(joined)) / len(joined))
    ordered = rows(records, "order")
    early = [(person, day) for person, day, _ in rows(records, "bargained") if day + 7 < records.days]
    idle = [not any(p == person and day < d <= day + 7 for p, d, _ in ordered) for person, day in early]
    assert Freeloaders(7)(run) == pytest.approx(np.mean(idle))
