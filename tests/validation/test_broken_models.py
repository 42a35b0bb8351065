"""Facts that hold for the model fail for models that were broken on purpose: none of them always passes."""

from dataclasses import replace

import numpy as np
import pytest

from commsim.core import luck
from commsim.population import traits
from commsim.population.build import build
from commsim.validation.facts.observed import observe
from commsim.validation.facts.plans import changed, sized
from commsim.validation.facts.registry import find
from commsim.validation.facts.validate import shipped
from commsim.validation.facts.verdict import Finding

pytestmark = pytest.mark.slow
WORLDS, GROUPS = 6, 100

UNTIRING = {
    "fatigue": {"response": 1.0, "annoyance": 0.0},
    "stay": {"leave_message": 0.0, "mute_message": 0.0},
    "activity": {"advert": 0.0},
    "trust": {"advert": 0.0},
}
LASTING = {
    "activity": {"half_life": 365, "half_life_spread": 0},
    "talk": {"half_life": 365, "half_life_spread": 0},
}
SPREAD_OUT = {"talk": {"spread": 3.0}}
HARMLESS = {
    "fatigue": {"to_trust": 0.0, "to_lapse": 0.0},
    "trust": {"advert": 0.0},
    "stay": {"anger": 0.0},
}
OTHERS = {
    "F13": {"stay": {"leave": 0.005}},
    "F17": {"talk": {"envelope": 1.0}},
    "F20b": {"buying": {"borrowed": 0.6}},
    "F22": {"look": {"rush": 24.0}},
    "F27": {"invite": {"spread": 0.1}},
    "F29": {"invite": {"lasting": 0.8}},
    "F34": {"habit": {"transfer": 1.0}},
    "F43": HARMLESS,
    "F44": {"talk": {"level": 1.0}},
    "F46": {"buying": {"touch": 0.5}},
    "F49": {"coupons": {"memory": 1000.0, "last_days": 0.0, "reminded": 0.0}},
    "F52": {"coupons": {"exposure": 0.5}},
    "F56": {"membership": {"steepness": 0.1, "trust": 0.0}},
    "F58": {"lottery": {"lift": 0.0}},
    "F60": {"live": {"lift": 0.0}},
    "F63": {"sources": {"bought_value": 3.0}},
    "F65": {"contacts": {"text_opt_out": 0.3}},
    "F66": {"contacts": {"back": 0.5}},
}
"""What breaks each of the facts about long runs, and of those about what a plan does."""


@pytest.fixture(scope="module")
def base():
    return sized(shipped(), GROUPS)


def finding(fact, base, live=None):
    setup = fact.setup
    runs = (live(setup.plans(base), seed) if live else setup.run(base, seed) for seed in range(WORLDS))
    values = [fact.measure(world) for world in runs]
    return Finding(fact, np.array(values, np.float64).T)


@pytest.mark.parametrize(
    ("behaviour", "fails"),
    [(UNTIRING, "F10"), (UNTIRING, "F11"), (LASTING, "F6"), (LASTING, "F7"), (SPREAD_OUT, "F1")],
    ids=["nobody tires: F10", "nobody tires: F11", "no decay: F6", "no decay: F7", "doubled spread: F1"],
)
def test_a_broken_behaviour_fails(base, behaviour, fails):
    assert finding(find(fails), changed(base, {"behaviour": behaviour})).verdict == "fails"


@pytest.mark.parametrize("fails", OTHERS)
def test_each_fact_about_long_runs_has_a_model_that_fails_it(base, fails):
    assert finding(find(fails), changed(base, {"behaviour": OTHERS[fails]})).verdict == "fails"


@pytest.mark.parametrize(
    "holds",
    [
        "F1",
        "F6",
        "F10",
        "F11",
        "F12",
        "F13",
        "F20",
        "F20b",
        "F22",
        "F27",
        "F43",
        "F46",
        "F56",
        "F58",
        "F61",
        "F65",
    ],
)
def test_the_model_itself_does_not_fail_them(base, holds):
    assert finding(find(holds), base).verdict == "holds"


def test_friends_who_are_hardly_won_fail_the_rate_of_filled_teams(base):
    fact = find("F23")

    def reluctant(scenario):
        plans = fact.setup.plans(scenario)
        return {name: changed(plan, {"strategies": _reluctant(plan)}) for name, plan in plans.items()}

    assert finding(replace(fact, setup=replace(fact.setup, plans=reluctant)), base).verdict == "fails"


def _reluctant(plan):
    return [{**s.model_dump(mode="json"), "accept": 0.05, "accept_late": 0.075} for s in plan.strategies]


@pytest.mark.parametrize("fact", ["F11", "F12", "F20"])
def test_plans_that_share_no_luck_decide_nothing(base, fact):
    """One stream for all decisions: any change of plan gives everybody other luck from then on."""

    def unpaired(plans, seed):
        people = {name: build(p.community, p.behaviour, seed, today=p.start) for name, p in plans.items()}
        return {
            name: observe(p, people[name], seed + 1000 * k, events=True)
            for k, (name, p) in enumerate(plans.items())
        }

    assert finding(find(fact), base, unpaired).verdict != "holds"


@pytest.mark.parametrize("fails", ["F3", "F10", "F26", "F32"])
def test_traits_from_one_stream_fail(base, fails, monkeypatch):
    """Who talks most then also buys most and tires first."""
    keyed = luck.key
    monkeypatch.setattr(traits, "key", lambda seed, purpose, day=0, salt=0: keyed(seed, purpose, day))
    assert finding(find(fails), base).verdict == "fails"
