"""The state of a run, as columns: one row per person, one per group.

Columns of one type lie in one block, so that a kernel takes a handful of arrays (see `columns`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.core.view import MEMBER, STRANGER
from commsim.population.people import Population
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community, Scenario
from commsim.simulation.past import Past, at_base, at_rest

Reals = NDArray[np.float32]
Counts = NDArray[np.int32]
Shorts = NDArray[np.int16]
Tiny = NDArray[np.int8]
Bits = NDArray[np.uint32]

NEVER, BUYER, LAPSED = 0, 1, 2


class People(NamedTuple):
    """Columns of persons.  Traits are drawn once; the rest changes from day to day.

    keep: share of activity's distance to rest that is left after a day.  reference: log of the
    reference price over the usual price.  partner: last team mate.  looks: bit k is set if the person
    looked k days ago.  asked: bit c is set if campaign c has asked him to invite.  due: day of joining
    if invited, else -1.  buys: NEVER, BUYER or LAPSED.  rate: orders a day now, at the usual price and
    full need: that of a trial before the first order, buy_rate after it, 0 when lapsed.
    """

    talk_rate: Reals
    elasticity: Reals
    lapse: Reals
    share: Reals
    tolerance: Reals
    sociability: Reals
    habit_speed: Reals
    fluency: Reals
    trust_base: Reals
    buy_rate: Reals
    rate: Reals
    keep: Reals
    activity: Reals
    trust: Reals
    value: Reals
    fatigue: Reals
    annoyance: Reals
    reference: Reals
    need: Reals
    group: Counts
    orders: Counts
    messages: Counts
    points: Counts
    inviter: Counts
    partner: Counts
    joined: Shorts
    due: Shorts
    recruits: Shorts
    slot: Tiny
    segment: Tiny
    status: Tiny
    buys: Tiny
    join_cause: Tiny
    looks: Bits
    asked: Bits
    muted: Bools
    spent: NDArray[np.int64]


class PeopleBlocks(NamedTuple):
    """The same columns, type by type; traits are the population's own, shared between runs."""

    traits: Reals
    reals: Reals
    counts: Counts
    shorts: Shorts
    tiny: Tiny
    bits: Bits
    muted: Bools
    spent: NDArray[np.int64]


def name_columns(b: PeopleBlocks) -> People:
    """The columns of the blocks, by name."""
    columns = (*b.traits[:9], *b.reals, *b.counts, *b.shorts, *b.tiny, *b.bits, b.muted, b.spent)
    return People(*columns)


class Groups(NamedTuple):
    """Columns of groups.

    keep: share of topics left after a day.  rules: level of enforcement.  size: members.
    heard: yesterday's messages.  packets: envelopes by day of the week.
    """

    bond: Reals
    keep: Reals
    topics: Reals
    spam: Reals
    rules: Reals
    size: Counts
    heard: NDArray[np.float64]
    packets: NDArray[np.int32]


def make_people(population: Population, scenario: Scenario) -> tuple[PeopleBlocks, People]:
    """The state on the morning of day 0."""
    n = population.n_persons
    blocks = PeopleBlocks(
        population.trait_rows, np.zeros((10, n), np.float32), np.zeros((6, n), np.int32),
        np.zeros((3, n), np.int16),
        np.zeros((5, n), np.int8), np.zeros((2, n), np.uint32), population.muted.copy(),
        np.zeros(n, np.int64),
    )  # fmt: skip
    people: People = name_columns(blocks)
    people.buy_rate[:] = population.traits["buy_rate"]
    people.keep[:] = _left_after_a_day(population.traits["half_life"])
    people.trust[:] = people.trust_base
    start_activity = scenario.community.activity
    fresh = scenario.behaviour.activity.start * (0.5 + people.share)
    people.activity[:] = fresh if start_activity is None else start_activity
    people.need[:] = 1.0
    people.group[:], people.slot[:], people.segment[:] = population.group, population.slot, population.segment
    people.status[:] = np.where(population.group >= 0, MEMBER, STRANGER)
    people.buys[:] = np.where(population.buyer, np.where(population.alive, BUYER, LAPSED), NEVER)
    for unknown in (people.inviter, people.partner, people.joined, people.due, people.join_cause):
        unknown[:] = -1
    past = _past(people, population.observed, scenario)
    customer = population.buyer & population.alive
    people.buy_rate[:], people.trust[customer] = past.buy_rate, past.trust[customer]
    own = np.where(population.alive, people.buy_rate, np.float32(0))
    people.rate[:] = np.where(population.buyer, own, population.traits["trial_rate"])
    return blocks, people


def _past(people: People, observed: bool, scenario: Scenario) -> Past:
    """Where steady buying has left people, and rates that hold there; see `commsim.simulation.past`."""
    rate, base = people.buy_rate.astype(np.float64), people.trust_base.astype(np.float64)
    if not observed:
        return at_base(rate, base, scenario.behaviour)
    seen_at = scenario.community.history and scenario.community.history.activity
    activity = people.activity if seen_at is None else np.full_like(people.activity, seen_at)
    return at_rest(rate, base, activity, scenario.behaviour)


def make_groups(population: Population, community: Community, behaviour: Behaviour) -> Groups:
    """Groups at the start, and empty ones that open when all others are full."""
    size = np.bincount(population.group[population.group >= 0], minlength=population.n_groups)
    spare = -(-(population.n_persons - population.n_members) // community.cap)
    total = population.n_groups + spare
    bond, life = np.ones(total, np.float32), np.full(total, behaviour.talk.half_life, np.float32)
    bond[: population.n_groups] = population.groups["bond"]
    life[: population.n_groups] = population.groups["half_life"]
    return Groups(
        bond=bond,
        keep=_left_after_a_day(life),
        topics=np.ones(total, np.float32),
        spam=np.full(total, behaviour.spam.start, np.float32),
        rules=np.zeros(total, np.float32),
        size=np.concatenate([size, np.zeros(spare)]).astype(np.int32),
        heard=np.zeros(total),
        packets=np.zeros((7, total), np.int32),
    )


def _left_after_a_day(half_life: Reals) -> Reals:
    """In double precision first: single powers differ by some units from one processor to the next."""
    return np.asarray(0.5 ** (1.0 / half_life.astype(np.float64)), np.float32)
