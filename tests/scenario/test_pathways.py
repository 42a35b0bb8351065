"""Pathways of behaviour: what is neutral does nothing, and everything that says so has words."""

from pathlib import Path

import numpy as np
import pytest

from commsim import Scenario, simulate
from commsim.core.units import param
from commsim.population.build import build
from commsim.population.people import TRAITS
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.behaviour.pathways import declared, pathways, without
from commsim.scenario.fields import card
from commsim.scenario.length import with_days
from commsim.simulation.clock import attendance

KNOWN = {one.name: one for one in declared(Behaviour)}
SALE = {"kind": "flash_sale", "discount": 0.3, "warm_up": 1, "weekdays": ["tue", "thu", "sat"]}
LADDER = [{"size": 2, "price": 25}, {"size": 3, "price": 22}]
PLAN = Scenario.model_validate(
    {
        "name": "lively",
        "days": 16,
        "community": {"members": 120, "group_size": 60, "arrivals_per_day": 1.0},
        "products": [{"name": "tea", "price": 30, "unit_cost": 12}],
        "strategies": [
            {"kind": "advert", "posts": 2},
            {"kind": "red_envelope", "total": 30},
            SALE,
            {"kind": "check_in"},
            {"kind": "content"},
            {"kind": "group_rules"},
            {"kind": "distributor_rebate"},
            {"kind": "group_buying", "product": "tea", "weekdays": ["mon", "wed"], "ladder": LADDER},
        ],
    }
)

HOW = {
    "adverts": {"buying.adstock": 5.0, "buying.adstock_half_life": 7.0},
    "envelopes": {"look.habituation": 0.5},
    "annoyance": {"fatigue.annoyance_half_life": 20.0, "fatigue.to_trust": 2.0, "fatigue.useful": 1.0},
    "touch": {"buying.touch_speed": 0.5, "buying.touch_full": 0.1},
    "members_adverts": {
        "spam.growth": 0.5,
        "spam.control": 0.1,
        "spam.ceiling": 20.0,
        "activity.spam": 1.0,
        "trust.spam": 0.1,
        "talk.spam_damping": 2.0,
        "stay.spam": 1.0,
    },
    "leaving": {"stay.leave_muted": 0.0, "stay.anger": 1.0},
    "price": {"buying.elasticity_spread": 1.0, "buying.reference_speed": 0.5},
    "talk": {"activity.readable": 2.0},
    "replies": {"talk.saturation": 0.05},
    "fatigue": {"fatigue.half_life": 30.0},
    "scarcity": {"buying.scarcity_wear": 0.0},
    "crowding": {"stay.crowded": 1.5},
}
"""Settings that only say how a pathway of the core works, with another value."""
OF_MECHANISMS = {
    "contacts.recall": ("win-back", {"contacts.half_life": 60.0}, ()),
    "goods.add_on": ("goods", {"goods.drawn": 8.0, "goods.to_free": 8.0}, ()),
    "live.returns": ("live", {"live.return_days": 7}, ()),
    "lottery.lift": ("lottery", {"lottery.lift_days": 60}, ()),
    "sources.leave": ("sources", {"sources.days": 60}, ()),
    "bait.prize": ("lottery", {"bait.within": 30}, ()),
    "tie.tie": ("personal-contact", {"tie.gain": 0.5}, ("mean_tie",)),
    "service.satisfaction": ("service", {"service.good": 0.5}, ("satisfaction",)),
    "wants.desire": ("stories", {"wants.gain": 0.9, "wants.half_life": 20.0}, ("mean_desire",)),
}
"""The same of mechanisms: a shipped plan, settings, and numbers that tell of the cause and not of people."""


def other(plan, settings):
    behaviour = plan.behaviour
    for path, value in settings.items():
        section, _, name = path.partition(".")
        part = getattr(behaviour, section).model_copy(update={name: value})
        behaviour = behaviour.model_copy(update={section: part})
    return plan.model_copy(update={"behaviour": behaviour})


def days(plan, *left_out):
    found = simulate(plan, 3)
    return {name: column.tolist() for name, column in found.daily.items() if name not in left_out}


@pytest.mark.parametrize("name", HOW)
def test_switched_off_it_does_not_matter_how_it_works(name):
    larger = PLAN.community.model_copy(update={"members": 1000})
    longer = PLAN.model_copy(update={"community": larger, "days": 30})
    off = without(PLAN, KNOWN[name])
    assert days(off) == days(other(off, HOW[name]))
    assert days(longer) != days(other(longer, HOW[name])), "it never matters: give it other values"


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_MECHANISMS)
def test_so_do_those_of_mechanisms(name):
    shipped, how, told = OF_MECHANISMS[name]
    plan = with_days(Scenario.load(shipped), 40)
    plan = plan.model_copy(update={"community": plan.community.model_copy(update={"members": 300})})
    off = without(plan, KNOWN[name])
    assert days(off, *told) == days(other(off, how), *told)
    assert days(plan, *told) != days(other(plan, how), *told), "it never matters: give it other values"


