"""Results as tables of text, which the command line lays out."""

from collections.abc import Callable
from dataclasses import dataclass

from commsim.analysis.comparison import Comparison, shown
from commsim.analysis.intervals import CONFIDENCE
from commsim.analysis.measures import PATH, outcomes
from commsim.core.arrays import Floats
from commsim.core.measures import MEASURES, Measure, Unit
from commsim.records.records import Records
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, difference, labelled, percent

_LONG = 24
"""Letters of a cell for which a column is kept wide."""
WEEK = 7
MOST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of text: the first ``fixed`` columns name the row, the others hold numbers."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fixed: int = 1

    def is_words(self, column: int) -> bool:
        """Whether a column, from 0, reads as text: it names the row, or most of it has no digit."""
        cells = [row[column] for row in self.rows if column < len(row) and row[column] not in ("", "-")]
        numbers = sum(any(letter.isdigit() for letter in cell) for cell in cells)
        return column < self.fixed or (bool(cells) and 2 * numbers < len(cells))

    def is_long(self, column: int) -> bool:
        """Whether a column of words has to be kept from becoming a narrow pillar."""
        return any(len(row[column]) > _LONG for row in self.rows if column < len(row))


def run_grid(records: Records, say: Language = ENGLISH) -> Grid:
    """The outcomes of one run; costs of nothing are left out."""
    found = outcomes(records)
    rows = [
        (labelled(m, say), cell(found[m.name], m.unit)) for m in MEASURES if found[m.name] or not m.optional
    ]
    title = say(
        "{plan}, {days} days, seed {seed}", plan=records.scenario, days=records.days, seed=records.seed
    )
    return Grid(title, (say("Measure"), say("Value")), tuple(rows))


def comparison_grids(comparison: Comparison, say: Language = ENGLISH) -> list[Grid]:
    """What became of each plan, how it got there, and which is best."""
    grids = [make(comparison, say) for make in (_measures_grid, _way_grid, _ranking_grid)]
    return [grid for grid in grids if grid.rows]


def _measures_grid(comparison: Comparison, say: Language) -> Grid:
    rows = []
    for measure in shown(comparison):
        means = comparison.of(measure.name).mean(axis=1)
        row = (labelled(measure, say), *(cell(float(mean), measure.unit) for mean in means))
        rows.append((*row, _pair(comparison, measure, say)) if len(comparison.plans) == 2 else row)
    header = (say("Mean over the worlds"), *comparison.plans)
    if len(comparison.plans) == 2:
        header = (*header, say("Best minus other ({confidence:.0f} % interval)", confidence=100 * CONFIDENCE))
    days = " / ".join(str(days) for days in dict.fromkeys(comparison.days))
    title = say("{worlds} worlds, {days} days", worlds=comparison.worlds, days=days)
    return Grid(title, header, tuple(rows))


def _pair(comparison: Comparison, measure: Measure, say: Language) -> str:
    """For two plans: how the best differs from the other."""
    behind = comparison.differences[measure.name][1 - comparison.best]
    return difference(behind.reversed(), measure.unit, say)


def _way_grid(comparison: Comparison, say: Language) -> Grid:
    """Some full weeks from the first to the last: who looks in, and what is earned."""
    weeks = _weeks(min(comparison.days) // WEEK)
    rows = []
    for label, unit, weekly in _WAY:
        for plan, path in zip(comparison.plans, comparison.paths, strict=True):
            parts = [dict(zip(PATH, path[week * WEEK :][:WEEK].T, strict=True)) for week in weeks]
            named = say(label) if plan == comparison.plans[0] else ""
            rows.append((named, plan, *(cell(weekly(part), unit) for part in parts)))
    header = (say("On the way"), say("Plan"), *(say("Week {week}", week=week + 1) for week in weeks))
    return Grid("", header, tuple(rows) if weeks else (), fixed=2)


def _weeks(full: int) -> list[int]:
    """Up to four weeks, evenly spread, the first and the last among them."""
    if full < 2:
        return []
    count = min(full, MOST_WEEKS)
    return [round(k * (full - 1) / (count - 1)) for k in range(count)]


def _looking(week: dict[str, Floats]) -> float:
    return float(week["looked"].sum()) / max(1.0, float(week["members"].sum()))


def _profit(week: dict[str, Floats]) -> float:
    return float(week["profit"].sum())


_WAY: tuple[tuple[str, Unit, Callable[[dict[str, Floats]], float]], ...] = (
    ("Look in on a day", "share", _looking),
    ("Profit (yuan)", "yuan", _profit),
)


def _ranking_grid(comparison: Comparison, say: Language) -> Grid:
    measure = comparison.measure
    means = comparison.of(measure.name).mean(axis=1)
    behind = comparison.differences[measure.name]
    rows = [
        (
            comparison.plans[plan],
            cell(float(means[plan]), measure.unit),
            say("best") if plan == comparison.best else difference(behind[plan], measure.unit, say),
            percent(float(comparison.shares_best[plan]), say),
        )
        for plan in sorted(range(len(means)), key=lambda plan: -means[plan])
    ]
    gap = say("From the best ({confidence:.0f} %)", confidence=100 * CONFIDENCE)
    return Grid("", (say("Plan"), labelled(measure, say), gap, say("Best in worlds")), tuple(rows))
