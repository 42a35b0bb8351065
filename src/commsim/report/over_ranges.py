"""The second interval of a comparison: what becomes of its leads over the ranges of what nobody knows."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from commsim.analysis.comparison import NOT_RUN, Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.over_ranges import Ranges
from commsim.analysis.uncertainty import Doubt
from commsim.core.measures import Measure, Unit
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import difference, labelled, limits, percent
from commsim.report.tables import Grid

FILE = "ranges.parquet"
_OF_RANGES = (
    "Over what nobody knows ({unknowns} numbers about people, {points} points over all their ranges) "
    "its lead over {rival} is {limits} in nine of ten points, and above 0 in {share} of them."
)
_OF_DRAWS = (
    "Over what nobody knows ({unknowns} numbers about people, {points} points: draws of the calibration, and "
    "the ranges of the rest) its lead over {rival} is {limits} in nine of ten points, and above 0 in {share} "
    "of them."
)
_ALONE = "*"


class Lead(NamedTuple):
    """A plan and whom it is ahead of, None for doing nothing: by luck alone, and over the ranges."""

    plan: str
    rival: str | None
    by_luck: Interval
    doubt: Doubt


def over_ranges(comparison: Comparison, say: Language = ENGLISH) -> list[str]:
    """What becomes of the lead over the next best plan, and over doing nothing, if that was run."""
    ranges, best, unit = comparison.ranges, comparison.plans[comparison.best], comparison.measure.unit
    found = [lead for lead in _leads(comparison) if lead.plan == best]
    if ranges is None or not found:
        return []
    return [
        lead_told(ranges, found[0], unit, say),
        *(
            say("Its lead over {rival} is {limits} there, and above 0 in {share}.", **_told(lead, unit, say))
            for lead in found[1:]
            if lead.rival is None
        ),
    ]


def lead_told(ranges: Ranges, lead: Lead, unit: Unit, say: Language) -> str:
    """What becomes of a lead of a plan that was named just before."""
    told = _told(lead, unit, say)
    return say(_OF_DRAWS if ranges.drawn else _OF_RANGES, unknowns=ranges.unknowns, **told)


def _told(lead: Lead, unit: Unit, say: Language) -> dict[str, Any]:
    return {
        "points": lead.doubt.points,
        "rival": _called(lead.rival, say),
        "limits": limits(lead.doubt.range, unit, say),
        "share": percent(lead.doubt.ahead.mean, say),
    }


def _leads(comparison: Comparison) -> Iterator[Lead]:
    """Leads of the best plan over each other, from the next best on; then of all over doing nothing."""
    best, metric, names = comparison.best, comparison.metric, comparison.plans
    order = np.argsort(-comparison.of(metric).mean(axis=1), kind="stable").tolist()
    for rival in order:
        doubt = None if rival == best else comparison.doubt(best, rival)
        if doubt is not None:
            by_luck = comparison.differences[metric][rival].reversed()
            yield Lead(names[best], names[rival], by_luck, doubt)
    for plan in order:
        doubt = comparison.doubt(plan, None) if plan in comparison.acting else None
        if doubt is not None and not _is_nothing(comparison, plan):
            yield Lead(names[plan], None, comparison.beyond[metric][plan], doubt)


def _is_nothing(comparison: Comparison, plan: int) -> bool:
    """Whether doing nothing instead of a plan is one of the others, whose lead is told already."""
    others = [k for k in range(len(comparison.plans)) if k != plan]
    return plan == comparison.best and any(
        np.array_equal(comparison.values[k], comparison.alone[plan]) for k in others
    )


def _called(rival: str | None, say: Language) -> str:
    return say("doing nothing") if rival is None else rival


def ranges_grid(comparison: Comparison, say: Language = ENGLISH) -> Grid | None:
    """Each lead by luck alone, and over the ranges."""
    return leads_grid(comparison.ranges, list(_leads(comparison)), comparison.measure, say)


def leads_grid(ranges: Ranges | None, leads: Sequence[Lead], measure: Measure, say: Language) -> Grid | None:
    """Leads by luck alone, and over the ranges; None without any."""
    if ranges is None or not leads:
        return None
    rows = [
        (
            lead.plan,
            _called(lead.rival, say),
            difference(lead.by_luck, measure.unit, say),
            limits(lead.doubt.range, measure.unit, say),
            percent(lead.doubt.ahead.mean, say),
        )
        for lead in leads
    ]
    header = (
        say("Plan"), say("Against"), say("Lead, and by luck alone"),
        say("Nine in ten draws" if ranges.drawn else "Nine in ten of all ranges"),
        say("Ahead in"),
    )  # fmt: skip
    title = say("{measure}: lead, over what nobody knows", measure=labelled(measure, say))
    return Grid(title, header, tuple(rows), fixed=2)


def ranges_data(comparison: Comparison) -> dict[str, Any] | None:
    """As `leads_data`."""
    return leads_data(comparison.ranges, list(_leads(comparison)))


def leads_data(ranges: Ranges | None, leads: Sequence[Lead]) -> dict[str, Any] | None:
    """As data: nine in ten points from ``low`` to ``high``; ``against`` is null for doing nothing."""
    if ranges is None:
        return None
    told = [
        {
            "plan": plan,
            "against": rival,
            "points": doubt.points,
            "low": doubt.low,
            "high": doubt.high,
            "ahead": {"mean": doubt.ahead.mean, "low": doubt.ahead.low, "high": doubt.ahead.high},
        }
        for plan, rival, _, doubt in leads
    ]
    return {"unknowns": ranges.unknowns, "points": ranges.points, "drawn": ranges.drawn, "leads": told}


def write_ranges(comparison: Comparison, folder: Path) -> None:
    """One row per plan (``*`` under without: left alone) and point, with the metric."""
    import pandas as pd

    ranges = comparison.ranges
    if ranges is None:
        return
    frames = [
        pd.DataFrame({"plan": name, "without": without, "point": range(ranges.points), "value": values[k]})
        for without, values in (("", ranges.values), (_ALONE, ranges.alone))
        for k, name in enumerate(comparison.plans)
        if len(values)
    ]
    pd.concat(frames, ignore_index=True).to_parquet(folder / FILE, compression="zstd", index=False)


def about_ranges(comparison: Comparison) -> dict[str, int] | None:
    """What the manifest tells of it."""
    ranges = comparison.ranges
    return None if ranges is None else {"unknowns": ranges.unknowns, "drawn": ranges.drawn}


def read_ranges(folder: Path, manifest: Mapping[str, Any], plans: Sequence[str]) -> Ranges | None:
    """What `write_ranges` wrote; nothing of a folder without it."""
    import pandas as pd

    about = manifest.get("ranges")
    if about is None or not (folder / FILE).exists():
        return None
    rows = {
        key: part["value"].to_numpy(float)
        for key, part in pd.read_parquet(folder / FILE).groupby(["plan", "without"])
    }
    alone = [rows[plan, _ALONE] for plan in plans if (plan, _ALONE) in rows]
    return Ranges(
        about["unknowns"],
        np.array([rows[plan, ""] for plan in plans]),
        np.array(alone) if alone else NOT_RUN,
        drawn=bool(about.get("drawn", False)),
    )
