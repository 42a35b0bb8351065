"""Whatever a claim is about can be said in a plan by the line that is shown for it."""

import numpy as np
import pytest

from commsim.scenario.load import load, loads
from commsim.simulation.run import simulate
from commsim.validation.claims.catalogue import CLAIMS
from commsim.validation.claims.lines import lines, plan
from commsim.validation.claims.missing import MISSING

GUIDES = {str(number) for number in range(1, 95)}


def test_each_claim_has_a_line_and_every_mechanism_a_claim_or_a_reason():
    claimed = [claim.id for claim in CLAIMS]
    assert list(lines()) == claimed
    assert set(claimed) & GUIDES | set(MISSING) == GUIDES
    assert set(claimed) & set(MISSING) == set()


@pytest.mark.parametrize("claim", CLAIMS, ids=[claim.id for claim in CLAIMS])
def test_a_line_that_has_strategies_has_one_that_its_claim_tries(claim):
    tried = {strategy.kind for one in claim.scenarios().values() for strategy in one.strategies}
    said = {strategy.kind for strategy in loads(plan(claim.id)).strategies}
    assert not said or said & tried


@pytest.mark.parametrize("claim", [claim.id for claim in CLAIMS])
def test_a_line_is_a_plan_that_says_something_and_runs(claim):
    said = loads(plan(claim))
    small = said.community.model_copy(
        update={"members": 60, "group_size": min(said.community.group_size, 30)}
    )
    daily = simulate(said.model_copy(update={"days": 3, "community": small}), 1).daily
    assert len(daily["members"]) == 3
    assert np.isfinite(daily["revenue"]).all()
    without = {"name", "about"}
    # silence is what the unmanaged group is already
    assert claim == "41" or said.model_dump(exclude=without) != load("unmanaged-group").model_dump(
        exclude=without
    )
