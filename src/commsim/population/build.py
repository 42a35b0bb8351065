"""From a scenario's community to a population: one world per seed."""

import datetime as dt
from pathlib import Path

from commsim.population.graph import befriend
from commsim.population.layout import lay_out
from commsim.population.people import Population
from commsim.population.traits import (
    draw_alive,
    draw_buyers,
    draw_groups,
    draw_muted,
    draw_slots,
    draw_traits,
)
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community


def build(
    community: Community, behaviour: Behaviour, seed: int, *, base: Path | None = None, today: dt.date
) -> Population:
    """Draw the people of one world.

    base: folder that relative file paths start from.  today: first day of the plan.  The same
    arguments (and files) give the same bytes.  Raises InputError for files that can't be used.
    """
    return _generate(community, behaviour, seed)


def _generate(community: Community, behaviour: Behaviour, seed: int) -> Population:
    layout = lay_out(community, seed)
    traits = draw_traits(seed, layout.segment, community.segments, behaviour)
    buyer = draw_buyers(seed, layout.segment, community.segments, layout.n_members)
    offsets, neighbours = befriend(community.graph, layout, seed)
    n_groups = len(layout.members) - 1
    return Population(
        traits=traits,
        slot=draw_slots(seed, layout.n_persons),
        segment=layout.segment,
        group=layout.group(),
        muted=draw_muted(seed, layout.n_persons, community.muted),
        buyer=buyer,
        alive=~buyer | draw_alive(seed, traits, behaviour.buying.past_weeks),
        groups=draw_groups(seed, n_groups, community.task_groups, behaviour),
        offsets=offsets,
        neighbours=neighbours,
    )
