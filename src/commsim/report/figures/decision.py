"""Which plan, by how much, and from when on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.analysis.comparison import Comparison
from commsim.core.arrays import Floats
from commsim.report.case import Case
from commsim.report.figures.bands import Curve, over_days
from commsim.report.language import Language, language
from commsim.report.panels import Figure, Whiskers


def decision(case: Case, say: Language) -> list[Figure]:
    """How far the other plans are behind, at the end and on every day; of a single plan, its profit."""
    note = say.sentences([say(_PROFIT.note), *_fewer_worlds(case, say)])
    behind = [] if case.comparison is None else [_behind(case.comparison, case.names, say)]
    return [*behind, *over_days(case, say, _PROFIT._replace(note=note))]


def _so_far(closeup: Closeup) -> Floats:
    """Yuan earned up to each day: worlds x days."""
    return closeup.curve("profit").cumsum(axis=1)


_PROFIT = Curve(
    "decision-profit",
    "Profit so far",
    "yuan",
    "yuan, staff paid",
    "Sales less all costs, added up over the days.",
    _so_far,
    zero=False,
)


def plot_comparison(found: Comparison, file: str | Path | None, lang: str) -> Any:
    """Draw how far the other plans are behind; see `commsim.report.plots.files.plot_result`."""
    from commsim.report.plots.files import plot_result

    ranked = np.argsort(-found.of(found.metric).mean(axis=1), kind="stable")
    names = [found.plans[plan] for plan in ranked]
    return plot_result({"decision": [_behind(found, names, language(lang))]}, file, found.plans)


def _behind(comparison: Comparison, names: Sequence[str], say: Language) -> Whiskers:
    """The best plan, the first of the names, and the others."""
    behind = comparison.differences[comparison.metric]
    measure = comparison.measure
    return Whiskers(
        say,
        "decision-behind",
        say("From the best plan, {best}", best=names[0]),
        measure.unit,
        say(measure.label) + (say(" (yuan)") if measure.unit == "yuan" else ""),
        say("The dot is the mean difference over the worlds, the bar its 95 % interval; left of 0 is worse."),
        tuple((name, behind[comparison.plans.index(name)]) for name in names[1:]),
    )


def _fewer_worlds(case: Case, say: Language) -> list[str]:
    """Why the curve may end elsewhere than the decision says."""
    if case.comparison is None or case.comparison.worlds == case.worlds:
        return []
    told = "Drawn from {few} worlds looked at closely; the decision is from all {all}."
    return [say(told, few=case.worlds, all=case.comparison.worlds)]
