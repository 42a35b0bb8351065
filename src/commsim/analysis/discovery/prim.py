"""Boxes of settings in which cases of interest lie close together: PRIM, by few limits.

The patient rule induction method (Friedman and Fisher 1999) peels a twentieth of the cases off at a time,
where that raises the share of interest most for what it gives up, and pastes back what the last steps took
too much.  Of all boxes on the way that one is taken of which the coverage exceeds the share of the other
cases in it most; unlike density or coverage alone this is 0 for all cases together, whatever share is of
interest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints

PEEL = 0.05
"""Part of the cases in the box that a peel takes off."""
LEAST = 0.05
"""Part of all cases that a box holds at least, and ten of them."""
FEWEST = 10
SURE = 0.05
"""Quasi-p-value above which a limit is left out."""


class Data(NamedTuple):
    """Cases: settings as numbers (cases x settings), and which settings have an order."""

    values: Floats
    ordered: tuple[bool, ...]

    def of(self, cases: Bools) -> "Data":
        """Some of the cases."""
        return Data(self.values[cases], self.ordered)


@dataclass(frozen=True)
class Limits:
    """What a box says of one setting: from low to high, with both; or one of ``kept``, without an order."""

    setting: int
    low: float = -np.inf
    high: float = np.inf
    kept: frozenset[float] | None = None

    def holds(self, values: Floats) -> Bools:
        """Which values it lets in."""
        if self.kept is not None:
            return np.isin(values, list(self.kept))
        return np.asarray((values >= self.low) & (values <= self.high))


Box = tuple[Limits, ...]
"""Limits by setting; none for all cases."""


class Measures(NamedTuple):
    """Shares: coverage, of the cases of interest; density, of interest in a box; support, of all cases."""

    coverage: float
    density: float
    support: float

    @property
    def gain(self) -> float:
        """Coverage less the share of the other cases that are in the box too."""
        if self.coverage == 0.0:
            return -self.support
        share = self.density * self.support / self.coverage
        return self.coverage - (1.0 - self.density) * self.support / (1.0 - share)


def inside(data: Data, box: Box) -> Bools:
    """Which cases a box holds."""
    found = np.full(len(data.values), True)
    for limits in box:
        found &= limits.holds(data.values[:, limits.setting])
    return found


def measures(within: Bools, wanted: Bools) -> Measures:
    """Of cases in a box, among which some are of interest, of which there are some and others."""
    both, here = int(np.count_nonzero(within & wanted)), int(np.count_nonzero(within))
    return Measures(both / int(np.count_nonzero(wanted)), both / here if here else 0.0, here / len(wanted))


def find_box(data: Data, wanted: Bools, most: int) -> Box:
    """The box of at most so many settings whose gain is highest; empty if none has any.

    Settings are chosen by a first box in which all may be limited: those of the lowest quasi-p-values.
    """
    allowed = list(range(data.values.shape[1]))
    box = _best(data, wanted, allowed)
    while box:
        chances = [quasi_p(data, wanted, box, limits) for limits in box]
        worst = int(np.argmax(chances))
        if len(box) <= most and chances[worst] <= SURE:
            break
        kept = sorted(range(len(box)), key=chances.__getitem__)
        kept = kept[:most] if len(box) > most else kept[:-1]
        box = _best(data, wanted, sorted(box[place].setting for place in kept))
    return box


def quasi_p(data: Data, wanted: Bools, box: Box, limits: Limits) -> float:
    """How likely so many of interest would be in the box if a limit cut at random what the others hold.

    It takes no account of the search for the box (Bryant and Lempert 2010), so that it is too small.
    """
    from scipy.special import bdtr

    looser = inside(data, tuple(one for one in box if one is not limits))
    within = looser & limits.holds(data.values[:, limits.setting])
    rate = int(np.count_nonzero(looser & wanted)) / max(1, int(np.count_nonzero(looser)))
    here, found = np.count_nonzero(within), np.count_nonzero(within & wanted)
    return 1.0 - float(bdtr(found - 1, here, rate)) if found else 1.0


def _best(data: Data, wanted: Bools, allowed: Sequence[int]) -> Box:
    """The box on the way of peeling with the highest gain, pasted."""
    path = peel(data, wanted, allowed)
    total = path[0].wanted
    others = path[0].cases - total
    gains = [step.wanted / total - (step.cases - step.wanted) / others for step in path]
    top = int(np.argmax(gains))
    return paste(data, wanted, path[top].box) if gains[top] > 0 else ()


class Step(NamedTuple):
    """A box on the way of peeling: how many cases it holds, and how many of interest."""

    box: Box
    cases: int
    wanted: int


def peel(data: Data, wanted: Bools, allowed: Sequence[int]) -> list[Step]:
    """All boxes on the way, the first without limits."""
    least = max(FEWEST, int(LEAST * len(wanted)))
    ordered = np.array([k for k in allowed if data.ordered[k]], np.int64)
    orders = np.argsort(data.values[:, ordered].T, axis=1, kind="stable")
    along = np.take_along_axis(data.values[:, ordered].T, orders, axis=1), wanted[orders]
    here = np.full(len(wanted), True)
    limits: dict[int, Limits] = {}
    path = [Step((), len(wanted), int(np.count_nonzero(wanted)))]
    while path[-1].cases > least:
        _, cases, total = path[-1]
        peels = [
            *_from_an_end(along, here[orders], path[-1], ordered, least),
            *(one for one in _left_out(data, wanted, here, allowed) if one.taken <= cases - least),
        ]
        if not peels:
            break
        best = max(peels, key=lambda one: one.worth(cases, total))
        setting = best.limits.setting
        limits[setting] = _both(limits.get(setting, Limits(setting)), best.limits)
        here &= best.limits.holds(data.values[:, setting])
        path.append(Step(tuple(limits[k] for k in sorted(limits)), cases - best.taken, total - best.wanted))
    return path


def _both(one: Limits, other: Limits) -> Limits:
    """The limits that lie within both."""
    return Limits(one.setting, max(one.low, other.low), min(one.high, other.high), other.kept)


class _Peel(NamedTuple):
    """A step: new limits, how many cases they take, and how many of these are of interest."""

    limits: Limits
    taken: int
    wanted: int

    def worth(self, cases: int, total: int) -> float:
        """By how much it raises the share of interest, for each case that it takes."""
        return ((total - self.wanted) / (cases - self.taken) - total / cases) / self.taken


def _from_an_end(
    along: tuple[Floats, Bools], there: Bools, step: Step, ordered: Ints, least: int
) -> Iterator[_Peel]:
    """The best peel from below or above, along all settings with an order at once; none if all are equal."""
    if not len(ordered):
        return
    values, hits = (whole[there].reshape(len(ordered), step.cases) for whole in along)
    before = np.column_stack([np.zeros(len(ordered), np.int64), np.cumsum(hits, axis=1)])
    size = max(1, int(PEEL * step.cases))
    low, high = values[:, size], values[:, -1 - size]
    low = np.where(low > values[:, 0], low, np.where(values > values[:, :1], values, np.inf).min(axis=1))
    high = np.where(
        high < values[:, -1], high, np.where(values < values[:, -1:], values, -np.inf).max(axis=1)
    )
    below, left = (values < low[:, None]).sum(axis=1), (values <= high[:, None]).sum(axis=1)
    row = np.arange(len(ordered))
    taken = np.concatenate([below, step.cases - left])
    lost = np.concatenate([before[row, below], before[:, -1] - before[row, left]])
    fits = (taken > 0) & (taken <= step.cases - least)
    if not fits.any():
        return
    rates = (step.wanted - lost) / np.maximum(1, step.cases - taken) - step.wanted / step.cases
    best = int(np.argmax(np.where(fits, rates / np.maximum(1, taken), -np.inf)))
    side, at = divmod(best, len(ordered))
    setting = int(ordered[at])
    limits = Limits(setting, high=float(high[at])) if side else Limits(setting, low=float(low[at]))
    yield _Peel(limits, int(taken[best]), int(lost[best]))


def _left_out(data: Data, wanted: Bools, here: Bools, allowed: Sequence[int]) -> Iterator[_Peel]:
    """Peels that leave one value out, of settings without an order."""
    for setting in allowed:
        if data.ordered[setting]:
            continue
        values, hits = data.values[here, setting], wanted[here]
        kept = np.unique(values)
        for value in kept if len(kept) > 1 else ():
            out = values == value
            limits = Limits(setting, kept=frozenset(kept[kept != value].tolist()))
            yield _Peel(limits, int(np.count_nonzero(out)), int(np.count_nonzero(hits[out])))


def paste(data: Data, wanted: Bools, box: Box) -> Box:
    """The box with limits moved out, or left out, as long as its gain rises."""
    gain = measures(inside(data, box), wanted).gain
    while True:
        wider = [(measures(inside(data, one), wanted).gain, one) for one in _wider(data, box)]
        best = max(wider, key=lambda pair: pair[0], default=(gain, box))
        if best[0] <= gain:
            return box
        gain, box = best


def _wider(data: Data, box: Box) -> list[Box]:
    """Boxes with one limit moved out by a twentieth of what is in the box."""
    found = []
    for place, limits in enumerate(box):
        others = (*box[:place], *box[place + 1 :])
        values = np.sort(data.values[inside(data, others), limits.setting])
        step = max(1, int(PEEL * np.count_nonzero(limits.holds(values))))
        changed = _moved_out(values, limits, step)
        found += [(*box[:place], *([one] if one else []), *box[place + 1 :]) for one in changed]
    return found


def _moved_out(values: Floats, limits: Limits, step: int) -> list[Limits | None]:
    """Limits with one end further out; None for no limits any more."""
    if limits.kept is not None:
        out = sorted(set(values.tolist()) - limits.kept)
        return [replace(limits, kept=limits.kept | {value}) if len(out) > 1 else None for value in out]
    found: list[Limits | None] = []
    first, end = np.searchsorted(values, limits.low, "left"), np.searchsorted(values, limits.high, "right")
    if first > 0:
        low = float(values[first - step]) if first > step else -np.inf
        found.append(_or_none(replace(limits, low=low)))
    if end < len(values):
        high = float(values[end - 1 + step]) if end + step < len(values) else np.inf
        found.append(_or_none(replace(limits, high=high)))
    return found


def _or_none(limits: Limits) -> Limits | None:
    return limits if np.isfinite(limits.low) or np.isfinite(limits.high) else None
