"""Whether a box is more than luck: the chance of as good a one, and what it is worth elsewhere."""

from dataclasses import dataclass

import numpy as np

from commsim.analysis.discovery.prim import Box, Data, Measures, find_box, inside, measures, quasi_p
from commsim.core.arrays import Bools, Ints
from commsim.core.luck import key, salt, uniforms

SHUFFLES = 199
"""Times that cases of interest are dealt out at random, each with a search of its own."""
HALVES = 20
"""Times that a box is found in one half of the cases, and measured in the other."""
MOST_BOXES = 3
KIND = 5
"""Cases of interest, and others, that a search needs at least."""
PASSES = 0.05
"""Chance at which a box is told of: how often the same search finds as good a one where there is nothing."""


@dataclass(frozen=True)
class Found:
    """A box, among the cases that those before it do not hold.

    measures: of all cases.  quasi: per setting the quasi-p-value of its limits.  chance: how often the same
    search finds a box of as high a gain where cases of interest are dealt out at random.  elsewhere: means of
    boxes found in halves of the cases, in the other halves; again: per setting, in what share of these
    halves it is limited.
    """

    box: Box
    measures: Measures
    quasi: tuple[float, ...]
    chance: float
    elsewhere: Measures
    again: tuple[float, ...]

    @property
    def passes(self) -> bool:
        """Whether it is more than luck."""
        return self.chance <= PASSES


def find_boxes(data: Data, wanted: Bools, most: int, seed: int) -> tuple[Found, ...]:
    """Boxes of at most so many settings each, one after another, until one fails the test, which is the last.

    Nothing where there is no box at all.
    """
    found: list[Found] = []
    left = np.full(len(wanted), True)
    while len(found) < MOST_BOXES and _enough(wanted[left]):
        here, mine = data.of(left), wanted[left]
        box = find_box(here, mine, most)
        if not box:
            break
        found.append(_tested(data, wanted, here, mine, box, most, seed + len(found)))
        if not found[-1].passes:
            break
        left &= ~inside(data, box)
    return tuple(found)


def _enough(wanted: Bools) -> bool:
    """Whether there are cases of both kinds to tell apart."""
    hits = np.count_nonzero(wanted)
    return bool(hits >= KIND and len(wanted) - hits >= KIND)


def _tested(data: Data, wanted: Bools, here: Data, mine: Bools, box: Box, most: int, seed: int) -> Found:
    gain = measures(inside(here, box), mine).gain
    luck = uniforms(key(seed, 0, 0, salt("boxes")), np.arange((SHUFFLES + HALVES) * len(mine)))
    draws = np.argsort(luck.reshape(-1, len(mine)), axis=1, kind="stable")
    chance = _chance(here, mine, draws[:SHUFFLES], most, gain)
    limited, outside = _halves(here, mine, draws[SHUFFLES:], most)
    settings = [limits.setting for limits in box]
    return Found(
        box,
        measures(inside(data, box), wanted),
        tuple(quasi_p(here, mine, box, limits) for limits in box),
        chance,
        outside,
        tuple(float(limited[:, setting].mean()) for setting in settings),
    )


def _chance(here: Data, mine: Bools, draws: Ints, most: int, gain: float) -> float:
    """How often luck gives as high a gain; it is not asked further once that can't be seldom any more."""
    beaten, fails = 1, int(PASSES * (SHUFFLES + 1))
    for done, order in enumerate(draws, start=1):
        dealt = mine[order]
        other = find_box(here, dealt, most)
        beaten += bool(other) and measures(inside(here, other), dealt).gain >= gain
        if beaten > fails:
            return beaten / (done + 1)
    return beaten / (SHUFFLES + 1)


def _halves(here: Data, mine: Bools, draws: Ints, most: int) -> tuple[Bools, Measures]:
    """Per half the settings that its box limits; and means of what the boxes hold in the other halves."""
    limited = np.full((len(draws), here.values.shape[1]), False)
    held = np.zeros((2, 2))  # in a box or not x of interest or not
    for half, order in enumerate(draws):
        first = np.full(len(mine), False)
        first[order[: len(mine) // 2]] = True
        box = find_box(here.of(first), mine[first], most) if _enough(mine[first]) else ()
        for limits in box:
            limited[half, limits.setting] = True
        within = inside(here.of(~first), box) if box else np.full(np.count_nonzero(~first), False)
        for k, here_in in enumerate((within, ~within)):
            hits = np.count_nonzero(here_in & mine[~first])
            held[k] += hits, np.count_nonzero(here_in) - hits
    hits, all_in = held[0, 0], held[0].sum()
    found = Measures(
        float(hits / max(1.0, held[:, 0].sum())),
        float(hits / all_in) if all_in else 0.0,
        float(all_in / held.sum()),
    )
    return limited, found
