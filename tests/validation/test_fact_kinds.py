"""Facts about who talks are measured in groups where people talk, facts about shops in those of shops."""

import pytest

from commsim.scenario.load import load
from commsim.validation.facts.plans import bare, changed, of_kind, sized
from commsim.validation.facts.registry import find


@pytest.mark.parametrize("shipped", ["unmanaged-group", "beauty-welfare-group"])
@pytest.mark.parametrize(
    ("fact", "kind"), [("F1", "interest"), ("F6", "interest"), ("F14", "interest"), ("F46", "coupon")]
)
def test_plans_have_the_kind_that_a_fact_is_about(shipped, fact, kind):
    plans = find(fact).setup.plans(sized(load(shipped), 2))
    plans.pop("interest", None)  # of F44, which is about both
    assert {plan.community.kind for plan in plans.values()} == {kind}
    assert len({plan.behaviour.talk.level for plan in plans.values()}) == 1


def test_a_kind_brings_what_it_sets_and_leaves_what_the_plan_sets():
    plan = load("unmanaged-group")
    friends = of_kind(plan, "interest")
    assert (plan.behaviour.talk.level, friends.behaviour.talk.level) == (0.1, 1.0)
    assert of_kind(friends, "coupon") == plan
    own = changed(plan, {"behaviour": {"talk": {"level": 0.7}}})
    assert bare(of_kind(own, "interest"), 9).behaviour.talk.level == 0.7
