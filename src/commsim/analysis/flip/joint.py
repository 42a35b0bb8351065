"""The nearest point at which the lead is gone when several unknowns move at once.

Distances are in ways: 1 is the whole way from the usual value of one unknown to an end of its range, and
several add up as squares.  The search is that of Hasofer and Lind (1974) and Rackwitz and Fiessler (1978),
with the eight unknowns that take most of the lead: the nearest point by the leads at their ends is a
direction, the lead is followed that way until it turns, and there the slopes are measured, which give a
better direction.
What it finds is a point where the lead is gone; that there is no nearer one is not certain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commsim.analysis.flip.ends import AllEnds, Ends
from commsim.analysis.flip.leads import Estimate, estimate
from commsim.analysis.flip.turns import CUTS, WORLDS, Crossing, cross, kept
from commsim.analysis.suppositions import Rehearsal, Values
from commsim.analysis.unknowns import Unknown
from commsim.core.arrays import Floats

MOST = 8
"""Unknowns that move."""
ROUNDS = 2
STEP = 0.15
"""Of a way, to both sides, over which slopes are measured."""
LEAST = 0.02
"""Share of the squared distance below which an unknown is left where it was."""


@dataclass(frozen=True, slots=True)
class Step:
    """An unknown that moves: where to, and how much of the way to that end of its range."""

    unknown: Unknown
    value: float
    share: float


@dataclass(frozen=True, slots=True)
class Joint:
    """A point where the lead is gone.  steps: those that move most first.  distance: in ways.

    lead: measured there.  crossing: of the way through the point to the border of the ranges.
    """

    steps: tuple[Step, ...]
    distance: float
    lead: Estimate
    crossing: Crossing


def find_joint(place: Rehearsal, found: AllEnds, confidence: float) -> Joint | None:
    """The nearest point that is found; None where none is within the ranges."""
    levers = _levers(found)
    if not levers or found.lead.mean == 0:
        return None
    direction = _nearest(found.lead.mean, levers)
    best: Joint | None = None
    for number in range(1, ROUNDS + 1):
        if direction is None:
            break
        levers, direction = _without_small(levers, direction)
        at = _reach(place, f"joint-{number}", levers, direction, found.usual, confidence)
        if at is None or (best is not None and at[0].distance >= best.distance):
            break
        best, slopes = at
        direction = _towards(_shares(best, levers), slopes)
    return best


def _levers(found: AllEnds) -> list[Ends]:
    """The unknowns that by themselves take most of the lead."""
    side = 1.0 if found.lead.mean > 0 else -1.0
    takes = {
        one: max(side * (found.lead.mean - one.low.mean), side * (found.lead.mean - one.high.mean))
        for one in found.ends
    }
    return sorted((one for one in takes if takes[one] > 0), key=lambda one: -takes[one])[:MOST]


def _bounds(levers: Sequence[Ends]) -> tuple[Floats, Floats]:
    """How far each can go to both sides: a whole way, or nothing where it stands at the end already."""
    low = np.array([-1.0 if one.unknown.value > one.unknown.low else 0.0 for one in levers])
    high = np.array([1.0 if one.unknown.value < one.unknown.high else 0.0 for one in levers])
    return low, high


def _nearest(lead: float, levers: Sequence[Ends]) -> Floats | None:
    """The nearest point by a parabola for each unknown through its usual lead and those at its ends."""
    down = np.array([one.low.mean - lead for one in levers])
    up = np.array([one.high.mean - lead for one in levers])
    low, high = _bounds(levers)
    both = (low < 0) & (high > 0)
    linear = np.where(both, (up - down) / 2, np.where(high > 0, up, -down))
    square = np.where(both, (up + down) / 2, 0.0)
    at = np.zeros(len(levers))
    for _ in range(200):
        slope = linear + 2 * square * at
        here = lead + float(linear @ at + square @ at**2)
        if not slope @ slope:
            return None
        at = 0.5 * at + 0.5 * np.clip(slope * ((slope @ at) - here) / (slope @ slope), low, high)
    return at if at.any() else None


def _without_small(levers: list[Ends], direction: Floats) -> tuple[list[Ends], Floats]:
    keep = direction**2 >= LEAST * float(direction @ direction)
    return [one for one, stays in zip(levers, keep, strict=True) if stays], direction[keep]


def _reach(
    place: Rehearsal, name: str, levers: Sequence[Ends], direction: Floats, usual: Floats, confidence: float
) -> tuple[Joint, Floats] | None:
    """Where the lead is gone in a direction, and the slopes there; None if it is not within the ranges."""
    border = direction / float(np.abs(direction).max())
    rows = [_values(levers, border * cut / CUTS) for cut in range(1, CUTS + 1)]
    with place.stage(f"{name}-way", rows, len(usual)) as ask:
        crossing = cross(kept(ask, 0, usual), usual, confidence)
    if crossing is None:
        return None
    at = border * crossing.share.mean
    low, high = _bounds(levers)
    sides = [np.clip(at + sign * STEP * unit, low, high) for unit in np.eye(len(at)) for sign in (-1, 1)]
    worlds = min(WORLDS, len(usual))
    with place.stage(f"{name}-slopes", [_values(levers, one) for one in (at, *sides)], len(usual)) as ask:
        there = ask([(0, world) for world in range(len(usual))])
        leads = ask([(1 + k, world) for k in range(len(sides)) for world in range(worlds)])
    means = leads.reshape(len(sides), worlds).mean(axis=1)
    slopes = [
        (means[2 * k + 1] - means[2 * k]) / max(1e-9, sides[2 * k + 1][k] - sides[2 * k][k])
        for k in range(len(at))
    ]
    joint = Joint(_steps(levers, at), float(np.sqrt(at @ at)), estimate(usual, there), crossing)
    return joint, np.array(slopes)


def _towards(at: Floats, slopes: Floats) -> Floats | None:
    """The direction of the nearest point of a plane through a point with these slopes."""
    size = float(slopes @ slopes)
    return slopes * float(slopes @ at) / size if size and slopes @ at else None


def _values(levers: Sequence[Ends], at: Floats) -> Values:
    return {
        one.unknown.name: _value(one.unknown, float(share)) for one, share in zip(levers, at, strict=True)
    }


def _value(unknown: Unknown, share: float) -> float:
    """The value at a share of the way up, or down where it is below 0."""
    usual = unknown.position(unknown.value)
    return unknown.at(usual + share * (1.0 - usual if share > 0 else usual))


def _steps(levers: Sequence[Ends], at: Floats) -> tuple[Step, ...]:
    steps = [
        Step(one.unknown, _value(one.unknown, float(share)), abs(float(share)))
        for one, share in zip(levers, at, strict=True)
    ]
    return tuple(sorted(steps, key=lambda step: -step.share))


def _shares(joint: Joint, levers: Sequence[Ends]) -> Floats:
    """With their signs, in the order of the levers."""
    shares = {step.unknown.name: step for step in joint.steps}
    return np.array([_signed(shares[one.unknown.name]) for one in levers])


def _signed(step: Step) -> float:
    return step.share if step.value >= step.unknown.value else -step.share
