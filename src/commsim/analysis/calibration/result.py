"""What an operator's own data say about people: the result of `commsim.calibrate`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.calibration.odd import Oddity
from commsim.analysis.unknowns import Unknown
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.notebook import drawn_by, html_table

if TYPE_CHECKING:
    import pandas as pd

WIDE = 0.85
"""Share of its range from which on an interval says nothing."""
EXPLAINED = 0.05
"""Share of a variance below which data say nothing of an unknown, however narrow by luck an interval is."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the data say of an unknown: its estimate, and an interval that holds it with the confidence.

    wide: the interval as a share of the range.  explained: share of its variance that such data explain, on
    average over the ranges.  keys: of the settings that it stands for, by names as in a plan that extends.
    """

    unknown: Unknown
    estimate: float
    low: float
    high: float
    wide: float
    explained: float
    keys: tuple[tuple[str, ...], ...]

    @property
    def identified(self) -> bool:
        """Whether the data say anything of it."""
        return self.wide <= WIDE and self.explained >= EXPLAINED

    @property
    def name(self) -> str:
        """Of the unknown."""
        return self.unknown.name


@dataclass(frozen=True)
class Data:
    """What the result rests on: the days, the groups with their members at the start, and its source.

    missing: tables that there were not.
    """

    source: str
    start: str
    days: int
    groups: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]

    @property
    def members(self) -> int:
        """At the start."""
        return sum(members for _, members in self.groups)


@dataclass(frozen=True, repr=False)
class Calibration:
    """What data say of the unknowns of a plan, or that the model can't make such data.

    told: of each unknown, those that the data tell best first; empty if refused.  odd: what does not fit.
    chance: share of the simulations that are as odd.  lost: names of unknowns that the tables which are
    missing would tell.  draws: values of all unknowns together that fit the data, a mapping each.  source:
    the plan's file or shipped name, if it was read from one.
    """

    plan: str
    source: str
    data: Data
    runs: int
    confidence: float
    told: tuple[Told, ...]
    draws: tuple[dict[str, float], ...]
    refused: bool
    chance: float
    odd: tuple[Oddity, ...]
    lost: tuple[str, ...]

    @property
    def identified(self) -> tuple[Told, ...]:
        """Those that the data say something of."""
        return tuple(one for one in self.told if one.identified)

    @property
    def values(self) -> dict[str, float]:
        """Estimates by name, of those that the data say something of; all else stays as the plan has it."""
        return {one.name: one.estimate for one in self.identified}

    @property
    def beliefs(self) -> Beliefs:
        """What `commsim.compare`, `flip` and `plan` take.  Raises InputError if the data were refused."""
        if self.refused:
            raise InputError("nothing was calibrated: the model can't make these data", where=self.plan)
        ranges = {one.name: (one.low, one.high) for one in self.identified}
        return Beliefs(self.values, ranges, self.draws, self.evidence)

    @property
    def evidence(self) -> str:
        """One line that says what the values rest on."""
        groups = [f"{members}" for _, members in self.data.groups]
        several = f"{len(groups)} groups of {', '.join(groups)}"
        told = f"1 group of {groups[0]}" if len(groups) == 1 else several
        source = f"{self.data.source}'s " if self.data.source else ""
        days = f"{source}{self.data.days} days from {self.data.start}, {told}"
        return for_terminal(f"calibrated on {days}; {self.runs:,} simulations of {self.plan!r}")

    def __repr__(self) -> str:
        if self.refused:
            return f"<Calibration of {self.plan!r}: refused, the model can't make such data>"
        told = f"{len(self.identified)} of {len(self.told)} unknowns identified"
        return for_terminal(f"<Calibration of {self.plan!r}: {told}, {self.runs} runs>")

    def _repr_html_(self) -> str:
        """For notebooks: what the data tell, the best known first."""
        rows = [
            (
                one.name,
                _ends(one.unknown.low, one.unknown.high),
                f"{one.estimate:.3g}",
                _ends(one.low, one.high),
            )
            for one in self.identified
        ]
        title = "refused: the model can't make such data" if self.refused else self.evidence
        header = ("Unknown", "Range before", "Estimate", f"{self.confidence:.0%} interval")
        return html_table(title, header, rows)

    def frame(self) -> "pd.DataFrame":
        """One row per unknown."""
        import pandas as pd

        return pd.DataFrame([row(one) for one in self.told])

    def draws_frame(self) -> "pd.DataFrame":
        """One row per draw, one column per unknown."""
        import pandas as pd

        return pd.DataFrame(list(self.draws))

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw intervals within ranges, as a figure of matplotlib; or into a PNG, SVG or PDF.

        Gives the figure, or the files that were written.
        """
        return drawn_by("commsim.report.calibration.figures:plot_calibration", self, file, lang)


def row(one: Told) -> dict[str, Any]:
    """What is told of an unknown, as plain data."""
    unknown = one.unknown
    return {
        "name": unknown.name,
        "unit": unknown.unit,
        "grade": unknown.grade,
        "before": unknown.value,
        "range_low": unknown.low,
        "range_high": unknown.high,
        "estimate": one.estimate,
        "low": one.low,
        "high": one.high,
        "identified": one.identified,
        "wide": one.wide,
        "explained": one.explained,
    }


def _ends(low: float, high: float) -> str:
    return f"{low:.3g} to {high:.3g}"
