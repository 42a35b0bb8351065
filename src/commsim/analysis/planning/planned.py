"""What a search for the best plan found."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from commsim.analysis.best import Best
from commsim.analysis.intervals import Interval, t_interval
from commsim.analysis.uncertainty import Doubt
from commsim.analysis.within import Kept
from commsim.core.arrays import Floats
from commsim.core.harmless import for_terminal
from commsim.core.measures import find
from commsim.core.notebook import figure, html_table
from commsim.experiments.design.axes import Value
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Stopped = Literal["done", "runs", "seconds", "interrupted", "cut short"]
"""Why the search ended: no start was left, or the most of runs or seconds, or a Ctrl-C.

Cut short: a Ctrl-C came after the search, in the worlds that are fresh."""


class Change(NamedTuple):
    """A choice that is not as in the base.

    lever: its name.  item, kind, setting: of a lever named after what it is of, the name and kind of that
    strategy and the setting; empty for others.  worth: what goes if this one alone is as in the base, None
    where that can't be, or there were too few runs.  worlds: that it was measured in.  at_edge: it is the
    smallest or largest that there was to choose.  needed: undone,
    the plan would break a limit on paper.
    """

    lever: str
    item: str
    kind: str
    setting: str
    before: Value | str
    after: Value | str
    worth: Interval | None
    at_edge: bool
    needed: bool = False
    worlds: int = 0


class Candidate(NamedTuple):
    """A plan that was tried in fresh worlds: what it changes, and per measure what it is above the base."""

    name: str
    changes: tuple[Change, ...]
    leads: tuple[Interval, ...]
    scenario: Scenario


class Start(NamedTuple):
    """One of the searches: from where, runs that it made, and its gain over the base in its own worlds.

    That gain is flattered, since the plan was picked by it.  ended: no change gained any more.
    """

    origin: str
    runs: int
    gain: float
    ended: bool


@dataclass(frozen=True, repr=False)
class Planned:
    """The plan that a search found, and what fresh worlds say of it.

    base: name of the plan that it began with.  metrics: measures that decide; of the first one are leads and
    worths.  scenario: the plan to take; that of the base if nothing better was found; None if no plan keeps
    the limits.  changes: what it does otherwise.  lead, over_nothing: what it is above the base, and above
    doing nothing, in worlds that no choice rests on.  race: how the finalists stood, None without one.
    runners: the next best.  front: with two measures the plans none of which is beaten in both.  limits: what
    the plan comes to beside its limits, in the same fresh worlds.  doubt, doubt_nothing: its lead where what
    nobody knows is otherwise; ``drawn``: what was calibrated is there as draws of the calibration have it.
    worlds: the first measure in the fresh worlds of ``seeds``, of plan, base and nothing.  levers,
    combinations: size of the space.
    """

    base: str
    days: int
    metrics: tuple[str, ...]
    confidence: float
    scenario: Scenario | None
    changes: tuple[Change, ...]
    lead: Interval
    over_nothing: Interval
    race: Best | None
    runners: tuple[Candidate, ...]
    front: tuple[Candidate, ...]
    limits: tuple[Kept, ...]
    doubt: Doubt | None
    doubt_nothing: Doubt | None
    starts: tuple[Start, ...]
    stopped: Stopped
    runs: int
    seconds: float
    seed: int
    seeds: tuple[int, ...]
    worlds: Floats = field(repr=False)
    levers: int = 0
    combinations: float = 1.0
    drawn: bool = False

    @property
    def metric(self) -> str:
        """The measure that leads are of."""
        return self.metrics[0]

    @property
    def is_better(self) -> bool:
        """Whether the plan surely is above the base."""
        return self.scenario is not None and bool(self.changes) and self.lead.low > 0.0

    @property
    def edges(self) -> tuple[Change, ...]:
        """Choices at the edge of what there was to choose."""
        return tuple(change for change in self.changes if change.at_edge)

    def yaml(self) -> str:
        """The plan as YAML that runs by itself.  ValueError if there is none."""
        from commsim.scenario.load import dump_short

        if self.scenario is None:
            raise ValueError("no plan keeps the limits")
        return dump_short(self.scenario)

    def __repr__(self) -> str:
        unit = find(self.metric).unit
        told = ", ".join(f"{one.lever} {one.before} -> {one.after}" for one in self.changes) or "as it is"
        lead = f"{figure(self.lead.mean, unit)} above {self.base}"
        return for_terminal(f"<Planned: {lead} by {self.metric}, {self.runs} runs: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: what the plan does otherwise, and what each of that is worth."""
        unit = find(self.metric).unit
        rows = [
            (
                one.lever,
                str(one.before),
                str(one.after),
                "" if one.worth is None else figure(one.worth.mean, unit),
            )
            for one in self.changes
        ]
        title = f"{figure(self.lead.mean, unit)} above {self.base} ({find(self.metric).label})"
        return html_table(title, ("Lever", "Before", "After", "Undoing it costs"), rows)

    def frame(self) -> "pd.DataFrame":
        """One row per fresh world: its seed, and the first measure of plan, base and doing nothing."""
        import pandas as pd

        frame = pd.DataFrame(self.worlds.T, columns=["plan", "base", "nothing"])
        frame.insert(0, "seed", self.seeds)
        return frame

    def plot(self) -> "Figure":
        """What undoing each change costs, with its interval; with two measures the front."""
        from matplotlib.figure import Figure

        figure_, unit = Figure(figsize=(7, 1.2 + 0.35 * max(4, len(self.changes)))), find(self.metric).unit
        axes = figure_.subplots()
        if len(self.metrics) > 1:
            _draw_front(axes, self)
        else:
            worths = [(one.lever, one.worth) for one in self.changes if one.worth is not None]
            for row, (_, worth) in enumerate(reversed(worths)):
                axes.plot([worth.low, worth.high], [row, row], color="#4a6", linewidth=2)
                axes.plot([worth.mean], [row], "o", color="#285")
            axes.set_yticks(range(len(worths)), [name for name, _ in reversed(worths)])
            axes.axvline(0.0, color="#999", linewidth=0.8)
            axes.set_xlabel(f"{find(self.metric).label}: undoing it costs ({unit})")
        figure_.tight_layout()
        return figure_


def _draw_front(axes: Any, found: Planned) -> None:
    one, other = (find(name) for name in found.metrics[:2])
    points = np.array([[lead.mean for lead in plan.leads[:2]] for plan in found.front]).reshape(-1, 2)
    axes.plot(points[:, 0], points[:, 1], "o-", color="#285")
    for plan, (x, y) in zip(found.front, points.tolist(), strict=True):
        axes.annotate(plan.name, (x, y), fontsize=8)
    axes.axhline(0.0, color="#999", linewidth=0.8)
    axes.axvline(0.0, color="#999", linewidth=0.8)
    axes.set_xlabel(f"{one.label}, above the base ({one.unit})")
    axes.set_ylabel(f"{other.label}, above the base ({other.unit})")


def apart(one: Floats, other: Floats) -> Interval:
    """The mean difference over worlds with its limits; nothing but zeros where they are the same."""
    return t_interval(one - other)
