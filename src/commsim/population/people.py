"""A population: who there is before the first day, as columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Columns, Floats, Ints

TRAITS = (
    "talk_rate",
    "elasticity",
    "lapse",
    "share",
    "tolerance",
    "sociability",
    "habit_speed",
    "fluency",
    "trust",
    "buy_rate",
    "trial_rate",
    "half_life",
)
"""What each row of `Population.trait_rows` is."""


@dataclass(frozen=True)
class Population:
    """Members row by row, group by group, then the outsiders; ids are row numbers.

    trait_rows: float32, one row per trait (`TRAITS`) and one value per person; shared between runs, never
    written to: ``talk_rate`` (mean 1), ``buy_rate`` (orders a day), ``trial_rate`` (a day),
    ``elasticity``, ``lapse`` (chance after each order), ``share``, ``half_life`` (days), ``tolerance``
    (mean 1), ``sociability`` (mean 1), ``habit_speed``, ``fluency``, ``trust``.
    slot: favourite part of the day (0: 8-12, 1: 12-14, 2: 14-19, 3: 19-23).  segment: index.
    group: -1 for outsiders.  buyer: has bought before.  alive: has not lapsed.
    groups: float32 columns of one value per group: ``bond`` (mean 1), ``half_life`` of topics (days).
    offsets, neighbours: the friendship graph in compressed sparse rows, both directions.
    observed: the buying rates were estimated from orders; see `commsim.simulation.past`.
    last_order: days from each person's last order to the first morning, without end for who has none; None
    if orders are not known.  regularity, events: how many events of a Poisson process make an order of
    theirs, and how many there were since the last one; None as before.  tags: rows of who has each tag.
    group_names: names of the groups at the start; empty if they have none.
    seats: bounds of the rows kept for newcomers by each channel, after all outsiders; None where there are
    no channels.  labels: the user's own ids, one per person, if the population was read from files.
    """

    trait_rows: NDArray[np.float32]
    slot: NDArray[np.int8]
    segment: NDArray[np.int8]
    group: NDArray[np.int32]
    muted: Bools
    buyer: Bools
    alive: Bools
    groups: Columns
    offsets: NDArray[np.int32] | NDArray[np.int64]
    neighbours: NDArray[np.int32]
    observed: bool = False
    labels: tuple[str, ...] | None = None
    group_names: tuple[str, ...] = ()
    last_order: Floats | None = None
    regularity: NDArray[np.int8] | None = None
    events: NDArray[np.int8] | None = None
    tags: Mapping[str, Ints] = field(default_factory=dict)
    seats: Ints | None = None

    @property
    def traits(self) -> Columns:
        """Traits by name: the rows of `trait_rows`, not copies of them."""
        return dict(zip(TRAITS, self.trait_rows, strict=True))

    @property
    def n_persons(self) -> int:
        """Everybody who can ever take part."""
        return len(self.group)

    @property
    def n_members(self) -> int:
        """Members at the start; they are the first rows."""
        return int(np.count_nonzero(self.group >= 0))

    @property
    def n_outsiders(self) -> int:
        """Strangers who are there from the start; their rows follow those of the members."""
        return (self.n_persons if self.seats is None else int(self.seats[0])) - self.n_members

    @property
    def n_groups(self) -> int:
        """Groups at the start."""
        return len(self.groups["bond"])

    def friends(self, person: int) -> Ints:
        """Rows of a person's friends."""
        return self.neighbours[self.offsets[person] : self.offsets[person + 1]]