def test_adverts_without_any_of_their_pathways_are_as_if_there_were_none():
    plan = PLAN.only(["advert"])
    for name in ("adverts", "empty_posts", "annoyance", "leaving", "messages_mute", "touch"):
        plan = without(plan, KNOWN[name])
    posts = ("operator_posts", "operator_messages")
    assert days(plan, *posts) == days(plan.left_alone(), *posts)
    assert days(PLAN.only(["advert"]), *posts) != days(PLAN.left_alone(), *posts)


def test_without_price_a_deeper_discount_sells_no_more():
    def orders(plan, discount):
        sale = PLAN.strategies[2].model_copy(update={"discount": discount})
        return days(plan.model_copy(update={"strategies": (sale,)}))["orders"]

    off = without(PLAN, KNOWN["price"])
    assert orders(off, 0.1) == orders(off, 0.6)
    assert orders(PLAN, 0.1) != orders(PLAN, 0.6)


def test_without_trust_it_sways_nobody_whatever_it_is():
    off = without(without(PLAN, KNOWN["trust"]), KNOWN["trusted_invite"])
    low = {"trust.good": 0.0, "trust.bad": 0.9, "trust.spam": 0.1}
    assert days(off, "trust") == days(other(off, low), "trust")
    assert days(PLAN, "trust") != days(other(PLAN, low), "trust")


def test_without_parcels_bad_ones_leave_trust_alone():
    def trust(plan, bad):
        products = tuple(one.model_copy(update={"bad_share": bad}) for one in plan.products)
        return days(plan.model_copy(update={"products": products}))["trust"]

    off = without(PLAN, KNOWN["parcels"])
    assert trust(off, 0.0) == trust(off, 0.9)
    assert trust(PLAN, 0.0) != trust(PLAN, 0.9)


def test_without_own_hours_everybody_comes_alike():
    for hour in (8, 13, 20):
        assert np.ptp(attendance(hour, 1.0, 3.0, 1.0)) == 0.0
        assert np.ptp(attendance(hour, 1.0, 3.0, 2.0)) > 0.0


def test_factors_are_off_at_one_and_everything_else_at_nothing():
    for one in KNOWN.values():
        for path, value in one.neutral.items():
            section, _, name = path.partition(".")
            about = card(type(getattr(PLAN.behaviour, section)).model_fields[name])
            wanted = 1.0 if about["unit"] == "factor" else 0.0
            assert value == wanted, path


def test_every_pathway_says_what_it_is_in_both_languages():
    for one in KNOWN.values():
        assert one.told() != one.name
        assert one.told("zh") not in (one.name, one.told())
    assert len({one.told() for one in KNOWN.values()}) == len(KNOWN)


def test_a_mechanism_with_behaviour_has_a_pathway():
    """But a habit, which only says how fast."""
    sections = {path.partition(".")[0] for one in KNOWN.values() for path in one.neutral}
    assert set(Behaviour.model_fields) - sections == {"habit"}, "give a setting neutral=, and words"


def test_those_of_mechanisms_that_a_plan_does_not_use_are_left_out():
    names = {one.name for one in pathways(PLAN)}
    assert "adverts" in names
    assert not any(name.startswith("levels.") for name in names)
    assert {"levels.status", "levels.gradient"} <= {one.name for one in pathways(Scenario.load("levels"))}


def test_what_is_off_already_is_left_out():
    off = without(PLAN, KNOWN["adverts"])
    assert {one.name for one in pathways(PLAN)} - {one.name for one in pathways(off)} == {"adverts"}


def test_people_are_made_anew_only_where_they_differ():
    usual = build(PLAN.community, PLAN.behaviour, 3, today=PLAN.start)
    for one in pathways(PLAN):
        off = without(PLAN, one)
        people = build(off.community, off.behaviour, 3, today=off.start)
        same = all(np.array_equal(people.traits[name], usual.traits[name]) for name in TRAITS)
        assert same is not one.makes_people, one.name


def test_a_neutral_value_beyond_the_limits_is_refused():
    with pytest.raises(ValueError, match="not within"):
        param(2.0, "Factor", unit="factor", low=1.5, high=3.0, source="-", grade="D", neutral=1.0)


def test_the_docs_have_a_row_for_each():
    text = (Path(__file__).parents[2] / "docs" / "explain.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert [row[0].strip("| `") for row in rows] == list(KNOWN)
    for row, one in zip(rows, KNOWN.values(), strict=True):
        assert row[1] == one.told()
        values = {f"{value:g}" for value in one.neutral.values()}
        assert values <= set(row[2].replace(",", " ").split()), one.name
