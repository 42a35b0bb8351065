"""What facts ask of kernels from Python, which has a way in to few of them."""

import numpy as np

from commsim.population.build import build
from commsim.scenario.load import load
from commsim.validation.facts.observed import ObservedWorld


def test_an_offer_is_taken_sooner_the_more_seem_to_have_bought():
    plan = load("flash-sale")
    community = plan.community.model_copy(update={"members": 60})
    people = build(community, plan.behaviour, 1, today=plan.start)
    world = ObservedWorld(plan.model_copy(update={"community": community}), people, 1, full=False)
    for _ in range(10):
        world.advance()
    rows = np.flatnonzero(world.people.rate > 0.0)
    few, many = world.chances(rows, 0), world.chances(rows, 3)
    assert ((few > 0.0) & (few < many) & (many < 1.0)).all()
