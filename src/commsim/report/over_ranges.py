"""The second interval of a comparison: what becomes of its leads over the ranges of what nobody knows."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.comparison import NOT_RUN, Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.over_ranges import Ranges
from commsim.analysis.uncertainty import Doubt
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


def over_ranges(comparison: Comparison, say: Language = ENGLISH) -> list[str]:
    """What becomes of the lead over the next best plan, and over doing nothing, if that was run."""
    ranges, best = comparison.ranges, comparison.best
    found = [(rival, doubt) for plan, rival, _, doubt in _leads(comparison) if plan == best]
    if ranges is None or not found:
        return []
    sentences, first = [], _OF_DRAWS if ranges.drawn else _OF_RANGES
    for number, (rival, doubt) in enumerate(found[:1] + [one for one in found[1:] if one[0] is None]):
        sentence = "Its lead over {rival} is {limits} there, and above 0 in {share}." if number else first
        sentences.append(
            say(
                sentence,
                unknowns=ranges.unknowns,
                points=doubt.points,
                rival=_called(comparison, rival, say),
                limits=limits(doubt.range, comparison.measure.unit, say),
                share=percent(doubt.ahead.mean, say),
            )
        )
    return sentences


def _leads(comparison: Comparison) -> Iterator[tuple[int, int | None, Interval, Doubt]]:
    """Leads of the best plan over each other, from the next best on; then of all over doing nothing."""
    best, metric = comparison.best, comparison.metric
    order = np.argsort(-comparison.of(metric).mean(axis=1), kind="stable").tolist()
    for rival in order:
        doubt = None if rival == best else comparison.doubt(best, rival)
        if doubt is not None:
            yield best, rival, comparison.differences[metric][rival].reversed(), doubt
    for plan in order:
        doubt = comparison.doubt(plan, None) if plan in comparison.acting else None
        if doubt is not None and not _is_nothing(comparison, plan):
            yield plan, None, comparison.beyond[metric][plan], doubt


def _is_nothing(comparison: Comparison, plan: int) -> bool:
    """Whether doing nothing instead of a plan is one of the others, whose lead is told already."""
    others = [k for k in range(len(comparison.plans)) if k != plan]
    return plan == comparison.best and any(
        np.array_equal(comparison.values[k], comparison.alone[plan]) for k in others
    )


def _called(comparison: Comparison, rival: int | None, say: Language) -> str:
    return say("doing nothing") if rival is None else comparison.plans[rival]


def ranges_grid(comparison: Comparison, say: Language = ENGLISH) -> Grid | None:
    """Each lead by luck alone, and over the ranges."""
    unit = comparison.measure.unit
    rows = [
        (
            comparison.plans[plan],
            _called(comparison, rival, say),
            difference(by_luck, unit, say),
            limits(doubt.range, unit, say),
            percent(doubt.ahead.mean, say),
        )
        for plan, rival, by_luck, doubt in _leads(comparison)
    ]
    drawn = comparison.ranges is not None and comparison.ranges.drawn
    header = (
        say("Plan"), say("Against"), say("Lead, and by luck alone"),
        say("Nine in ten draws" if drawn else "Nine in ten of all ranges"),
        say("Ahead in"),
    )  # fmt: skip
    title = say("{measure}: lead, over what nobody knows", measure=labelled(comparison.measure, say))
    return Grid(title, header, tuple(rows), fixed=2) if rows else None


def ranges_data(comparison: Comparison) -> dict[str, Any] | None:
    """As data: nine in ten points from ``low`` to ``high``; ``against`` is null for doing nothing."""
    if comparison.ranges is None:
        return None
    leads = [
        {
            "plan": comparison.plans[plan],
            "against": None if rival is None else comparison.plans[rival],
            "points": doubt.points,
            "low": doubt.low,
            "high": doubt.high,
            "ahead": {"mean": doubt.ahead.mean, "low": doubt.ahead.low, "high": doubt.ahead.high},
        }
        for plan, rival, _, doubt in _leads(comparison)
    ]
    ranges = comparison.ranges
    return {"unknowns": ranges.unknowns, "points": ranges.points, "drawn": ranges.drawn, "leads": leads}


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
