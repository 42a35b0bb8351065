"""The funnel of upgrades."""

from test_paid_ahead import records

from commsim.analysis.counts import counts
from commsim.analysis.upgrades import STEPS, upgrade_funnel, upgrades_counted
from commsim.report.language import language
from commsim.report.upgrades import upgrade_grids
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

PLAN = {
    "name": "versions",
    "days": 50,
    "community": {"members": 600, "group_size": 100},
    "products": [
        {"name": "tasting", "price": 30, "unit_cost": 15},
        {"name": "course", "price": 90, "unit_cost": 25, "shelf": False},
    ],
    "strategies": [{"kind": "upgrade", "of": "tasting", "product": "course", "payers_first": 10}],
}


def test_persons_are_counted_once_by_step_and_by_whether_they_had_paid():
    run = simulate(Scenario.model_validate(PLAN), seed=2)
    funnel = upgrade_funnel(upgrades_counted(run))
    for step in STEPS:
        assert funnel.loc[step, "payers"] == run.daily[f"{step}_payers"].sum()
        assert funnel.loc[step, ["payers", "others"]].sum() == run.daily[step].sum()
    assert 0 < funnel.loc["upgraded", "payers_share"] <= 1
    assert funnel.loc["open_to", "payers_share"] == 1
    assert funnel.loc["upgraded", "others_share"] == (
        funnel.loc["upgraded", "others"] / funnel.loc["considered", "others"]
    )


def test_the_table_is_there_where_an_upgrade_is():
    run = simulate(Scenario.model_validate(PLAN), seed=2)
    (grid,) = upgrade_grids(counts(run))
    assert [row[0] for row in grid.rows] == ["Open to", "Considered it", "Bought it"]
    (chinese,) = upgrade_grids(counts(run), language("zh"))
    assert all(not cell.isascii() for cell in chinese.header)
    assert upgrade_grids(counts(records([], days=3))) == []
