"""Behaviour at the edge of what a scenario may say: no run fails, and no number is lost."""

import numpy as np
import pytest
from worlds import EIGHT, plan, run, world

from commsim.scenario.behaviour import Behaviour
from commsim.scenario.fields import limits, model_in

SECTIONS = {name: model_in(field.annotation) for name, field in Behaviour.model_fields.items()}
EDGES = {
    (section, setting): tuple(map(type(field.default), limits(field)))
    for section, model in SECTIONS.items()
    for setting, field in model.model_fields.items()
    if None not in limits(field)
}


def extreme(choose):
    """A behaviour with every setting at one of its limits."""
    chosen = {}
    for (section, setting), edges in EDGES.items():
        chosen.setdefault(section, {})[setting] = edges[choose()]
    return chosen


def dice(seed):
    rng = np.random.default_rng(seed)
    return lambda: rng.integers(2)


@pytest.mark.parametrize("choose", [lambda: 0, lambda: 1, *map(dice, range(8))])
def test_runs_at_the_limits_stay_finite(choose):
    records = run(
        plan(
            *EIGHT, members=120, days=12, behaviour=extreme(choose), outside_per_member=2, arrivals_per_day=3
        )
    )
    for table in (records.daily, records.groups, records.members, records.ledger):
        for name, values in table.items():
            if values.dtype.kind == "f":
                assert np.isfinite(values).all(), name
    assert records.daily["members"].min() >= 0


@pytest.mark.parametrize("choose", [lambda: 0, lambda: 1, *map(dice, range(4))])
def test_activity_is_a_chance_whatever_the_settings(choose):
    community = {"members": 300, "days": 6, "outside_per_member": 2, "arrivals_per_day": 40}
    made = world(plan(*EIGHT, behaviour=extreme(choose), **community))
    for _ in range(6):
        assert 0 <= made.people.activity.min() <= made.people.activity.max() <= 1
        made.advance()
    assert made.people.joined.max() > 0, "nobody joined"


def test_every_setting_of_behaviour_has_limits():
    settings = sum(len(model.model_fields) for model in SECTIONS.values())
    assert len(EDGES) == settings
