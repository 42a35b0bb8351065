"""Explanations of plans: sums, subsets, members, and what can't be explained."""

import numpy as np
import pytest

from commsim import Scenario, explain, outcomes, simulate
from commsim.analysis.explain import one_world
from commsim.core.errors import InputError
from commsim.core.view import LEFT, MEMBER
from commsim.experiments.worlds import world_seed
from commsim.report.explain import explain_csv, explain_data, explain_grids, explain_verdict
from commsim.report.language import language

PLAN = Scenario.model_validate(
    {
        "name": "three",
        "days": 21,
        "community": {"members": 120},
        "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
        "behaviour": {"stay": {"leave": 0.01}},
        "strategies": [
            {"kind": "advert", "posts": 3},
            {"kind": "red_envelope", "total": 30},
            {"kind": "group_rules", "name": "rules"},
        ],
    }
)


@pytest.fixture(scope="module")
def found():
    return explain(PLAN, worlds=4, workers=1)


def test_shares_are_those_of_runs_with_each_subset(found):
    names = found.strategies
    assert names == ("advert", "red_envelope", "rules")
    assert found.runs == 4 * 8
    for world, seed in enumerate(found.seeds):
        assert seed == world_seed(0, world)
        profit = {
            subset: outcomes(simulate(PLAN.only([n for k, n in enumerate(names) if subset >> k & 1]), seed))[
                "profit"
            ]
            for subset in range(8)
        }
        by_hand = (
            2 * (profit[1] - profit[0]) + (profit[3] - profit[2]) + (profit[5] - profit[4])
            + 2 * (profit[7] - profit[6])
        ) / 6  # fmt: skip
        assert found.worlds[world, 0] == pytest.approx(by_hand)
        assert found.worlds[world].sum() == pytest.approx(profit[7] - profit[0])


def test_a_dear_envelope_is_to_be_dropped(found):
    assert found.strategies[found.to_drop] == "red_envelope"
    assert found.taken_out[found.to_drop].high < 0
    told = explain_verdict(found)
    assert "Drop red_envelope: without it the plan brings" in told
    assert found.ranked[-1] == 1


def test_members_are_followed_from_run_to_run():
    seed = world_seed(0, 0)
    world = one_world((PLAN, "profit"), seed)
    status = {
        name: simulate(PLAN.only(kept), seed, detail="full").members["status"]
        for name, kept in (
            ("all", ("advert", "red_envelope", "rules")),
            ("no advert", ("red_envelope", "rules")),
            ("none", ()),
        )
    }
    for place, other in ((0, "no advert"), (3, "none")):
        kept = np.sum((status["all"] == MEMBER) & (status[other] == LEFT))
        lost = np.sum((status["all"] == LEFT) & (status[other] == MEMBER))
        assert world.moved[place] == (kept, lost, np.sum(status["all"] == LEFT))
    assert world.moved[0][1] > 0


def test_adverts_lose_members(found):
    advert = found.moved[0]
    assert advert.lost.low > 0
    assert advert.lost.mean > advert.kept.mean


def test_processes_do_not_matter(found):
    assert explain_data(explain(PLAN, worlds=4, workers=2)) == explain_data(found)


def test_all_of_it_is_told_in_both_languages(found):
    grids = explain_grids(found)
    assert [row[0] for row in grids[0].rows] == [
        *(found.strategies[k] for k in found.ranked), "all together"
    ]  # fmt: skip
    say = language("zh").of(PLAN)
    chinese = explain_verdict(found, say) + "".join(
        "".join(cell)
        for grid in explain_grids(found, say)
        for cell in (grid.title, *grid.header, *map("".join, grid.rows))
    )
    assert "建议去掉 红包" in chinese
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(
        chinese.replace("three", "").replace("rules", "").replace("Shapley", "")
    )
    assert len(explain_csv(found).splitlines()) == 1 + 3


@pytest.mark.parametrize(
    ("plan", "settings", "what"),
    [
        (PLAN.left_alone(), {}, "no strategies nor sources"),
        (PLAN, {"worlds": 1}, "two worlds"),
        (PLAN, {"metric": "left"}, "'left' can't be explained"),
    ],
)
def test_what_can_not_be_explained_is_told(plan, settings, what):
    with pytest.raises(InputError, match=what):
        explain(plan, workers=1, **settings)


def test_a_source_is_a_part_like_a_strategy():
    source = {"name": "till", "kind": "store", "per_day": 10, "per_join": 5}
    plan = Scenario.model_validate(
        PLAN.model_dump(exclude={"strategies"}) | {"strategies": [{"kind": "advert"}], "sources": [source]}
    )
    found = explain(plan, worlds=3, workers=1)
    assert found.strategies == ("advert", "till")
    seed = found.seeds[0]
    alone = outcomes(simulate(plan.only(("till",)), seed))["profit"]
    nothing = outcomes(simulate(plan.left_alone(), seed))["profit"]
    both = outcomes(simulate(plan, seed))["profit"]
    advert = outcomes(simulate(plan.only(("advert",)), seed))["profit"]
    assert found.worlds[0].tolist() == pytest.approx(
        [((advert - nothing) + (both - alone)) / 2, ((alone - nothing) + (both - advert)) / 2]
    )
