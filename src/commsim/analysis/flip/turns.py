"""Where on the way from the usual value to the end of a range the lead turns.

The way is cut into 16 parts, and leads are measured at the cuts that a search for the root asks for (false
position, where the end that stays counts half: after Dowell and Jarratt 1971), in the same worlds.  Between
the two cuts around the root the lead is taken for a line.  The error of the root is that of the lead there
over the slope.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from commsim.analysis.flip.ends import Ends
from commsim.analysis.flip.leads import estimate
from commsim.analysis.intervals import Interval
from commsim.analysis.suppositions import Ask, Rehearsal
from commsim.analysis.unknowns import Unknown
from commsim.core.arrays import Floats

CUTS = 16
"""Parts of the way."""
WORLDS = 16
"""Worlds that the search looks at, the first ones; the two cuts around the root are seen in all."""
Leads = Callable[[int, int], Floats]
"""Leads at a cut of the way, from 0 to `CUTS`, in so many first worlds."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a way crosses the line at which both plans earn the same.

    share: of the way, with its limits, which luck alone gives; they may lie beyond the way.
    slope: of the lead, for the whole way.
    """

    share: Interval
    slope: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The value of an unknown at which the other plan goes ahead, towards one end of its range."""

    unknown: Unknown
    end: float
    value: Interval
    crossing: Crossing


def find_turns(
    place: Rehearsal, turning: Sequence[Ends], usual: Floats, confidence: float
) -> tuple[Turn, ...]:
    """The turning value of each unknown that flips, towards each end that flips it."""
    ways = [(one.unknown, end) for one in turning for end in one.turning_ends]
    rows = [{one.name: _along(one, end, cut / CUTS)} for one, end in ways for cut in range(1, CUTS + 1)]
    found = []
    with place.stage("turns", rows or [{}], len(usual)) as ask:
        for number, (unknown, end) in enumerate(ways):
            crossing = cross(kept(ask, number * CUTS, usual), usual, confidence)
            if crossing is not None:
                found.append(_turn(unknown, end, crossing))
    return tuple(found)


def _along(unknown: Unknown, end: float, share: float) -> float:
    """The value at a share of the way from the usual one to an end, evenly on the scale of the range."""
    begin = unknown.position(unknown.value)
    return unknown.at(begin + share * (unknown.position(end) - begin))


def kept(ask: Ask, first: int, usual: Floats) -> Leads:
    """Leads at cuts of a way whose rows begin at ``first``; those that are known are not asked for."""
    known: dict[int, Floats] = {}

    def leads(cut: int, worlds: int) -> Floats:
        if cut == 0:
            return usual[:worlds]
        have = known.get(cut, np.empty(0))
        if worlds > len(have):
            more = ask([(first + cut - 1, world) for world in range(len(have), worlds)])
            known[cut] = np.concatenate([have, more])
        return known[cut][:worlds]

    return leads


def cross(leads: Leads, usual: Floats, confidence: float) -> Crossing | None:
    """The crossing of a way; None where its end is on the same side as its beginning."""
    worlds = min(WORLDS, len(usual))

    def mean(cut: int) -> float:
        return estimate(usual, leads(cut, worlds)).mean

    around = _bracket(mean)
    if around is None:
        return None
    return _root(leads, usual, around, confidence)


def _bracket(mean: Callable[[int], float]) -> tuple[int, int] | None:
    """Two neighbouring cuts between which the mean lead changes its sign."""
    low, high = 0, CUTS
    at_low, at_high = mean(low), mean(high)
    if at_low * at_high > 0:
        return None
    while high - low > 1:
        share = at_low / (at_low - at_high) if at_low != at_high else 0.5
        middle = min(high - 1, max(low + 1, round(low + share * (high - low))))
        here = mean(middle)
        if here * at_high <= 0:
            low, at_low, at_high = middle, here, at_high / 2
        else:
            high, at_high, at_low = middle, here, at_low / 2
    return low, high


def _root(leads: Leads, usual: Floats, around: tuple[int, int], confidence: float) -> Crossing:
    """The root between two cuts, from all worlds, and its limits."""
    worlds = len(usual)
    low, high = around
    one, other = leads(low, worlds), leads(high, worlds)
    first, second = estimate(usual, one), estimate(usual, other)
    step = second.mean - first.mean
    part = 0.5 if step == 0 else min(1.0, max(0.0, -first.mean / step))
    there = estimate(usual, (1 - part) * one + part * other)
    slope = _slope(leads, usual, around)
    share = (low + part) / CUTS
    half = there.half((1.0 - confidence) / 2) / abs(slope) if slope else float("inf")
    return Crossing(Interval(share, share - half, share + half), slope)


def _slope(leads: Leads, usual: Floats, around: tuple[int, int]) -> float:
    """Of the lead over the whole way, around the root: over four cuts, since luck hides it over one."""
    worlds = min(WORLDS, len(usual))
    low, high = max(0, around[0] - 1), min(CUTS, around[1] + 1)
    step = estimate(usual, leads(high, worlds)).mean - estimate(usual, leads(low, worlds)).mean
    return step * CUTS / (high - low)


def _turn(unknown: Unknown, end: float, crossing: Crossing) -> Turn:
    share = crossing.share
    value, low, high = (_along(unknown, end, one) for one in (share.mean, share.low, share.high))
    return Turn(unknown, end, Interval(value, min(low, high), max(low, high)), crossing)
