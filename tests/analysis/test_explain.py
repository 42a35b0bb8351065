"""Explanations of plans: sums, subsets, members, and what can't be explained."""

from dataclasses import replace

import numpy as np
import pytest

from commsim import Scenario, explain, outcomes, simulate
from commsim.analysis.explained import Columns, explained_here, with_parts
from commsim.analysis.intervals import Interval
from commsim.core.errors import InputError
from commsim.core.view import LEFT, MEMBER
from commsim.experiments.worlds import world_seed
from commsim.population.build import build
from commsim.report.explain import explain_csv, explain_data, explain_grids, explain_verdict
from commsim.report.language import language
from commsim.scenario.behaviour.pathways import without

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
    assert found.runs == 4 * (8 + 2 * (len(found.pathways) + len(found.idle)) + 1)
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


@pytest.mark.parametrize(
    ("lang", "behind", "in_the_way"),
    [
        ("en", "would bring 903 yuan less than doing nothing (801 to 1,005)", "100 yuan less than what each"),
        ("zh", "方案比什么都不做少 903 元（801 至 1,005）", "比各自单做之和少 100 元"),
    ],
)
def test_less_is_told_without_a_minus(found, lang, behind, in_the_way):
    def yuan(mean, half):
        return Interval(mean, mean - half, mean + half)

    first = replace(found.pathways[0], lead=yuan(-903.0, 102.0), change=yuan(-2000.0, 300.0))
    told = explain_verdict(
        replace(found, pathways=(first,), pair=replace(found.pair, beyond=yuan(-100.0, 20.0))), language(lang)
    )
    assert behind in told
    assert in_the_way in told


def test_members_are_followed_from_run_to_run():
    seed = world_seed(0, 0)
    people = build(PLAN.community, PLAN.behaviour, seed, today=PLAN.start)
    _, moved, members = with_parts(Columns.of(PLAN, "profit"), PLAN, seed, people)
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
        assert moved[3 * place : 3 * place + 3] == [kept, lost, np.sum(status["all"] == LEFT)]
    assert moved[1] > 0
    assert members == np.sum(status["all"] == MEMBER)


def test_only_whom_the_community_has_under_every_plan_is_followed():
    """Who comes from a source is there under no other plan, and can't be kept or lost."""
    source = [{"kind": "store", "per_day": 4}]
    fed = Scenario.model_validate(PLAN.model_dump(mode="json") | {"sources": source, "days": 10})
    seed = world_seed(0, 0)
    people = build(fed.community, fed.behaviour, seed, today=fed.start)
    _, moved, _ = with_parts(Columns.of(fed, "profit"), fed, seed, people)
    members = simulate(fed, seed, detail="full").members
    ours = members["person"] < people.n_persons
    assert (~ours).sum() > 3
    assert moved[-1] == np.sum(members["status"][ours] == LEFT) > 0


def test_adverts_lose_members(found):
    advert = found.moved[0]
    assert advert.lost.low > 0
    assert advert.lost.mean > advert.kept.mean


def test_pathways_are_switched_off_for_both_plans(found):
    one = next(each for each in found.pathways if each.pathway.name == "leaving")
    off = [without(plan, one.pathway) for plan in (PLAN, PLAN.left_alone())]
    with_it = [[outcomes(simulate(plan, seed)) for plan in (PLAN, PLAN.left_alone())] for seed in found.seeds]
    told = [[outcomes(simulate(plan, seed)) for plan in off] for seed in found.seeds]

    def mean(measure, pairs, nothing=1.0):
        return np.mean([plan[measure] - nothing * left[measure] for plan, left in pairs])

    assert one.lead.mean == pytest.approx(mean("profit", told))
    assert one.change.mean == pytest.approx(mean("profit", told) - mean("profit", with_it))
    assert one.measure.mean == pytest.approx(mean("profit", told, 0) - mean("profit", with_it, 0))
    assert one.members.mean == pytest.approx(mean("members", told, 0) - mean("members", with_it, 0))
    assert one.members.low > 0


def test_people_are_made_anew_where_a_pathway_makes_them_differ():
    strategies = [{"kind": "flash_sale", "discount": 0.2, "open_hours": 4}]
    sale = Scenario.model_validate(PLAN.model_dump(mode="json") | {"strategies": strategies, "days": 7})
    seed, columns = world_seed(0, 0), Columns.of(sale, "profit")
    price = next(one for one in columns.pathways if one.makes_people)
    found = explained_here(sale, replace(columns, pathways=(price,)), 1, 0)
    values, members = found.without(0)
    for place, plan in enumerate((sale, sale.left_alone())):
        alone = outcomes(simulate(without(plan, price), seed))
        assert (values[0, place], members[0, place]) == (alone["profit"], alone["members"])


def test_it_draws_itself(found, tmp_path):
    assert len([axes for axes in found.plot().axes if axes.get_visible()]) == 3
    made = found.plot(tmp_path / "why.svg")
    assert {file.name for file in made} == {f"why-{name}.svg" for name in ("shares", "taken-out", "pathways")}


def test_what_does_nothing_is_named_apart(found):
    idle = {one.name for one in found.idle}
    assert {"check_in", "samples", "countdown"} <= idle
    assert not idle & {one.pathway.name for one in found.pathways}
    others = len(found.pathways) - 15 + len(idle)
    assert explain_grids(found)[-1].rows[-1][0] == f"{others} more change it less, or nothing"


@pytest.mark.slow
def test_it_goes_on_where_it_was_stopped(found, tmp_path):
    plan = PLAN.only(["advert"]).model_copy(update={"days": 3})
    whole = explain(plan, worlds=3, workers=1, out=tmp_path / "whole")
    place = tmp_path / "stopped"

    def stop(done):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explain(plan, worlds=3, workers=1, out=place, progress=stop)
    heard = []
    again = explain(plan, worlds=3, workers=1, out=place, progress=heard.append)
    assert explain_data(again) == explain_data(whole)
    assert heard[0] == 1


@pytest.mark.slow
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
    assert "建议去掉红包" in chinese
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


@pytest.mark.slow
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
