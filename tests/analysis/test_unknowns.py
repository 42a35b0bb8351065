"""What nobody knows about plans, and plans in which it is otherwise."""

import numpy as np
import pytest

from commsim import Scenario
from commsim.analysis.uncertainty import at, doubt, points, positions, steadied
from commsim.analysis.unknowns import supposed, unknowns
from commsim.core.errors import InputError
from commsim.scenario.fields import card
from commsim.scenario.shipped import shipped
from commsim.simulation.run import simulate
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.registry import find, kinds

UNMANAGED = Scenario.load("unmanaged-group")
TEAMS = Scenario.load("group-buying")


def named(plans):
    return {one.name: one for one in unknowns(plans)}


def with_strategies(base, *strategies):
    return base.model_copy(update={"strategies": strategies})


def test_unknown_are_numbers_about_people_and_what_the_plans_assume():
    found = named([TEAMS, UNMANAGED])
    assert found["buying.touch"].low == -0.05
    assert found["buying.touch"].high == 0.2
    assert found["group_buying.accept"].value == 0.2
    assert found["group_buying.accept"].grade == "C"
    assert {"community.muted", "talk.level", "group_buying.asks"} <= found.keys()


def test_what_the_operator_decides_or_knows_is_none():
    names = named([TEAMS, UNMANAGED]).keys()
    assert not {name for name in names if name.endswith((".posts", ".price", ".discount", ".wage_per_hour"))}
    assert "group_buying.open_hours" not in names


def test_whether_an_effect_works_is_asked_of_goods_that_show_one():
    tea = {"name": "tea", "price": 30, "unit_cost": 15}
    plain, shows = (
        named([Scenario.model_validate({"name": "a", "days": 5, "products": [tea | more]})]).keys()
        for more in ({}, {"effect_days": 7})
    )
    assert "products.effect_works" in shows - plain


def test_sections_of_mechanisms_that_no_plan_uses_are_left_out():
    assert not any(name.startswith("coupons.") for name in named([TEAMS, UNMANAGED]))
    assert any(name.startswith("coupons.") for name in named([Scenario.load("coupon"), UNMANAGED]))


def test_a_range_is_that_of_evidence_or_half_to_twice_the_value_within_its_limits():
    found = named([UNMANAGED])
    assert (found["talk.reply"].low, found["talk.reply"].high) == (1.0, 4.0)
    assert found["talk.reply"].logarithmic
    assert not found["buying.touch"].logarithmic
    assert found["look.ceiling"].high == 1.0


def test_a_value_outside_of_its_range_widens_it():
    base = TEAMS.strategies[0]
    plan = with_strategies(TEAMS, base.model_copy(update={"accept_late": 0.9}))
    assert named([plan, UNMANAGED])["group_buying.accept_late"].high == 0.9


def test_the_same_number_in_both_plans_is_one_unknown_and_other_numbers_are_two():
    base = TEAMS.strategies[0]
    other = with_strategies(TEAMS, base.model_copy(update={"accept": 0.25, "name": "offer"}))
    together = named([TEAMS, other])
    assert len(together["group_buying.asks"].places) == 2
    assert {name for name in together if name.startswith("group_buying.accept (")} == {
        "group_buying.accept (group_buying, 0.2)",
        "group_buying.accept (offer, 0.25)",
    }


def test_behaviour_that_plans_put_differently_is_left_as_they_put_it():
    talk = UNMANAGED.behaviour.talk.model_copy(update={"reply": 3.0})
    behaviour = UNMANAGED.behaviour.model_copy(update={"talk": talk})
    other = UNMANAGED.model_copy(update={"behaviour": behaviour})
    assert "talk.reply" not in named([UNMANAGED, other])


def test_steps_of_a_source_that_are_left_to_what_is_usual_are_unknown_too():
    names = named([Scenario.load("sources"), UNMANAGED])
    assert names["sources.steps.reach (store, 0.6)"].low == 0.3


def test_supposing_changes_all_plans_alike_and_nothing_else():
    found = unknowns([TEAMS, UNMANAGED])
    teams, alone = supposed([TEAMS, UNMANAGED], found, {"buying.touch": 0.1, "group_buying.accept": 0.07})
    assert teams.behaviour.buying.touch == alone.behaviour.buying.touch == 0.1
    assert teams.strategies[0].accept == 0.07
    assert teams.behaviour.talk == TEAMS.behaviour.talk
    assert supposed([TEAMS, UNMANAGED], found, {}) == (TEAMS, UNMANAGED)


