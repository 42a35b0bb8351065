"""The state of a run, as columns: one row per person, one per group.

Columns of one type lie in one block, so that a kernel takes a handful of arrays (see `columns`).
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.core.columns import PERSONS, Column
from commsim.core.view import MEMBER, STRANGER
from commsim.population.layout import group_bounds, outside_blocks
from commsim.population.newcomers import first_trust
from commsim.population.people import Population
from commsim.population.tastes import customer_kinds, near_group
from commsim.scenario.defaults import in_groups
from commsim.scenario.schema import Scenario
from commsim.simulation.kernels.joining import RESERVED
from commsim.simulation.past import Past, at_base, at_rest

Reals = NDArray[np.float32]
NEVER, BUYER, LAPSED = 0, 1, 2


class PeopleBlocks(NamedTuple):
    """The columns of persons, type by type, one row per column (see `commsim.core.columns.PERSONS`).

    Traits are the population's own, shared between runs and never written to.
    """

    traits: Reals
    reals: Reals
    counts: NDArray[np.int32]
    shorts: NDArray[np.int16]
    tiny: NDArray[np.int8]
    bits: NDArray[np.uint32]
    muted: Bools
    large: NDArray[np.int64]


class People:
    """The same columns by name: ``people.activity``."""

    def __init__(self, blocks: PeopleBlocks) -> None:
        for name, declared in PERSONS.items():
            block = getattr(blocks, name)
            for column, values in zip(declared, block if block.ndim > 1 else block[None], strict=False):
                setattr(self, column.name, values)  # a population has more traits than columns

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> NDArray[Any]: ...


class Groups(NamedTuple):
    """Columns of groups.

    keep: share of topics left after a day.  rules: level of enforcement.  size: members.
    heard: yesterday's messages.  level, answered, deal: what their kinds set of talk and of activity
    (`commsim.scenario.group_kinds`).
    """

    bond: Reals
    keep: Reals
    topics: Reals
    spam: Reals
    rules: Reals
    size: NDArray[np.int32]
    heard: NDArray[np.float64]
    level: NDArray[np.float64]
    answered: NDArray[np.float64]
    deal: NDArray[np.float64]


def make_people(population: Population, scenario: Scenario) -> tuple[PeopleBlocks, People]:
    """The state on the morning of day 0."""
    n = population.n_persons
    made = {name: _make(name, declared, n) for name, declared in PERSONS.items() if name != "traits"}
    traits = population.trait_rows  # which all worlds of these people share
    if any(one.changes_traits for one in scenario.mechanisms):
        traits = traits.copy()
    blocks = PeopleBlocks(traits, **made)
    people = People(blocks)
    people.buy_rate[:] = population.traits["buy_rate"]
    people.keep[:] = _left_after_a_day(population.traits["half_life"])
    people.trust[:] = people.trust_base
    start_activity = scenario.community.activity
    fresh = np.minimum(1.0, scenario.behaviour.activity.start * (0.5 + people.share))
    people.activity[:] = fresh if start_activity is None else start_activity
    people.group[:], people.slot[:], people.segment[:] = population.group, population.slot, population.segment
    people.customer[:] = _customers(population, scenario)
    people.muted[:] = population.muted
    people.status[:] = np.where(population.group >= 0, MEMBER, STRANGER)
    people.buys[:] = np.where(population.buyer, np.where(population.alive, BUYER, LAPSED), NEVER)
    past = _past(people, population.observed, scenario)
    customer = population.buyer & population.alive
    people.buy_rate[:], people.trust[customer] = past.buy_rate, past.trust[customer]
    people.usual[:], people.contact[:] = past.orders, _contact(scenario)
    own = np.where(population.alive, people.buy_rate, np.float32(0))
    people.rate[:] = np.where(population.buyer, own, population.traits["trial_rate"])
    if population.seats is not None:
        _keep_seats(people, population, scenario)
    return blocks, people


def _keep_seats(people: People, population: Population, scenario: Scenario) -> None:
    """Who is to come by a channel waits for it, and knows it by its number in the ledger."""
    assert population.seats is not None
    seats = slice(int(population.seats[0]), None)
    people.due[seats] = RESERVED
    causes = len({one.name for one in scenario.strategies}) + np.arange(len(scenario.sources))
    people.join_cause[seats] = np.repeat(causes, np.diff(population.seats))
    people.trust[seats] = (people.trust[seats] + first_trust(population, scenario)).clip(0.0, 1.0)


def outside(people: People) -> tuple[int, int]:
    """On the first morning: rows of the first person from outside, and after the last."""
    members = int(np.count_nonzero(people.status == MEMBER))
    return members, len(people.due) - int(np.count_nonzero(people.due == RESERVED))


def _make(name: str, declared: tuple[Column, ...], persons: int) -> Any:
    block = np.zeros((len(declared), persons), declared[0].dtype)
    for row, column in zip(block, declared, strict=True):
        if column.start:
            row[:] = column.start
    return block[0] if name == declared[0].name else block


def _customers(population: Population, scenario: Scenario) -> NDArray[np.int8]:
    """Kinds of customers, by segment and taste; see `commsim.population.tastes`."""
    community = scenario.community
    if community.groups is None:
        return population.segment
    bounds = group_bounds(community)
    near = near_group(bounds, outside_blocks(bounds, population.n_outsiders))
    kinds = customer_kinds(community, population.segment[: len(near)], near)
    return np.concatenate([kinds, population.segment[len(near) :]])  # newcomers by channels are near to none


def _past(people: People, observed: bool, scenario: Scenario) -> Past:
    """Where steady buying has left people, and rates that hold there; see `commsim.simulation.past`."""
    rate, base = people.buy_rate.astype(np.float64), people.trust_base.astype(np.float64)
    if not observed:
        return at_base(rate, base, scenario.behaviour)
    return at_rest(rate, base, _contact(scenario), scenario.behaviour)


def _contact(scenario: Scenario) -> float:
    """How much in touch with a run group people are at the start: only a history can tell that they are."""
    history = scenario.community.history
    return history.activity or 0.0 if history else 0.0


SPARE_BANDS = 100
"""Groups more for each time that groups are formed anew: each band has one that is not full."""


def make_groups(population: Population, scenario: Scenario) -> Groups:
    """Groups at the start, and empty ones that open when all others are full or groups are formed anew."""
    community, behaviour = scenario.community, scenario.behaviour
    size = np.bincount(population.group[population.group >= 0], minlength=population.n_groups)
    spare = -(-(population.n_persons - population.n_members) // community.cap)
    formed = (one.forms_groups_of for one in scenario.strategies)
    for most in filter(None, formed):
        spare += -(-population.n_persons // min(most, community.cap)) + SPARE_BANDS
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
        level=_by_kind(scenario, "talk.level", total),
        answered=_by_kind(scenario, "talk.answered", total),
        deal=_by_kind(scenario, "activity.deal", total),
    )


def _by_kind(scenario: Scenario, path: str, total: int) -> NDArray[np.float64]:
    """A parameter that kinds of groups set, by group; those that open later are as the community."""
    section, name = path.split(".")
    values = np.full(total, getattr(getattr(scenario.behaviour, section), name), np.float64)
    own = in_groups(scenario, path)
    values[: len(own)] = own
    return values


def _left_after_a_day(half_life: Reals) -> Reals:
    """In double precision first: single powers differ by some units from one processor to the next."""
    return np.asarray(0.5 ** (1.0 / half_life.astype(np.float64)), np.float32)
