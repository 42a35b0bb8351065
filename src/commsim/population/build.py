"""From a scenario's community to a population: one world per seed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.luck import whole_seed
from commsim.core.memory import give_back
from commsim.population.graph import befriend
from commsim.population.layout import Layout, lay_out
from commsim.population.listed import Buying, Listed, read_listed
from commsim.population.people import TRAITS, Population
from commsim.population.repeat_draws import draw_customers
from commsim.population.roster import Roll
from commsim.population.sparse import Rows
from commsim.population.tastes import of_groups
from commsim.population.traits import (
    draw_alive,
    draw_buyers,
    draw_groups,
    draw_muted,
    draw_slots,
    draw_traits,
    harden,
)
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community

_MANY = 1_000_000
"""Persons with whom it counts what becomes of freed memory."""


def build(
    community: Community, behaviour: Behaviour, seed: int, *, base: Path | None = None, today: dt.date
) -> Population:
    """Draw the people of one world: generated, or those of the community's files.

    base: folder that relative file paths start from.  today: first day of the plan.  The same
    arguments (and files) give the same bytes.  Raises InputError for files that can't be used.
    """
    seed = whole_seed(seed)
    listed = read_listed(community, base, today)
    if listed is None:
        generated = _populate(community, behaviour, seed, lay_out(community, seed))
        return replace(generated, group_names=tuple(group.name for group in community.groups or ()))
    layout = listed.layout(community.segments, seed)
    drawn = _populate(community, behaviour, seed, layout, listed.friendships)
    return _as_seen(drawn, listed, seed)


def _populate(
    community: Community, behaviour: Behaviour, seed: int, layout: Layout, friendships: Rows | None = None
) -> Population:
    """Everything drawn, from the behaviour's distributions."""
    if layout.n_persons > _MANY:
        give_back()
    traits = draw_traits(seed, layout.segment, community.segments, behaviour)
    factor = of_groups(community, "elasticity")
    if factor is not None:
        traits[TRAITS.index("elasticity")] *= factor.astype(np.float32)[layout.near()]
    buyer = draw_buyers(seed, layout.segment, community.segments, layout.n_members)
    lapse, rate = traits[TRAITS.index("lapse")], traits[TRAITS.index("buy_rate")]
    np.copyto(lapse, harden(lapse, rate, behaviour.buying.past_weeks, behaviour), where=buyer)
    offsets, neighbours = friendships or befriend(community.graph, layout, seed)
    return Population(
        trait_rows=traits,
        slot=draw_slots(seed, layout.n_persons),
        segment=layout.segment,
        group=layout.group(),
        muted=draw_muted(seed, layout.n_persons, community.muted),
        buyer=buyer,
        alive=~buyer | draw_alive(seed, layout.segment, community.segments),
        groups=draw_groups(seed, layout.n_groups, community.task_groups, behaviour),
        offsets=offsets,
        neighbours=neighbours,
    )


def _as_seen(drawn: Population, listed: Listed, seed: int) -> Population:
    """The same world with what the files say in place of what was drawn."""
    _see_roster(drawn, listed.roll, listed.rows)
    labelled = replace(drawn, labels=listed.labels, group_names=listed.roll.names, tags=listed.tags)
    return _see_orders(labelled, listed.buying, seed) if listed.buying else labelled


def _see_roster(drawn: Population, roll: Roll, rows: Ints) -> None:
    counted, told = ~np.isnan(roll.talk), roll.muted >= 0
    drawn.traits["talk_rate"][rows[counted]] = roll.talk[counted]
    drawn.muted[rows[told]] = roll.muted[told] == 1


def _see_orders(drawn: Population, buying: Buying, seed: int) -> Population:
    """Rates and lapses drawn from what each person's orders leave open."""
    customers = draw_customers(buying.fitted, buying.seen, buying.chances, seed)
    drawn.traits["buy_rate"][:], drawn.traits["lapse"][:] = customers.rate, customers.lapse
    return replace(
        drawn,
        buyer=buying.bought.copy(),
        alive=customers.lives,
        observed=True,
        last_order=np.where(buying.bought, buying.last_order, np.inf),
        regularity=customers.k,
        events=customers.j,
    )
