"""The paired envelope: which of k plans is best, with a bound on what is missed that holds at every look.

Plans are run on the same worlds, and looked at after 10, 15, 22, 33 ... of them: numbers fixed beforehand.
At each look a plan is dropped that a rival surely beats, and

    X = max over plans left of (mean of plan - leader, + half-width), at least 0

bounds how far the leader is behind the best.  Half-widths are those of Student's t for the *paired*
difference at level (1 - confidence) / (2 (k - 1) L) with L looks.  If all bounds of the pairs with the
true best hold together (Bonferroni: whatever the correlations and variances), the best is never dropped,
so that X holds at every look, and whatever rule stops the race keeps the confidence.

It assumes that means of ten and more paired differences are near Student's t: a loss so rare that none of
the worlds so far holds it is not in it.
Kim, S.-H. & Nelson, B. L. (2001), A fully sequential procedure for indifference-zone selection, ACM
TOMACS 11, is cheaper where plans are level, but takes variances from its first worlds for good and says
nothing when it is cut short; Ma, S. & Henderson, S. G. (2017), An efficient fully sequential selection
procedure guaranteeing probably approximately correct selection, WSC, bound what is missed in this way.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np

from commsim.analysis.intervals import CONFIDENCE
from commsim.core.arrays import Bools, Floats

FIRST_LOOK = 10
GROWTH = 1.5
RIVALS = 8
"""Plans at the top by which the others are measured; more would drop hardly anybody else."""

Ask = Callable[[list[int], int, int], Floats]
"""Given plans and a range of worlds (from, to), their values: plans x worlds; not a number where a run
failed, which ends the plan's part in the race."""


@dataclass(frozen=True)
class Look:
    """What is known after so many worlds.

    left: plans that are not beaten, in their order.  leader: of them, the one with the highest mean.
    within: the leader is the best, or less than this behind it, in the unit of the values.  runs: made so
    far.  gaps: per plan that was still in, also those which this look ruled out, the difference from the
    leader and its half-width, which hold for all plans and looks together.
    """

    worlds: int
    left: tuple[int, ...]
    leader: int
    within: float
    runs: int
    gaps: dict[int, tuple[float, float]]

    @property
    def is_over(self) -> bool:
        """Whether no other plan is left, but for such as gave the same in every world."""
        return all(self.gaps[plan] == (0.0, 0.0) for plan in self.left)


def looks(most: int) -> list[int]:
    """Numbers of worlds after which plans are looked at, up to the most allowed."""
    sizes = [min(FIRST_LOOK, most)]
    while sizes[-1] < most:
        sizes.append(min(most, int(sizes[-1] * GROWTH)))
    return sizes


def race(plans: int, ask: Ask, most: int, confidence: float = CONFIDENCE) -> Iterator[Look]:
    """Look after look, until one plan is left or all worlds are used; may be left at any of them.

    plans: how many.  ask: makes the runs of plans that are left in the worlds that are new.  most: worlds,
    two or more.
    """
    sizes = looks(most)
    level = (1 - confidence) / (2 * max(1, plans - 1) * len(sizes))
    left = list(range(plans))
    values = np.empty((plans, 0))
    runs = 0
    for before, size in zip([0, *sizes], sizes, strict=False):
        values = np.hstack([values, ask(left, before, size)])
        runs += len(left) * (size - before)
        sound: Bools = np.asarray(np.isfinite(values).all(axis=1))
        left, values = [plan for plan, is_sound in zip(left, sound, strict=True) if is_sound], values[sound]
        if not left:
            return
        kept, gaps, within = _look(values, level)
        leader = left[int(np.argmax(values.mean(axis=1)))]
        known = dict(zip(left, gaps, strict=True))
        left = [plan for plan, keep in zip(left, kept, strict=True) if keep]
        values = values[kept]
        look = Look(size, tuple(left), leader, within, runs, known)
        yield look
        if look.is_over:
            return


def _look(values: Floats, level: float) -> tuple[Bools, list[tuple[float, float]], float]:
    """Which plans stay, each one's difference from the leader with its half-width, and what is missed."""
    order = np.argsort(-values.mean(axis=1), kind="stable")
    kept = np.ones(len(values), np.bool_)
    gaps = np.zeros((2, len(values)))
    for place, rival in enumerate(order[:RIVALS]):
        mean, half = _differences(values, values[rival], level)
        kept &= mean + half >= 0
        if place == 0:
            gaps = np.array([mean, half])
    within = max(0.0, float((gaps[0] + gaps[1])[kept].max()))
    return kept, [(mean, half) for mean, half in gaps.T.tolist()], within


def _differences(values: Floats, rival: Floats, level: float) -> tuple[Floats, Floats]:
    """Means over the worlds of what each plan is above a rival, and their half-widths."""
    from scipy.special import stdtrit

    apart = values - rival
    n = apart.shape[1]
    return apart.mean(axis=1), float(stdtrit(n - 1, 1 - level)) * apart.std(axis=1, ddof=1) / sqrt(n)
