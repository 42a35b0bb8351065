"""Each unknown at both ends of its range, all others as the plans have them: who is ahead there.

All leads are looked at after 8, 16, 32 ... worlds, but those which are decided, or whose error is that of the
usual lead by then.  A lead is said to be above or below 0 where Student's t says so at a level that is shared
by all leads and looks (Bonferroni), so that all such statements hold together with the stated confidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from commsim.analysis.flip.leads import Estimate, estimate, usual_estimate
from commsim.analysis.suppositions import Rehearsal
from commsim.analysis.unknowns import Unknown
from commsim.core.arrays import Floats

FIRST_STAGE = "ends"
"""Name of the stage, and of the folder of its runs."""
FIRST_LOOK = 8
ENOUGH = 0.25
Answer = Literal["flips", "keeps", "open"]


@dataclass(frozen=True, slots=True)
class Ends:
    """An unknown at the ends of its range: the leads there, and what their signs are, 0 for open."""

    unknown: Unknown
    usual: Estimate
    low: Estimate
    high: Estimate
    usual_sign: int
    low_sign: int
    high_sign: int
    worlds: int

    @property
    def answer(self) -> Answer:
        """Whether it turns the sign by itself, does not, or can't be told."""
        signs = {self.usual_sign, self.low_sign, self.high_sign}
        if {1, -1} <= signs:
            return "flips"
        return "keeps" if len(signs) == 1 and 0 not in signs else "open"

    @property
    def swing(self) -> float:
        """By how much the lead at the high end is above that at the low end."""
        return self.high.mean - self.low.mean

    @property
    def turning_ends(self) -> tuple[float, ...]:
        """The ends at which the other plan is ahead than as the plans are (as far as that can be told)."""
        usual = self.usual_sign or (1 if self.usual.mean >= 0 else -1)
        ends = ((self.unknown.low, self.low_sign), (self.unknown.high, self.high_sign))
        return tuple(value for value, sign in ends if sign * usual < 0) if self.answer == "flips" else ()


@dataclass(frozen=True)
class AllEnds:
    """The lead as the plans are (one value a world), and every unknown at its ends."""

    usual: Floats
    sign: int
    ends: tuple[Ends, ...]

    @property
    def lead(self) -> Estimate:
        """As the plans are."""
        return usual_estimate(self.usual)


def looks(worlds: int) -> list[int]:
    """Numbers of worlds after which the ends are looked at."""
    sizes = [min(FIRST_LOOK, worlds)]
    while sizes[-1] < worlds:
        sizes.append(min(worlds, 2 * sizes[-1]))
    return sizes


def find_ends(place: Rehearsal, known: Sequence[Unknown], worlds: int, confidence: float) -> AllEnds:
    """The usual lead in all worlds, and the ends in as many as they need."""
    rows = [{}, *({one.name: value} for one in known for value in (one.low, one.high))]
    sizes = looks(worlds)
    level = (1.0 - confidence) / (len(rows) * len(sizes))
    with place.stage(FIRST_STAGE, rows, worlds) as ask:
        usual = ask([(0, world) for world in range(worlds)])
        known_sign = usual_estimate(usual).sign(level)
        moved: list[Floats] = [np.empty(0)] * len(rows)
        moved[0] = usual
        left = [row for row in range(1, len(rows)) if not _stands(rows[row], known)]
        signs = dict.fromkeys(range(len(rows)), known_sign)
        for before, size in zip([0, *sizes], sizes, strict=False):
            wanted = [(row, world) for world in range(before, size) for row in left]
            found = ask(wanted).reshape(size - before, len(left)).T if wanted else np.empty((0, 0))
            for row, leads in zip(left, found, strict=True):
                moved[row] = np.concatenate([moved[row], leads])
                signs[row] = estimate(usual, moved[row]).sign(level)
            left = [row for row in left if signs[row] == 0 and not _is_known(usual, moved[row])]
    return AllEnds(
        usual, known_sign, tuple(_ends(one, k, usual, moved, signs) for k, one in enumerate(known))
    )


def _stands(row: dict[str, float], known: Sequence[Unknown]) -> bool:
    """Whether an end is where the plans are already."""
    ((name, value),) = row.items()
    return next(one.value for one in known if one.name == name) == value


def _is_known(usual: Floats, moved: Floats) -> bool:
    """Whether more worlds of an end would hardly help: its difference from the usual lead is known by then.

    Its own part of the variance is a quarter of that of the usual lead at most, which is in every estimate.
    """
    by = moved - usual[: len(moved)]
    return bool(by.var(ddof=1) / len(by) <= ENOUGH * usual.var(ddof=1) / len(usual))


def _ends(unknown: Unknown, number: int, usual: Floats, moved: list[Floats], signs: dict[int, int]) -> Ends:
    low, high = 2 * number + 1, 2 * number + 2
    at = [estimate(usual, moved[row]) if moved[row].size else usual_estimate(usual) for row in (low, high)]
    worlds = max(moved[low].size, moved[high].size)
    return Ends(unknown, usual_estimate(usual), at[0], at[1], signs[0], signs[low], signs[high], worlds)
