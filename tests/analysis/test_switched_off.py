"""What is told of pathways that are switched off, from runs whose numbers are made up."""

import numpy as np
import pytest

from commsim.analysis.explained import Columns, Outcomes
from commsim.analysis.switched_off import switched_off
from commsim.scenario.behaviour.pathways import Pathway

WORLDS = 4
LUCK = np.array([-3.0, 1.0, 2.0, 0.0])
NAMES = ("adverts", "leaving", "price", "talk", "trust")
PLAN, NOTHING = 100.0 + LUCK, 60.0 + LUCK
"""Of the measure, as people are: a lead of 40 in every world."""


def outcomes(**off):
    """Runs where each pathway gives the plan and nothing so much more, and the plan so many members more."""
    columns = Columns("profit", ("a",), tuple(Pathway(name, {}) for name in NAMES))
    both = []
    for place, usual in enumerate((PLAN, NOTHING)):
        table = dict.fromkeys(columns.names, np.zeros(WORLDS))
        table["members"] = np.full(WORLDS, 50.0 - 20 * place)
        for name in NAMES:
            more = off.get(name, (0.0, 0.0, 0.0))
            table[f"profit without {name}"] = usual + more[place]
            table[f"members without {name}"] = table["members"] + (more[2] if not place else 0.0)
        both.append(np.array([table[name] for name in columns.names]).T)
    return columns, Outcomes(columns, tuple(range(WORLDS)), *both)


def told(**off):
    columns, found = outcomes(**off)
    active, idle = switched_off(columns, found, np.stack([PLAN, NOTHING], axis=1))
    return {one.pathway.name: one for one in active}, [one.name for one in idle]


def test_the_lead_then_and_its_change_are_of_both_plans_and_the_rest_of_the_plan():
    active, idle = told(leaving=(-10.0, 5.0, 7.0))
    (one,) = active.values()
    assert (one.measure.mean, one.lead.mean, one.change.mean, one.members.mean) == (-10.0, 25.0, -15.0, 7.0)
    assert (one.change.low, one.change.high) == (-15.0, -15.0)
    assert idle == ["adverts", "price", "talk", "trust"]


def test_what_changes_members_alone_is_not_idle():
    active, idle = told(talk=(0.0, 0.0, 1.0), price=(5.0, 5.0, 0.0))
    assert set(active) == {"talk", "price"}
    assert idle == ["adverts", "leaving", "trust"]
    assert active["price"].change.mean == 0.0


def test_the_first_is_the_one_on_which_the_lead_hangs_most_up_or_down():
    active, _ = told(adverts=(10.0, 0.0, 0.0), leaving=(-30.0, 0.0, 0.0), talk=(0.0, -20.0, 0.0))
    assert list(active) == ["leaving", "talk", "adverts"]


@pytest.mark.parametrize(
    ("plan", "turns"),
    [
        (-60.0, True),  # a lead of -20 in all worlds
        (-60.0 + 100 * LUCK, False),  # -20 on the mean, and no sure sign
        (-30.0, False),  # a lead of 10
        (60.0, False),
    ],
)
def test_a_sign_turns_where_it_surely_is_another(plan, turns):
    active, _ = told(trust=(plan, 0.0, 0.0))
    assert active["trust"].turns is turns
