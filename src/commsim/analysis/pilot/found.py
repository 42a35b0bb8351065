"""What a trial has shown: the difference, whether it decides, and what becomes of what the model had said."""

from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.pilot import tables
from commsim.analysis.pilot.lots import Lots
from commsim.analysis.pilot.outcomes import Outcome, find
from commsim.analysis.pilot.registered import ARMS, Plan, Registered, read_list
from commsim.analysis.pilot.tables import Sheet
from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.notebook import drawn_by, figure, html_table

if TYPE_CHECKING:
    import pandas as pd

DRAWS = 5_000
"""Times that the lots are drawn anew."""
_HOLDS = 1.959963984540054
"""Standard errors on either side that hold 95 % of normal values."""
How = Literal["ANCOVA", "Welch"]


@dataclass(frozen=True, repr=False)
class Trial:
    """What a trial has shown of the difference of a group of the first plan less one of the second.

    values, before: of each group, as if it had the mean size; ``before`` is not a number without a baseline.
    gap: with its 95 % interval.  error: its standard error, with ``freedom``.  how: by ANCOVA with the
    baseline as it was planned, or by Welch's t.  by_lots: share of the draws of the same lots that give a
    difference as large.  predicted: where 95 % of such trials would end, if the model is right within
    the ranges of what nobody knows.  updated: what the model and the trial say together; ahead: the chance
    by it that the first plan has more.  weight: of the trial in it.  likeness: correlation within groups
    that would make the groups as unlike as they were.
    """

    plan: Plan
    lots: Lots
    values: Floats
    before: Floats
    gap: Interval
    error: float
    freedom: float
    how: How
    by_lots: float
    predicted: Interval
    updated: Interval
    ahead: float
    weight: float
    likeness: float

    @property
    def outcome(self) -> Outcome:
        """What was counted."""
        return find(self.plan.outcome)

    @property
    def better(self) -> int | None:
        """Number of the plan that the trial decides for; None if it decides nothing."""
        return self._side(self.gap)

    @property
    def better_together(self) -> int | None:
        """The same of the model and the trial together."""
        return self._side(self.updated)

    def _side(self, gap: Interval) -> int | None:
        if not gap.excludes_zero:
            return None
        return 0 if (gap.mean > 0) != self.outcome.fewer else 1

    @property
    def contradicts(self) -> bool:
        """Whether the trial ended where the model, with all that nobody knows of it, hardly ever would."""
        return not self.predicted.low <= self.gap.mean <= self.predicted.high

    def __repr__(self) -> str:
        told = f"{figure(self.gap.mean, '')} ({figure(self.gap.low, '')} to {figure(self.gap.high, '')})"
        plans = f"{self.plan.plan_a} against {self.plan.plan_b}"
        return for_terminal(f"<Trial of {plans} by {self.plan.outcome}: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: what was found, foreseen, and is so together."""
        named = (("found", self.gap), ("foreseen", self.predicted), ("together", self.updated))
        rows = [(name, *(figure(one, "") for one in (gap.mean, gap.low, gap.high))) for name, gap in named]
        title = f"{self.plan.plan_a} less {self.plan.plan_b}, {self.plan.outcome} of a group"
        return html_table(title, ("", "Difference", "from", "to"), rows)

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw what was found and foreseen, as a figure of matplotlib; or into a PNG, SVG or PDF.

        Gives the figure, or the files that were written.
        """
        return drawn_by("commsim.report.pilot.trial:plot_trial", self, file, lang)

    def frame(self) -> "pd.DataFrame":
        """One row per group: arm, block, outcome and baseline, as if it had the mean size."""
        import pandas as pd

        return pd.DataFrame(
            {
                "group": self.lots.names,
                "arm": [ARMS[arm] for arm in self.lots.arms],
                "block": self.lots.blocks + 1,
                self.plan.outcome: self.values,
                "before": self.before,
            }
        )


def read_pilot(registered: str | Path | Registered, outcomes: str | Path) -> Trial:
    """Read what became of the groups of a trial.

    registered: the list that was drawn, or its file.  outcomes: CSV with a row per group: ``group``, the
    outcome (``outcome``, or its name in English or Chinese), and ``before`` if the list has no baseline.
    Raises `InputError` for a group that is missing, there twice, not on the list or in another arm, and for
    an outcome that is empty.
    """
    drawn = read_list(registered) if isinstance(registered, str | Path) else registered
    values, before = _values(drawn, Sheet(outcomes))
    return told(drawn, values, before)


def _values(drawn: Registered, sheet: Sheet) -> tuple[Floats, Floats]:
    """Outcomes and baselines in the order of the list, scaled to the mean size."""
    lots = drawn.lots
    rows = _places(drawn, sheet)
    known = (*tables.OF_OUTCOMES[drawn.plan.outcome], *tables.OUTCOME)
    values = sheet.numbers(known)[rows] * lots.weights
    before = lots.before
    if np.isnan(before).any() and drawn.plan.before_days:
        before = sheet.all_or_none(tables.BEFORE)[rows]
    return values, before * lots.weights


def _places(drawn: Registered, sheet: Sheet) -> Ints:
    """Row of each group of the list."""
    lots, at = drawn.lots, {name: row for row, name in enumerate(sheet.names)}
    for row, name in enumerate(sheet.names):
        if name not in lots.names:
            raise InputError(
                f"{name} is not on the list of the trial",
                where=sheet.place(row),
                remedy="leave it out, or write its name as on the list",
            )
    if missing := [name for name in lots.names if name not in at]:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise InputError(
            f"there is no row for {', '.join(missing[:5])}{more}",
            where=str(sheet.file),
            remedy="give what they came to as well, also of a group that is gone: leaving groups out "
            "favours an arm",
        )
    if sheet.has(tables.ARM):
        _refuse_moved(drawn, sheet)
    return np.array([at[name] for name in lots.names], np.int64)


def _refuse_moved(drawn: Registered, sheet: Sheet) -> None:
    plans = {drawn.plan.plan_a: "A", drawn.plan.plan_b: "B"}
    for row, told_arm in enumerate(sheet.texts(tables.ARM)):
        name = sheet.names[row]
        right = ARMS[drawn.lots.arms[drawn.lots.names.index(name)]]
        if told_arm and plans.get(told_arm, told_arm) != right:
            raise InputError(
                f"{name} is in arm {told_arm!r}, and the lot put it into {right}",
                where=sheet.place(row),
                remedy="count it where the lot put it, whatever was done in it; or leave the column out",
            )


def told(drawn: Registered, values: Floats, before: Floats) -> Trial:
    """What outcomes of the groups of a list say; ``before`` is not a number where there is no baseline."""
    lots, plan = drawn.lots, drawn.plan
    enough = min(lots.sizes) >= 3 and np.isfinite(before).all() and np.ptp(before) > 0
    how: How = "ANCOVA" if enough else "Welch"
    mean, error, freedom = (_ancova if enough else _welch)(values, before, lots.arms == 0)
    half = _t(freedom) * error
    gap = Interval(mean, mean - half, mean + half)
    members = float(lots.members.mean()) if np.isfinite(lots.members).all() else 1.0
    foreseen = plan.spread(members) * sqrt(sum(1 / size for size in lots.sizes))
    around = _HOLDS * sqrt(plan.model_doubt**2 + foreseen**2)
    known = half / _HOLDS  # few groups tell less than their standard error says
    weight = plan.model_doubt**2 / (plan.model_doubt**2 + known**2) if known + plan.model_doubt else 1.0
    together = plan.model_difference + weight * (mean - plan.model_difference)
    sd = sqrt(weight) * known if weight else plan.model_doubt
    return Trial(
        plan=plan,
        lots=lots,
        values=values,
        before=before,
        gap=gap,
        error=error,
        freedom=freedom,
        how=how,
        by_lots=_by_lots(lots, values, before if enough else np.zeros(len(values))),
        predicted=Interval(
            plan.model_difference, plan.model_difference - around, plan.model_difference + around
        ),
        updated=Interval(together, together - _HOLDS * sd, together + _HOLDS * sd),
        ahead=_above_zero(together, sd),
        weight=weight,
        likeness=_likeness(
            error / sqrt(sum(1 / size for size in lots.sizes)), plan, members, adjust=bool(enough)
        ),
    )


def _t(freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))


def _above_zero(mean: float, sd: float) -> float:
    from scipy.special import ndtr

    return float(ndtr(mean / sd)) if sd else float(mean > 0)


def _welch(values: Floats, before: Floats, first: Bools) -> tuple[float, float, float]:
    """Difference of means, its standard error and degrees of freedom."""
    parts = [values[first], values[~first]]
    shares = [float(part.var(ddof=1)) / len(part) for part in parts]
    whole = sum(shares)
    bottom = sum(share**2 / (len(part) - 1) for share, part in zip(shares, parts, strict=True))
    freedom = whole**2 / bottom if bottom else float(len(values) - 2)
    return float(parts[0].mean() - parts[1].mean()), sqrt(whole), freedom


def _ancova(values: Floats, before: Floats, first: Bools) -> tuple[float, float, float]:
    """The same, adjusted for the baseline by least squares."""
    design = np.column_stack([np.ones(len(values)), first.astype(np.float64), before - before.mean()])
    found, *_ = np.linalg.lstsq(design, values, rcond=None)
    rest = values - design @ found
    freedom = float(len(values) - 3)
    covered = np.linalg.inv(design.T @ design)
    return float(found[1]), sqrt(float(rest @ rest) / freedom * float(covered[1, 1])), freedom


def _by_lots(lots: Lots, values: Floats, before: Floats) -> float:
    """Share of draws whose difference, less what the baseline tells, is as large as that of the real one."""
    off = before - before.mean()
    scale = float(off @ off)
    rest = values - values.mean()
    rest = rest - (float(off @ rest) / scale if scale else 0.0) * off

    first = lots.again(DRAWS + 1) == 0
    sizes = first.sum(axis=1)
    apart = np.abs(first @ rest / sizes - ~first @ rest / (len(rest) - sizes))
    return float(np.mean(apart >= apart[0] * (1 - 1e-9)))


def _likeness(sd: float, plan: Plan, members: float, *, adjust: bool) -> float:
    """The correlation within groups that would make them as unlike as they were; 0 if they were less so."""
    model = plan.spread(1.0) if adjust else plan.model_sd
    if members <= 1 or model <= 0:
        return 0.0
    return min(1.0, max(0.0, ((sd / model) ** 2 - 1) / (members - 1)))
