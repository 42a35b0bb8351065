"""One line of a plan selects whom to believe; the default is the evidence."""

import pytest

from commsim.scenario.behaviour import Behaviour
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import dump, loads
from commsim.scenario.schema import Product, Scenario
from commsim.simulation.run import simulate
from commsim.strategies.group_buying import GroupBuying, Rung
from commsim.strategies.red_envelope import RedEnvelope

TEAMS = "extends: group-buying\nname: x\n"
ENVELOPES = "extends: red-envelope\nname: x\ndays: 21\ncommunity: {members: 400, group_size: 100}\n"
GUIDES = "reading: guides\n"


def test_the_default_follows_the_evidence():
    plan = loads(TEAMS)
    assert plan.reading == "evidence"
    assert loads(TEAMS + "reading: evidence\n") == plan
    assert plan.behaviour == Behaviour()


def test_guides_let_group_buying_make_people_invite():
    plan = loads(TEAMS + GUIDES)
    assert plan.behaviour.invite.spread_effort == 1.0
    assert plan.strategies[0].asks == 12
    usual = loads(TEAMS)
    changed = {"invite": usual.behaviour.invite, "coupons": usual.behaviour.coupons}
    assert plan.behaviour.model_copy(update=changed) == usual.behaviour
    assert plan.strategies[0].model_copy(update={"asks": 6}) == usual.strategies[0]


def test_more_friends_join_by_the_guides_reading():
    joined = {
        reading: sum(
            simulate(loads(f"{TEAMS}reading: {reading}\n"), seed).daily["joined"].sum() for seed in range(3)
        )
        for reading in ("evidence", "guides")
    }
    assert joined["guides"] > 1.2 * joined["evidence"]


def test_by_the_guides_reading_coupons_of_friends_are_as_good_as_own_ones():
    coupons = loads("extends: coupon\nname: x\n" + GUIDES).behaviour.coupons
    assert (coupons.shared, coupons.shareable, coupons.pass_on) == (1.0, 0.0, 0.2)


def test_by_the_guides_reading_nobody_sends_an_envelope_on():
    assert simulate(loads(ENVELOPES), 1).daily["resent"].sum() > 0
    assert simulate(loads(ENVELOPES + GUIDES), 1).daily["resent"].sum() == 0


def test_what_the_plan_sets_itself_goes_first():
    own = "strategies: {group_buying: {asks: 3}}\nbehaviour: {invite: {spread_effort: 0.5}}\n"
    plan = loads(TEAMS + GUIDES + own)
    assert plan.strategies[0].asks == 3
    assert plan.behaviour.invite.spread_effort == 0.5


def test_it_comes_through_yaml_and_from_python_the_same():
    plan = loads(TEAMS + GUIDES)
    assert loads(dump(plan)) == plan
    ladder = (Rung(size=2, price=90),)
    made = Scenario(
        name="made",
        products=(Product(name="box", price=99, unit_cost=50),),
        strategies=(
            GroupBuying(ladder=ladder),
            RedEnvelope(total=20),
            RedEnvelope(name="b", preset="social"),
        ),
        behaviour=Behaviour(),
        reading="guides",
    )
    assert [strategy.kind for strategy in made.strategies] == ["group_buying", "red_envelope", "red_envelope"]
    assert made.strategies[0].asks == 12
    assert [made.strategies[k].preset for k in (1, 2)] == ["none", "social"]
    assert made.strategies[1].total == 2000
    assert made.behaviour.invite.spread_effort == 1.0


@pytest.mark.parametrize(
    "text", ["reading: guide\n", "reading: 3\n", GUIDES + "behaviour: 3\n", GUIDES + "strategies: 3\n"]
)
def test_nonsense_is_told_at_its_place(text):
    with pytest.raises(ScenarioError) as told:
        loads(TEAMS + text)
    assert "must be" in str(told.value)
