"""What a sweep will do, in which order: fixed before the first run."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.luck import key, salt, uniforms
from commsim.experiments.design import Column, Point

SHARD = 50
"""Runs written together: few enough to be written often, enough for a file to be worth it."""


class Planned(Protocol):
    """What is run: points, each in some worlds, such as a `commsim.experiments.design.Design`."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def seed(self) -> int:
        """Root of all luck."""
        ...

    @property
    def repetitions(self) -> int:
        """Worlds of each point."""
        ...

    @property
    def columns(self) -> list[Column]:
        """What tells points apart, in tables."""
        ...

    def points(self) -> Sequence[Point]:
        """All of them; the same every time."""
        ...

    def world_seed(self, point: int, repetition: int) -> int:
        """Seed of the world of a point in a repetition."""
        ...

    def resolved(self) -> dict[str, Any]:
        """All of it as plain data, by which another one is noticed."""
        ...


class Run(NamedTuple):
    """One run: its number in the schedule, its point, its repetition (from 0), and the seed of that world."""

    number: int
    point: Point
    repetition: int
    seed: int


@dataclass(frozen=True)
class Schedule:
    """Every point in every repetition: all points of the first repetition first, each time in an order
    drawn by lot, so that a sweep that is stopped has covered the design evenly.
    """

    design: Planned

    def __len__(self) -> int:
        return len(self.design.points()) * self.design.repetitions

    def __getitem__(self, number: int) -> Run:
        repetition, place = divmod(number, len(self.design.points()))
        point = int(_order(len(self.design.points()), self.design.seed, repetition)[place])
        seed = self.design.world_seed(point, repetition)
        return Run(number, self.design.points()[point], repetition, seed)

    def number(self, point: int, repetition: int) -> int:
        """The number of a point's run in a repetition."""
        points = len(self.design.points())
        return repetition * points + int(_places(points, self.design.seed, repetition)[point])

    @property
    def shards(self) -> int:
        """Number of shards."""
        return -(-len(self) // SHARD)

    def numbers(self, shard: int) -> range:
        """Numbers of the runs of a shard."""
        return range(shard * SHARD, min(len(self), (shard + 1) * SHARD))


@lru_cache(maxsize=4)
def _places(points: int, seed: int, repetition: int) -> Ints:
    return np.argsort(_order(points, seed, repetition))


@lru_cache(maxsize=4)
def _order(points: int, seed: int, repetition: int) -> Ints:
    draws = uniforms(key(seed, 0, repetition, salt("order of a sweep")), np.arange(points))
    return np.argsort(draws, kind="stable")
