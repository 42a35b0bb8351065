"""Power of a trial in which whole groups are drawn into two arms: formulas, no runs.

The unit is the group.  With k groups in each arm and a standard deviation s of a group's outcome the
difference of the arms over its error is a noncentral t with 2 (k - 1) degrees of freedom, one less where
it is adjusted for a baseline, and noncentrality difference / (s sqrt(2 / k)).  The adjustment leaves
1 - r^2 of the variance (Borm, Fransen and Lemmens 2007; Teerenstra, Eldridge, Graff, de Hoop and Borm
2012, A simple sample size formula for analysis of covariance in cluster randomized trials, Statistics
in Medicine 31); that lots leave baselines unlike costs another 1 / (2 k - 4) of it in the mean.  What
members of a group have in common multiplies it by 1 + (m - 1) rho (Donner, Birkett and Buck 1981).
"""

from math import inf, sqrt

POWER, CONFIDENCE = 0.8, 0.95
FEWEST = 2
FEW = 6
"""Groups in an arm below which nobody should trust a trial."""
MOST_GROUPS = 1_000_000
"""In an arm; beyond it nothing is told but that."""
_ONE_SIDED, _FAR = 6.0, 37.0
"""Errors of a difference beyond which it is never found the wrong way round, and always."""


def design_effect(members: float, likeness: float) -> float:
    """Factor on the variance of a group of so many members who are alike by a correlation."""
    return max(1.0, 1.0 + (members - 1.0) * likeness)


def adjusted(sd: float, r: float) -> float:
    """The standard deviation that is left after the adjustment for a baseline that correlates by r."""
    return sd * sqrt(max(0.0, 1.0 - r * r))


def power_of(difference: float, sd: float, groups: float, covariates: int = 0) -> float:
    """Chance that a two-sided test finds a difference, with so many groups in each arm.

    covariates: numbers that it is adjusted for; each takes one degree of freedom.
    """
    from scipy.special import nctdtr, stdtrit

    freedom = 2 * groups - 2 - covariates
    if _is_hopeless(groups, covariates):
        return 0.0
    sd *= sqrt(1 + covariates / (2 * groups - 4)) if covariates else 1.0
    if sd <= 0.0:
        return 1.0 if difference else 1.0 - CONFIDENCE
    least = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))
    shift = min(abs(difference) / (sd * sqrt(2 / groups)), _FAR)
    wrong = 0.0 if shift > _ONE_SIDED else 1.0 - nctdtr(freedom, -shift, least)
    return float(1.0 - nctdtr(freedom, shift, least) + wrong)


def _is_hopeless(groups: float, covariates: int) -> bool:
    """Whether so few groups say nothing: two in each arm can't be adjusted for their baseline."""
    return groups < FEWEST or (covariates > 0 and groups <= FEWEST)


def groups_for(difference: float, sd: float, covariates: int = 0, power: float = POWER) -> float:
    """The fewest groups in each arm, from two up, that find a difference with a power; infinite if too many.

    No normal formula: with few groups it asks for too few.
    """
    if power_of(difference, sd, MOST_GROUPS, covariates) < power:
        return inf
    low, high = FEWEST - 1, FEWEST
    while power_of(difference, sd, high, covariates) < power:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if power_of(difference, sd, middle, covariates) < power:
            low = middle
        else:
            high = middle
    return float(high)


def smallest_seen(sd: float, groups: int, covariates: int = 0, power: float = POWER) -> float:
    """The smallest difference that so many groups in each arm find with a power; infinite if none."""
    from scipy.optimize import brentq

    if _is_hopeless(groups, covariates):
        return inf
    if sd <= 0.0:
        return 0.0
    unit = sd * sqrt(2 / groups)
    top = 4.0
    while power_of(top * unit, sd, groups, covariates) < power:
        if top > 30.0:
            return inf
        top *= 1.5
    return float(brentq(lambda x: power_of(x * unit, sd, groups, covariates) - power, 0.0, top)) * unit


def picks_wrong(difference: float, truth: float, sd: float, groups: int) -> float:
    """Chance that the arm that looks better is the worse one.

    difference: what a trial of this length is to find.  truth: which plan is better, by its sign.
    """
    from scipy.special import ndtr

    right = difference if truth >= 0 else -difference
    if sd <= 0.0:
        return 0.5 if right == 0 else float(right < 0)
    return float(ndtr(-right / (sd * sqrt(2 / groups))))
