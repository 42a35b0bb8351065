"""What is said of a trial before it is made: how many groups, for how long, and what it can show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf, isinf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.analysis.pilot.outcomes import Outcome
from commsim.analysis.pilot.power import (
    FEW,
    adjusted,
    design_effect,
    groups_for,
    picks_wrong,
    power_of,
    smallest_seen,
)
from commsim.core.arrays import Floats
from commsim.core.harmless import for_terminal
from commsim.core.notebook import drawn_by, figure, html_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Reading:
    """One outcome after one number of days, per group, in the outcome's unit.

    gap: what a group of the first plan has more than one of the second, its mean over worlds in which both
    were run for the same people.  sd: between groups of one plan in one world.  r: correlation with the
    baseline; 0 without one.  usual: mean under the second plan.  leads: the difference at points over all
    ranges of what nobody knows, or the draws of a calibration; not a number where the plans can't be so.
    """

    outcome: Outcome
    days: int
    gap: Interval
    sd: float
    r: float
    usual: float
    leads: Floats = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    @property
    def prior(self) -> tuple[float, float]:
        """Mean and standard deviation of the difference over the ranges; of the worlds, without points."""
        known = self.leads[np.isfinite(self.leads)]
        if len(known) > 1:
            return float(known.mean()), float(known.std(ddof=1))
        return self.gap.mean, self.gap.half_width / 2


@dataclass(frozen=True, repr=False)
class Pilot:
    """A trial of two plans before it is made.

    plans: names; the second is what is done now.  lengths: days after which it is read.  before: days of the
    baseline, 0 for none.  groups: in each arm, of the trial that can be afforded.  members: of a group, in
    the mean.  likeness: correlations of members within a group that are allowed for beyond the model's.
    readings: by outcome and length.  seeds: of the worlds.  runs: how many were made.  warnings: what has to
    be known beside it.
    """

    plans: tuple[str, str]
    lengths: tuple[int, ...]
    before: int
    groups: int
    members: float
    likeness: tuple[float, ...]
    readings: tuple[Reading, ...]
    seeds: tuple[int, ...]
    runs: int
    warnings: tuple[str, ...] = ()

    def of(self, outcome: str, days: int) -> Reading:
        """The reading of an outcome after so many days; KeyError if there is none."""
        for one in self.readings:
            if (one.outcome.name, one.days) == (outcome, days):
                return one
        raise KeyError((outcome, days))

    @property
    def covariates(self) -> int:
        """Numbers that the outcome is adjusted for: one with a baseline."""
        return 1 if self.before else 0

    def spread(self, one: Reading, likeness: float = 0.0, *, adjust: bool = True) -> float:
        """Standard deviation of a group that a trial has to see through, with an allowance for likeness."""
        own = adjusted(one.sd, one.r) if adjust else one.sd
        return own * float(design_effect(self.members, likeness) ** 0.5)

    def needed(self, one: Reading, likeness: float = 0.0, *, adjust: bool = True) -> float:
        """Groups in each arm for 80 % power; infinite if a million are too few."""
        count = self.covariates if adjust else 0
        return groups_for(one.gap.mean, self.spread(one, likeness, adjust=adjust), count)

    def needed_range(self, one: Reading) -> tuple[float, float]:
        """The same, adjusted, at both limits of the difference: infinite where these have unlike signs."""
        sd, gap = self.spread(one), one.gap
        ends = [groups_for(end, sd, self.covariates) for end in (gap.low, gap.high)]
        return min(ends), max(ends) if gap.excludes_zero else inf

    def power(self, one: Reading, likeness: float = 0.0) -> float:
        """Chance that the trial that can be afforded shows the difference, adjusted for the baseline."""
        return power_of(one.gap.mean, self.spread(one, likeness), self.groups, self.covariates)

    def wrong(self, one: Reading, likeness: float = 0.0) -> float:
        """Chance that the trial that can be afforded picks the plan that is behind after the longest time."""
        sd = self.spread(one, likeness)
        return picks_wrong(one.gap.mean, self.last(one).gap.mean, sd, self.groups)

    def seen(self, one: Reading, likeness: float = 0.0) -> float:
        """The smallest difference of a group that the trial that can be afforded shows with 80 % power."""
        return smallest_seen(self.spread(one, likeness), self.groups, self.covariates)

    def assurance(self, one: Reading, likeness: float = 0.0) -> float | None:
        """Power in the mean over the ranges of what nobody knows; None where these were not run.

        O'Hagan, Stevens and Campbell (2005), Assurance in clinical trial design, Pharmaceutical Statistics 4.
        """
        known = one.leads[np.isfinite(one.leads)]
        if not len(known):
            return None
        sd = self.spread(one, likeness)
        return float(np.mean([power_of(lead, sd, self.groups, self.covariates) for lead in known]))

    def last(self, one: Reading) -> Reading:
        """The same outcome after the longest time."""
        return self.of(one.outcome.name, max(self.lengths))

    def misleads(self, one: Reading) -> bool:
        """Whether the difference surely has another sign than it surely has after the longest time."""
        last = self.last(one).gap
        return one.gap.excludes_zero and last.excludes_zero and one.gap.mean * last.mean < 0

    def better(self, one: Reading) -> int | None:
        """Number of the plan that this reading favours; None where the worlds do not tell."""
        if not one.gap.excludes_zero:
            return None
        return 0 if (one.gap.mean > 0) != one.outcome.fewer else 1

    @property
    def easiest(self) -> Reading | None:
        """What needs fewest groups of all that can be seen in groups and is so after the longest time too."""
        fit = [
            one
            for one in self.readings
            if not one.outcome.unseen and self.better(one) is not None and not self.turns(one)
        ]
        worst = max(self.likeness, default=0.0)
        counted = [(self.needed(one, worst), one.days, place) for place, one in enumerate(fit)]
        best = min(counted, default=None)
        return None if best is None or isinf(best[0]) else fit[best[2]]

    def easiest_of(self, outcome: str) -> Reading | None:
        """The length at which an outcome needs fewest groups, of those that do not mislead."""
        fit = [one for one in self.readings if one.outcome.name == outcome and self.better(one) is not None]
        fit = [one for one in fit if not self.turns(one)]
        return min(fit, key=lambda one: (self.needed(one), one.days), default=None)

    def turns(self, one: Reading) -> bool:
        """Whether its mean has another sign than after the longest time, sure or not."""
        return one.gap.mean * self.last(one).gap.mean < 0

    @property
    def is_small(self) -> bool:
        """Whether the trial that can be afforded has fewer groups than anybody should trust."""
        return self.groups < FEW

    def __repr__(self) -> str:
        found = self.easiest
        told = "no outcome shows it"
        if found is not None:
            told = f"{found.outcome.name} shows it with {self.needed(found):,.0f} groups in each arm"
            told += f" in {found.days} days"
        return for_terminal(f"<Pilot of {self.plans[0]} against {self.plans[1]}: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: groups in each arm by outcome and days."""
        rows = [
            (
                one.outcome.label,
                *(_told(self.needed(self.of(one.outcome.name, days))) for days in self.lengths),
            )
            for one in self.readings[:: len(self.lengths)]
        ]
        title = (
            f"{self.plans[0]} against {self.plans[1]}: groups in each arm for 80 % power, inside the model"
        )
        return html_table(title, ("Outcome", *(f"{days} days" for days in self.lengths)), rows)

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row per outcome and length, with all that is said of it; infinite numbers as None."""
        for one in self.readings:
            row: dict[str, Any] = {
                "outcome": one.outcome.name,
                "unit": one.outcome.unit,
                "days": one.days,
                "difference": one.gap.mean,
                "low": one.gap.low,
                "high": one.gap.high,
                "usual": one.usual,
                "sd": one.sd,
                "r": one.r,
                "groups_plain": _finite(self.needed(one, adjust=False)),
                "groups": _finite(self.needed(one)),
                "groups_low": _finite(self.needed_range(one)[0]),
                "groups_high": _finite(self.needed_range(one)[1]),
            }
            for rho in self.likeness:
                row[f"groups_likeness_{rho:g}"] = _finite(self.needed(one, rho))
            row |= {
                "power": self.power(one),
                "wrong": self.wrong(one),
                "smallest": _finite(self.seen(one)),
                "assurance": self.assurance(one),
            }
            for rho in self.likeness:
                row[f"power_likeness_{rho:g}"] = self.power(one, rho)
                row[f"wrong_likeness_{rho:g}"] = self.wrong(one, rho)
                row[f"smallest_likeness_{rho:g}"] = _finite(self.seen(one, rho))
            mean, sd = one.prior
            yield row | {"over_ranges": mean, "over_ranges_sd": sd, "misleads": self.misleads(one)}

    def frame(self) -> "pd.DataFrame":
        """One row per outcome and length, with all that is said of it."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw what a trial can show, as a figure of matplotlib; or into a PNG, SVG or PDF.

        Gives the figure, or the files that were written.
        """
        return drawn_by("commsim.report.pilot.figures:plot_pilot", self, file, lang)


def _finite(value: float) -> float | None:
    return None if isinf(value) else value


def _told(groups: float) -> str:
    return "over 1,000,000" if isinf(groups) else figure(groups, "")