def test_who_joins_late_is_never_below_who_joins_at_once():
    found = unknowns([TEAMS])
    both = {"group_buying.accept": 0.28, "group_buying.accept_late": 0.21}
    assert supposed([TEAMS], found, both)[0].strategies[0].accept_late == 0.28
    high = TEAMS.model_copy(update={"strategies": (TEAMS.strategies[0].model_copy(update={"accept": 0.3}),)})
    only = supposed([high], unknowns([high]), {"group_buying.accept_late": 0.2})
    assert only[0].strategies[0].accept_late == 0.3


def test_positions_and_values_of_an_unknown_go_both_ways():
    for one in unknowns([TEAMS]):
        assert one.at(0.0) == pytest.approx(one.low)
        assert one.at(1.0) == pytest.approx(one.high)
        assert 0.0 <= one.position(one.value) <= 1.0
        if not one.whole:
            assert one.at(one.position(one.value)) == pytest.approx(one.value, abs=0.006)


def test_points_cover_every_range_evenly_and_are_the_same_again():
    found = unknowns([TEAMS, UNMANAGED])
    where = positions(found, 10, 3)
    assert (np.sort(np.floor(where * 10), axis=0) == np.arange(10)[:, None]).all()
    assert np.array_equal(where, positions(found, 10, 3))
    assert not np.array_equal(where, positions(found, 10, 4))
    first = next(points([TEAMS, UNMANAGED], 10, 3))
    assert first[0].behaviour == first[1].behaviour
    assert first[1].behaviour.talk.reply == at(found, where[0])["talk.reply"]


def test_less_than_one_point_is_refused():
    with pytest.raises(InputError, match="less than one point"):
        next(points([TEAMS], 0))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_plan_can_be_at_any_point_and_at_all_ends(name):
    plans = [Scenario.load(name), UNMANAGED]
    found = unknowns(plans)
    assert len(list(points(plans, 5))) == 5
    for one in found:
        for end in (one.low, one.high):
            supposed(plans, found, {one.name: end})


@pytest.mark.slow
@pytest.mark.parametrize("name", ["active-group", "fruit-shop", "group-buying", "live", "coupon", "sources"])
def test_behaviour_that_is_left_out_changes_nothing(name):
    plan = Scenario.load(name).model_copy(update={"days": 20})
    used = {one.name.split(".")[0] for one in unknowns([plan]) if one.places[0].path[0] == "behaviour"}
    other = {}
    for section, values in plan.behaviour:
        if section not in used:
            moved = {}
            for field, info in type(values).model_fields.items():
                low, high = info.json_schema_extra.get("plausible", (None, None))
                if low is not None:
                    moved[field] = high if getattr(values, field) != high else low
            other[section] = values.model_copy(update=moved)
    changed = plan.model_copy(update={"behaviour": plan.behaviour.model_copy(update=other)})
    assert other
    assert simulate(plan, 5).ledger["fen"].sum() == simulate(changed, 5).ledger["fen"].sum()


def test_what_a_strategy_assumes_is_declared_and_what_is_decided_is_not():
    for cls in map(find, kinds()):
        for name, field in cls.model_fields.items():
            told = card(field)
            if str(told.get("source")).startswith("assumed") and told["unit"] not in ("yuan", "minutes"):
                assert told.get("assumed"), f"{cls.__name__}.{name}"
            if "choice" in str(told.get("source")):
                assert not told.get("assumed"), f"{cls.__name__}.{name}"
    marked = {name for name, field in GroupBuying.model_fields.items() if card(field).get("assumed")}
    assert marked == {"accept", "accept_late", "asks"}


def test_doubt_says_how_the_leads_spread_and_how_many_are_ahead():
    found = doubt(np.arange(-20.0, 81.0))
    assert (found.low, found.high) == pytest.approx((-15.0, 75.0))
    assert found.ahead.mean == pytest.approx(80 / 101)
    assert found.points == 101
    assert found.even == pytest.approx(1 / 101)
    assert found.ahead.low < 80 / 101 < found.ahead.high


def test_luck_is_taken_out_of_leads_and_what_is_supposed_stays():
    draw = np.random.default_rng(1)
    luck, effect = draw.normal(0, 500, 200), draw.normal(1000, 100, 200)
    got = steadied(effect + luck, 300 + luck, 300.0 + luck.mean())
    assert np.std(got - effect) < 50
    assert np.array_equal(steadied(effect, np.full(200, 7.0), 7.0), effect)
