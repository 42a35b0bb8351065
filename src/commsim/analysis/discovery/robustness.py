"""How robust policies are over worlds that nobody knows, by the criteria of decisions under deep uncertainty.

Criteria as McPhail et al. (2018) name them.  They weigh worlds differently and may disagree, which is told.
"""

from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.luck import key, salt, uniforms

OPTIMISM = 0.5
"""Weight of the best world in Hurwicz's criterion; the worst has the rest."""
HIGH = 90
"""Percentile of regret."""
RESAMPLES = 1000


@dataclass(frozen=True)
class Criterion:
    """One criterion: its value for each policy, in the outcome's unit or as a share.

    is_share: a share of worlds.  lower: whether less is better.  best: the policy that it chooses, None of
    equals.  firm: in what share of resampled sets of worlds it chooses that one.
    """

    name: str
    about: str
    values: Floats
    is_share: bool
    lower: bool
    best: int | None
    firm: float


def criteria(values: Floats, threshold: float, seed: int) -> tuple[Criterion, ...]:
    """All of them, for outcomes of policies x worlds; threshold: what satisfies."""
    draws = uniforms(key(seed, 0, 0, salt("robustness")), np.arange(RESAMPLES * values.shape[1]))
    chosen = (draws * values.shape[1]).astype(np.int64).reshape(RESAMPLES, -1)
    found = []
    for name, about, is_share, lower in _ALL:
        told = _value(name, values, threshold)
        sign = -1.0 if lower else 1.0
        first = int(np.argmax(sign * told))
        best = first if np.count_nonzero(told == told[first]) == 1 else None
        picks = [np.argmax(sign * _value(name, values[:, worlds], threshold)) for worlds in chosen]
        firm = float(np.mean(np.array(picks) == first))
        found.append(Criterion(name, about, told, is_share, lower, best, firm))
    return tuple(found)


_ALL = (
    ("laplace", "mean over the worlds", False, False),
    ("hurwicz", "Hurwicz (middle of the worst and the best world)", False, False),
    ("maximin", "worst world (maximin)", False, False),
    ("regret", "largest regret", False, True),
    ("regret_90", "regret in nine worlds of ten at most", False, True),
    ("satisficing", "share of worlds that satisfy", True, False),
)
"""Name, what it is, whether it is a share of worlds, whether less is better."""


def _value(name: str, values: Floats, threshold: float) -> Floats:
    regret = values.max(axis=0) - values
    match name:
        case "laplace":
            return np.asarray(values.mean(axis=1))
        case "hurwicz":
            return np.asarray(OPTIMISM * values.max(axis=1) + (1 - OPTIMISM) * values.min(axis=1))
        case "maximin":
            return np.asarray(values.min(axis=1))
        case "regret":
            return np.asarray(regret.max(axis=1))
        case "regret_90":
            return np.asarray(np.percentile(regret, HIGH, axis=1))
        case _:
            return np.asarray((values >= threshold).mean(axis=1))
