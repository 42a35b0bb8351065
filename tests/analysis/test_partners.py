"""Money by partner: what each role got, how unevenly, and what their people bring."""

import numpy as np
import pytest

from commsim.analysis.compare import compare
from commsim.analysis.counts import counts
from commsim.analysis.partners import ALL, BEST, HALF, TENTH, partners_counted
from commsim.records.tables import JOIN
from commsim.report.counted import compared_counted_grids
from commsim.report.data import comparison_data, run_data
from commsim.report.partners import partner_grids
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

STRATEGIES = (
    {"kind": "distributor_rebate", "base": 1.5, "reward": 1, "levels": [0.1], "reward_on": "join"},
    {"kind": "agents", "number": 12, "margin": 0.1, "material": 0, "starts": 4, "staff_minutes": 0},
    {"kind": "shareholder", "seats": 20, "price": 30, "profit_share": 0.6, "term": 90, "starts": 8},
)


def scenario(*strategies, **more):
    community = {"members": 300, "group_size": 25, "arrivals_per_day": 0.5, "outside_per_member": 2}
    products = [{"name": "tea", "price": 30, "unit_cost": 15, "bad_share": 0.1}]
    behaviour = {
        "agents": {"active": 1.0, "quits": 0.0, "customers_go": 0.0},
        "shareholders": {"notice": 0.5, "steepness": 0.5},
    }
    plan = {"name": "tea", "days": 40, "community": community, "products": products, "behaviour": behaviour}
    return Scenario.model_validate(plan | {"strategies": strategies} | more)


@pytest.fixture(scope="module")
def records():
    return simulate(scenario(*STRATEGIES), 3, detail="full")


def booked(records, *accounts, **columns):
    """Fen of the entries on some accounts; columns: of which values they must be."""
    entries = records.entries
    chosen = np.isin(entries["account"], [records.accounts.index(name) for name in accounts])
    for name, values in columns.items():
        chosen &= np.isin(entries[name], values)
    return int(entries["fen"][chosen].sum())


def test_each_role_got_what_stands_in_its_account(records):
    frame = partners_counted(records)
    for role, account in (
        ("agents", "margin"), ("shareholders", "profit_share"), ("promoters", "commission")
    ):  # fmt: skip
        got = frame["got"][role]
        assert got[ALL] * 100 == pytest.approx(-booked(records, account)), role
        assert 0 < got[BEST] <= got[TENTH] <= got[ALL], role
        assert 0 <= got[HALF] <= got[ALL] / 2, role
    assert frame["persons"]["agents"].to_dict() == {ALL: 12, BEST: 1, TENTH: 1, HALF: 6}
    assert frame["paid_in"]["shareholders"][ALL] == 30 * frame["persons"]["shareholders"][ALL] > 0


def test_what_a_role_passes_on_is_taken_off_its_own_money_and_of_no_other():
    passing = STRATEGIES[0] | {"passed_on": 0.5}, STRATEGIES[1] | {"passed_on": 0.5}
    behaviour = {"agents": {"active": 1.0, "quits": 0.0}, "passing_on": {"willing": 1.0}}
    records = simulate(scenario(*passing, behaviour=behaviour), 3, detail="full")
    got, gave = partners_counted(records)["got"], {}
    for role, account, name in (
        ("agents", "margin", "agents"), ("promoters", "commission", "distributor_rebate")
    ):  # fmt: skip
        gave[role] = booked(records, "passed_on", cause=[records.causes.index(name)])
        assert got[role][ALL] * 100 == pytest.approx(-booked(records, account) - gave[role]), role
    assert min(gave.values()) > 0
    assert gave["agents"] != gave["promoters"]


def test_what_their_people_bring_is_counted_from_events_and_entries(records):
    frame, members = partners_counted(records), records.members
    events = records.events
    rebate = events["cause"] == records.causes.index("distributor_rebate")
    brought = events["person"][(events["kind"] == JOIN) & rebate & (events["other"] >= 0)]
    kept = ("sales", "goods", "discount", "refunds")
    assert frame["people"]["promoters"][ALL] == len(brought) > 20
    assert frame["earned"]["promoters"][ALL] * 100 == pytest.approx(booked(records, *kept, person=brought))
    groups = members["group"][members["agent"] == 1]
    assert set(members["agent_since"][members["agent"] == 1].tolist()) == {4}
    later = np.arange(4, 40)
    assert frame["earned"]["agents"][ALL] * 100 == pytest.approx(
        booked(records, *kept, group=groups, day=later)
    )
    here = np.isin(members["group"], groups) & (members["status"] > 0)
    assert frame["people"]["agents"][ALL] == here.sum() - 12


def test_a_plan_without_partners_has_no_such_table():
    records = simulate(scenario(days=5), 3, detail="full")
    assert partners_counted(records) is None
    assert "partners" not in run_data(records, 5)
    assert partners_counted(simulate(scenario(*STRATEGIES[:2], days=5), 3, detail="daily")) is None


def test_the_table_says_how_much_the_best_have_of_it(records):
    (grid,) = partner_grids(counts(records))
    rows = [dict(zip(grid.header[1:], row[1:], strict=True)) for row in grid.rows]
    assert [row[0] for row in grid.rows if row[0]] == ["Agents", "Shareholders", "Promoters"]
    found = partners_counted(records)["got"]["agents"]
    assert rows[0]["Share"] == "100.0 %"
    assert rows[1]["Share"] == f"{100 * found[BEST] / found[ALL]:.1f} %"
    told = run_data(records, 40)["partners"]
    assert told[1]["share"] == pytest.approx(found[BEST] / found[ALL])
    assert told[0]["each"] == pytest.approx(found[ALL] / 12)


def test_a_comparison_shows_channels_and_partners_of_each_plan():
    some = {"sources": [{"kind": "store", "per_day": 30}]}
    plans = [
        scenario(name="shop", days=12, **some),
        scenario(STRATEGIES[1] | {"starts": 0}, name="agency", days=12),
    ]
    found = compare(plans, worlds=2, workers=1)
    titles = [grid.title for grid in compared_counted_grids(found)]
    assert [title.split(":")[0] for title in titles] == ["shop", "agency", "agency", "agency"]
    assert "came from" in titles[0]
    assert "Who is paid" in titles[1]
    assert "Money by partner" in titles[2]
    assert "Break-even" in titles[3]
    told = comparison_data(found)["plans"]
    assert "partners" not in told[0]
    assert {row["role"] for row in told[1]["partners"]} == {"agents"}
    joined = [float(found.of("joined")[0].mean())]
    assert [sum(row["joined"] for row in told[0]["channels"])] == pytest.approx(joined)
    assert "channels" not in told[1]
