"""A trial: who gets it, once, and what those are worth whom it wins."""

import numpy as np
import pytest

from commsim.core.effects import Announce, Offer
from commsim.population.build import build
from commsim.scenario.schema import Scenario
from commsim.simulation.state import BUYER, NEVER
from commsim.simulation.world import World
from commsim.strategies.trial import Trial
from commsim.testing import FakeView, check_strategy


def lived(days=1, behaviour=None, **trial):
    """A world and its orders under a trial that never ends, among people of whom half have bought before."""
    plan = Scenario.model_validate(
        {
            "name": "tea",
            "days": days,
            "community": {"members": 3000, "segments": [{"buyers": 0.5}], "outside_per_member": 0},
            "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
            "strategies": [{"kind": "trial", **trial}],
            "behaviour": behaviour or {},
        }
    )
    world = World(plan, build(plan.community, plan.behaviour, 1, today=plan.start), 1, full=True)
    before = world.people.buys.copy(), world.people.buy_rate.copy()
    happened = [world.advance() for _ in range(days)]
    sold = [day.order_persons[day.order_cause == 0] for day in happened]
    return world, before, np.concatenate(sold)


def test_it_keeps_the_promises_of_strategies():
    check_strategy(Trial)
    check_strategy(Trial, price=0.5, stock=10, who=None)


def test_it_announces_and_offers_for_next_to_nothing():
    announced, offered, _ = Trial().act(FakeView(), None)
    assert isinstance(announced, Announce)
    assert (offered.price, offered.hour, offered.hours, offered.scarce) == (100, 8, 15.0, False)
    assert not any(isinstance(one, Announce) for one in Trial(posts=0).act(FakeView(), None))
    assert isinstance(offered, Offer)


def test_it_is_previewed_in_the_warm_up_and_sells_so_many_pieces_a_day():
    trial = Trial(starts=3, warm_up=2, stock=40)
    (preview,) = trial.act(FakeView(day=2), None)
    assert isinstance(preview, Announce)
    assert preview.preview
    _, offered, _ = trial.act(FakeView(day=3), None)
    assert (offered.stock, offered.previewed) == (40, 0b110)


def test_only_who_never_bought_gets_it_and_nobody_twice():
    _, (buys, _), sold = lived(days=25)
    assert len(sold) > 300
    assert (buys[sold] == NEVER).all()
    assert len(np.unique(sold)) == len(sold)
    everybody = lived(days=2, who=None)[2]
    assert (buys[everybody] != NEVER).any()


def test_who_is_won_is_worth_less_and_who_was_a_customer_is_not():
    quality = 0.45
    world, (_, rates), sold = lived(days=3)
    people = world.people
    won = sold[(people.buys[sold] == BUYER) & (people.orders[sold] == 1)]
    assert abs(len(won) - 0.25 * len(sold)) < 4.5 * np.sqrt(0.1875 * len(sold)) + 3
    assert np.allclose(people.buy_rate[won], quality * rates[won], rtol=1e-5)
    assert np.allclose(people.rate[won], people.buy_rate[won])
    others = np.setdiff1d(np.arange(len(rates)), sold)
    assert (people.buy_rate[others] == rates[others]).all()


@pytest.mark.parametrize("quality", [0.45, 1.0])
def test_quality_is_that_of_the_plan(quality):
    world, (_, rates), sold = lived(days=2, behaviour={"buying": {"sample_quality": quality}})
    changed = world.people.buy_rate[sold] / rates[sold]
    assert set(np.round(changed.astype(float), 4)) == {quality, 1.0}
