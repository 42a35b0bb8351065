"""What would have to be true for the other plan to win."""

from collections import Counter
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.analysis.flip.ends import AllEnds, Answer, Ends
from commsim.analysis.flip.field import Field
from commsim.analysis.flip.joint import Joint
from commsim.analysis.flip.turns import Turn
from commsim.analysis.flip.worth import Worths
from commsim.analysis.intervals import Interval
from commsim.analysis.uncertainty import Doubt
from commsim.core.arrays import Floats
from commsim.core.harmless import for_terminal
from commsim.core.measures import Measure, find
from commsim.core.notebook import drawn_by, figure, html_table

if TYPE_CHECKING:
    import pandas as pd


_NONE = Interval(nan, nan, nan)


@dataclass(frozen=True, repr=False)
class Flip:
    """The lead of one plan over another, and what nobody knows that turns it.

    plans: the two names.  found: the lead as the plans are, and each unknown at both ends of its range.
    turns: the values at which single unknowns turn it.  joint: the nearest point that was found where
    several do together, None if none is within the ranges.  doubt: over all ranges at once; ``drawn``: what
    was calibrated is there as draws of the calibration have it.  positions,
    leads: of its points, from 0 to 1 of each range, luck of the worlds taken out.  worths: what is worth
    measuring; None for fewer points than that takes.  map: the lead over the two that decide most.  seeds: of
    the worlds.  runs: that it rests on.  Money is in yuan.
    """

    plans: tuple[str, str]
    days: int
    metric: str
    confidence: float
    found: AllEnds
    turns: tuple[Turn, ...]
    joint: Joint | None
    doubt: Doubt
    positions: Floats = field(repr=False)
    leads: Floats = field(repr=False)
    worths: Worths | None
    map: Field | None
    seeds: tuple[int, ...]
    runs: int
    drawn: bool = False

    @property
    def measure(self) -> Measure:
        """What the plans are compared by."""
        return find(self.metric)

    @property
    def lead(self) -> Interval:
        """Of the first plan over the second, as they are; the interval is of luck alone."""
        estimate = self.found.lead
        half = estimate.half((1.0 - self.confidence) / 2)
        return Interval(estimate.mean, estimate.mean - half, estimate.mean + half)

    @property
    def counts(self) -> dict[Answer, int]:
        """How many unknowns turn the sign by themselves, how many do not, and of how many that is open."""
        found = Counter(one.answer for one in self.found.ends)
        return {"flips": found["flips"], "keeps": found["keeps"], "open": found["open"]}

    @property
    def ranked(self) -> tuple[Ends, ...]:
        """Unknowns, those that move the lead most first."""
        return tuple(sorted(self.found.ends, key=lambda one: (-_reach(one), one.unknown.name)))

    @property
    def is_same(self) -> bool:
        """Whether both plans came to the same in every world, whatever was supposed."""
        return self.found.lead.is_nothing and not self.leads.any()

    def turns_of(self, ends: Ends) -> tuple[Turn, ...]:
        """Where an unknown turns the lead."""
        return tuple(turn for turn in self.turns if turn.unknown == ends.unknown)

    def __repr__(self) -> str:
        unit, counts = self.measure.unit, self.counts
        return for_terminal(
            f"<Flip of {self.plans[0]} against {self.plans[1]}: lead {figure(self.lead.mean, unit)}, "
            f"{counts['flips']} of {len(self.found.ends)} unknowns turn it, {counts['open']} may, "
            f"ahead in {self.doubt.ahead.mean:.0%} of the ranges, {self.runs} runs>"
        )

    def _repr_html_(self) -> str:
        """For notebooks: the unknowns that move the lead most."""
        unit = self.measure.unit
        rows = [
            (
                one.unknown.name,
                one.unknown.grade,
                *(f"{end:.4g}" for end in (one.unknown.low, one.unknown.high)),
                *(figure(lead.mean, unit) for lead in (one.low, one.high)),
                {"flips": "turns", "keeps": "keeps", "open": "can't be told"}[one.answer],
            )
            for one in self.ranked[:20]
        ]
        title = f"{self.plans[0]} less {self.plans[1]}: {figure(self.lead.mean, unit)} ({self.measure.label})"
        header = ("Unknown", "Grade", "Low", "High", "Lead at low", "Lead at high", "The sign")
        return html_table(title, header, rows)

    def frame(self) -> "pd.DataFrame":
        """One row per unknown, those that move the lead most first."""
        import pandas as pd

        return pd.DataFrame([self.row(one) for one in self.ranked])

    def row(self, ends: Ends) -> dict[str, Any]:
        """What is known of an unknown, as plain data: its range, the leads at its ends, where it turns."""
        unknown = ends.unknown
        turns = {"low": _NONE, "high": _NONE}
        for turn in self.turns_of(ends):
            turns["low" if turn.end == unknown.low else "high"] = turn.value
        worth = (
            next((one for one in self.worths.each if one.unknown == unknown), None) if self.worths else None
        )
        worth_of = worth.worth if worth else _NONE
        return {
            "unknown": unknown.name,
            "grade": unknown.grade,
            "value": unknown.value,
            "low": unknown.low,
            "high": unknown.high,
            "answer": ends.answer,
            "lead_at_low": ends.low.mean,
            "error_at_low": ends.low.error,
            "lead_at_high": ends.high.mean,
            "error_at_high": ends.high.error,
            "worlds": ends.worlds,
            **{f"turns_to_{side}": value.mean for side, value in turns.items()},
            **{f"turns_to_{side}_from": value.low for side, value in turns.items()},
            **{f"turns_to_{side}_until": value.high for side, value in turns.items()},
            "worth": worth_of.mean,
            "worth_low": worth_of.low,
            "worth_high": worth_of.high,
            "worth_measuring": bool(worth and worth.exceeds),
        }

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw the tornado and the map, as a figure of matplotlib; or into a PNG, SVG or PDF file.

        Gives the figure, or the files that were written.
        """
        return drawn_by("commsim.report.flip.figures:plot_flip", self, file, lang)


def _reach(ends: Ends) -> float:
    return max(abs(one.mean - ends.usual.mean) for one in (ends.low, ends.high))
