"""Kinds of groups set defaults of behaviour; a plan's own settings go first, and it is told who set what."""

import numpy as np
import pytest

from commsim.experiments.design.paths import changed
from commsim.population.build import build
from commsim.report.plan_header import plan_header
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.errors import ScenarioError
from commsim.scenario.fields import card
from commsim.scenario.group_kinds import BY_KIND, SET, sections
from commsim.scenario.load import dump, loads
from commsim.scenario.readings import BEHAVIOUR
from commsim.simulation.run import simulate
from commsim.simulation.world import World
from commsim.validation.evidence import evidence

PLAN = "extends: active-group\nname: x\ndays: 21\n"
FEW = "community: {kind: KIND, members: 400, group_size: 100}\n"


def of_kind(kind: str, more: str = ""):
    return loads(PLAN + FEW.replace("KIND", kind) + more)


def test_a_shops_coupon_group_is_what_the_behaviour_declares():
    assert of_kind("coupon").behaviour == Behaviour()
    assert loads(PLAN).community.kind == "coupon"


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_kind_sets_what_its_table_says_and_nothing_else(kind):
    found, usual = of_kind(kind).behaviour, Behaviour()
    for section, values in sections(kind).items():
        for name, value in values.items():
            assert getattr(getattr(found, section), name) == value != getattr(getattr(usual, section), name)
    back = {name: getattr(usual, name) for name in sections(kind)}
    assert found.model_copy(update=back) == usual


def test_kinds_and_readings_set_different_sections():
    assert BEHAVIOUR.keys().isdisjoint(path.split(".")[0] for path in SET)


def test_what_a_kind_sets_lies_in_its_range_and_in_the_limits():
    for sets in BY_KIND.values():
        for path, default in sets.items():
            section, name = path.split(".")
            assert card(type(getattr(Behaviour(), section)).model_fields[name])
            assert default.plausible[0] <= default.value <= default.plausible[1]


def test_the_plans_own_settings_go_first_and_are_told():
    plan = of_kind("interest", "behaviour: {talk: {level: 0.7}}\n")
    assert plan.behaviour.talk.level == 0.7
    assert plan.behaviour.activity.deal == sections("interest")["activity"]["deal"]
    told = plan_header(plan)["Kind"]
    assert told.startswith("interest: something in common; ")
    assert "members write 0.7 times as much as where they share an interest (by the plan)" in told
    assert "a real deal seen adds 0.2 to activity;" in told


def test_a_kept_plan_leaves_them_to_its_kind():
    plan = of_kind("service")
    assert loads(dump(plan)) == plan
    kept = dump(plan).replace("kind: service", "kind: coupon")
    assert loads(kept).behaviour == Behaviour()


def test_evidence_lists_what_kinds_set():
    found = {one.setting.path: one for one in evidence("talk.level")}
    assert found["behaviour.talk.level"].setting.default == "0.1"
    assert found["community.kind.interest.talk.level"].setting.default == "1"
    assert all(one.studies for one in evidence("community.kind"))


def test_a_sweep_can_choose_the_kind():
    kind, level = ("community", "kind"), ("behaviour", "talk", "level")
    plan = changed(of_kind("coupon"), {kind: "interest"})
    assert plan == of_kind("interest")
    assert changed(plan, {kind: "coupon"}) == of_kind("coupon")
    both = changed(plan, {kind: "service", level: 0.6, ("behaviour", "talk", "spread"): 1.7})
    assert (both.behaviour.talk.level, both.behaviour.talk.answered) == (0.6, 0.7)


def test_an_unknown_kind_is_told_at_its_place():
    with pytest.raises(
        ScenarioError,
        match=r"community.kind: must be one of coupon, interest, service, is 'interst'",
    ):
        of_kind("interst")


def test_who_talks_and_who_answers():
    ran = {kind: simulate(of_kind(kind), 1).daily for kind in BY_KIND}
    messages = {kind: daily["messages"].sum() for kind, daily in ran.items()}
    assert messages["coupon"] < messages["service"] < messages["interest"]
    posts = ran["coupon"]["operator_posts"]
    assert (ran["coupon"]["operator_messages"] == 3 * posts).all()
    answered = ran["service"]["operator_messages"] - 3 * posts
    assert answered.sum() == pytest.approx(0.7 * messages["service"])


def test_nobody_answers_where_no_staff_work():
    daily = simulate(of_kind("service", "strategies: []\n"), 1).daily
    assert daily["messages"].sum() > 0
    assert daily["operator_messages"].sum() == 0


def test_an_answer_makes_a_look_worthwhile():
    """By ``activity.answer`` x what is answered, one a day at most, to who looks in on that day alone."""
    value, looked = {}, {}
    for worth in (0.0, 0.4):
        settings = f"behaviour: {{activity: {{answer: {worth}}}, talk: {{answered: 0.01}}}}\n"
        plan = of_kind("service", settings)
        made = World(plan, build(plan.community, plan.behaviour, 1, today=plan.start), 1)
        happened = made.advance()
        value[worth], looked[worth] = made.people.value.copy(), happened.lookers
    assert looked[0.0].tolist() == looked[0.4].tolist()
    messages = made.records().groups["messages"]
    answered = np.minimum(1.0, 0.01 * messages[made.people.group[looked[0.4]]])
    assert len(set(answered.tolist())) > 2
    more = value[0.4] - value[0.0]
    np.testing.assert_allclose(more[looked[0.4]], 0.15 * 0.4 * answered, rtol=1e-4)
    assert np.count_nonzero(more) == np.count_nonzero(answered)


def test_answers_take_time_that_is_paid():
    staff = {}
    for minutes in (0, 5):
        plan = of_kind("service", f"operator: {{minutes_per_answer: {minutes}}}\n")
        records = simulate(plan, 1)
        ours = records.ledger["account"] == records.accounts.index("staff")
        staff[minutes] = -records.ledger["fen"][ours].sum()
    answers = records.daily["operator_messages"].sum() - 3 * records.daily["operator_posts"].sum()
    wage = plan.operator.wage_per_hour / 60
    assert staff[5] - staff[0] == pytest.approx(5 * answers * wage, rel=0.01)
