"""Worlds in which everything is off but what a test turns on."""

from dataclasses import replace
from typing import ClassVar, Literal

import numpy as np

from commsim.core.dials import Dial
from commsim.core.effects import Nudge
from commsim.population.build import build
from commsim.population.sparse import compress
from commsim.scenario.schema import Scenario
from commsim.simulation.world import World
from commsim.strategies.base import Strategy

SILENT = {
    "look": {"ceiling": 1.0, "muted": 1.0, "attention": 20.0},
    "talk": {"topics": 0.0, "reply": 0.0},
    "spam": {"start": 0.0, "floor": 0.0},
    "stay": {"leave": 0.0, "leave_message": 0.0, "mute_message": 0.0},
    "trust": {"spread": 0.0},
    "buying": {
        "trial": 0.0, "touch": 0.0, "trust": 0.0, "borrowed": 0.0, "advert": 1.0, "scarcity": 1.0,
        "elasticity": 0.0, "reference_gain": 0.0, "reference_loss": 0.0, "first_buyer": 0.0,
        "more_buyers": 0.0,
    },
    "invite": {
        "delay": 1.0, "lasting": 1.0, "spread_effort": 1.0, "last_partner": 1.0, "trust": 0.0,
        "team_rate": 0.0,
    },
}  # fmt: skip
"""Nobody writes, leaves, mutes or tires, and an order has no reason but the buyer's own rate."""
ALWAYS = 20.0
"""Log-odds that make a choice all but certain: an even chance becomes 1 - 2e-9."""


def still(*strategies, members, days, behaviour=None, **community):
    """A scenario of one group (if it fits into one) in which nothing happens by itself."""
    sections = {name: values | (behaviour or {}).get(name, {}) for name, values in SILENT.items()}
    return Scenario.model_validate(
        {
            "name": "still",
            "days": days,
            "community": {
                "members": members, "group_size": min(members, 500), "outside_per_member": 0.0, "muted": 0.0,
                "activity": 1.0, "graph": {"kind": "none"}, **community,
            },
            "products": [
                {"name": "tea", "price": 30, "unit_cost": 15, "bad_share": 0.0},
                {"name": "box", "price": 99, "unit_cost": 50, "shelf": False},
            ],
            "strategies": strategies,
            "behaviour": sections,
        }
    )  # fmt: skip


def world(scenario, seed=1, ties=None):
    """Its first morning; ``ties``: rows (a, b) of friends, in place of the scenario's graph."""
    people = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
    if ties is not None:
        offsets, neighbours = compress(people.n_persons, *np.asarray(ties).T)
        people = replace(people, offsets=offsets, neighbours=neighbours)
    return World(scenario, people, seed, full=True)


class Attentive(Strategy):
    """Makes every member look every day."""

    kind: Literal["attentive"] = "attentive"
    purpose: ClassVar = "activity"

    def act(self, view, memory):
        return [Nudge(Dial.LOOK, ALWAYS)]
