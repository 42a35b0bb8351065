"""Figures of a sweep's cases: main effects, interaction, tornado, days with bands, box, map."""

from collections.abc import Callable

import numpy as np

from commsim.analysis.discovery import Discovery
from commsim.analysis.discovery.boxes import Found
from commsim.analysis.discovery.prim import Limits
from commsim.analysis.discovery.scores import MAP_PARTS, Score, map_of
from commsim.analysis.intervals import Interval
from commsim.analysis.measures import PATH
from commsim.core.arrays import Floats
from commsim.core.measures import Measure
from commsim.experiments.design import Axis
from commsim.records.sweep import SweepResults
from commsim.report.language import Language
from commsim.report.numbers import labelled
from commsim.report.panels import Lines, Series, Whiskers
from commsim.report.plots.scatter import Along, Cases, Tiles

MOST_EFFECTS, MOST_ROWS, MOST_SERIES = 8, 15, 6
"""Settings drawn, rows of a tornado, and what is counted every day."""
DAILY = {
    "members": Measure("members", "Members", "persons"),
    "looked": Measure("looked", "Looked in", "persons"),
    "messages": Measure("messages", "Messages", "messages"),
    "muted": Measure("muted", "Muted", "persons"),
    "orders": Measure("orders", "Orders", "orders"),
    "profit": Measure("profit", "Profit", "yuan"),
}
"""What `PATH` has of every day."""
BAND = (5, 95)
"""Percentiles over all runs of a policy."""
Plotted = Along | Cases | Tiles | Whiskers | Lines


def main_effects(found: Discovery, say: Language) -> list[Plotted]:
    """What is asked for along each of the settings that decide most."""
    return [_along(found, one, say) for one in found.scores[:MOST_EFFECTS]]


def _along(found: Discovery, one: Score, say: Language) -> Along:
    axis = found.axis(one.setting)
    names, at = _named(axis, one.parts)
    return Along(
        say=say, key=f"effect-{axis.name}", title=say("Along {setting}", setting=axis.name),
        unit=found.measure.unit, measured=_asked(found, say), note="", setting=axis.name, at=at, names=names,
        lines=(("", one.means, one.errors),),
    )  # fmt: skip


def interactions(found: Discovery, say: Language) -> list[Plotted]:
    """What is asked for along one setting, in each part of another, for a pair that surely acts together."""
    if found.pair is None or not found.pair.is_sure:
        return []
    one, other = (found.axis(setting) for setting in found.pair.settings)
    names, at = _named(one, found.pair.middles[0])
    parts = _values(other, found.pair.middles[1])
    nothing = np.zeros(len(at))
    title = say("{one} in parts of {other}", one=one.name, other=other.name)
    return [
        Along(
            say=say, key="interaction", title=title, unit=found.measure.unit, measured=_asked(found, say),
            note="", setting=one.name, at=at, names=names,
            lines=tuple(
                (f"{other.name} {part}", found.pair.means[:, k], nothing) for k, part in enumerate(parts)
            ),
        )
    ]  # fmt: skip


def tornado(found: Discovery, say: Language) -> list[Plotted]:
    """From the lowest to the highest part of each setting: how far what is asked for goes."""
    rows = [
        (float(one.means.max() - one.means.min()), found.axis(one.setting).name, one) for one in found.scores
    ]
    rows = sorted(rows, key=lambda row: -row[0])[:MOST_ROWS]
    whole = float(found.cases.asked.mean())
    return [
        Whiskers(
            say=say, key="tornado", title=say("From part to part of each setting"), unit=found.measure.unit,
            measured=_asked(found, say), note="",
            rows=tuple(
                (name, Interval(whole, float(one.means.min()), float(one.means.max())))
                for _, name, one in rows
            ),
        )
    ] if rows else []  # fmt: skip


def series(results: SweepResults, say: Language) -> list[Plotted]:
    """What is counted every day, by policy: the mean, and where nine runs of ten lie; if days are kept."""
    if "series" not in results.manifest["tables"] or results.series.empty:
        return []
    table = results.series
    levers = [one["name"] for one in results.manifest["columns"] if one["role"] == "lever"]
    names = [name for name in PATH if name in table.columns]
    groups = list(table.groupby(levers, sort=False)) if levers else [((), table)]
    return [_days(name, groups[:MOST_SERIES], say) for name in names]


def _days(name: str, groups: list, say: Language) -> Lines:  # type: ignore[type-arg]
    drawn = []
    for number, (label, rows) in enumerate(groups):
        days = rows.pivot_table(index="day", columns="run", values=name).to_numpy()
        low, high = np.nanpercentile(days, BAND, axis=1)
        told = ", ".join(map(str, label)) if isinstance(label, tuple) else str(label)
        drawn.append(Series(told, number, np.nanmean(days, axis=1), low, high))
    measure = DAILY[name]
    return Lines(
        say=say, key=f"series-{name}", title=say(measure.label), unit=measure.unit,
        measured=labelled(measure, say), note="", series=tuple(drawn), zero=name != "profit",
    )  # fmt: skip


def box(found: Discovery, say: Language) -> list[Plotted]:
    """Cases along the two surest limits of each box; beside a single limit the setting that decides most."""
    drawn = [_boxed(found, each, number, say) for number, each in enumerate(found.told, start=1)]
    return [panel for panel in drawn if panel is not None]


def _boxed(found: Discovery, each: Found, number: int, say: Language) -> Cases | None:
    limits = {one.setting: one for one in each.box}
    order = np.argsort(each.quasi, kind="stable")
    settings = [each.box[int(k)].setting for k in order][:2]
    settings += [one.setting for one in found.scores if one.setting not in limits][: 2 - len(settings)]
    if len(settings) < 2:
        return None
    one, other = (found.axis(k) for k in settings)
    title = say("Box {number}: {question}", number=number, question=say(found.question))
    return Cases(
        say=say,
        key=f"box-{number}",
        title=title,
        unit=found.measure.unit,
        measured="",
        note="",
        settings=(one.name, other.name),
        places=np.column_stack([_places(found, k) for k in settings]),
        wanted=found.cases.wanted,
        box=(_ends(limits.get(settings[0]), one), _ends(limits.get(settings[1]), other)),
        named=(_choices(one), _choices(other)),
    )


def decision_map(found: Discovery, say: Language) -> list[Plotted]:
    """What is asked for over the two settings that decide most."""
    if len(found.scores) < 2:
        return []
    one, other = (score.setting for score in found.scores[:2])
    middles, means = map_of(found.cases.data, found.cases.asked, one, other, MAP_PARTS)
    axes = found.axis(one), found.axis(other)
    return [
        Tiles(
            say=say, key="map", title=_asked(found, say), unit=found.measure.unit, measured="", note="",
            settings=(axes[0].name, axes[1].name), rows=_values(axes[0], middles[0]),
            columns=_values(axes[1], middles[1]), values=means,
        )
    ]  # fmt: skip


def _asked(found: Discovery, say: Language) -> str:
    measured = labelled(found.measure, say)
    return say("Lead in {measure}", measure=measured) if found.cases.is_lead else measured


def _places(found: Discovery, setting: int) -> Floats:
    """Where each case lies along a setting: its value, or the number of its choice."""
    axis, numbers = found.axis(setting), found.cases.data.values[:, setting]
    if axis.kind == "text":
        return numbers
    return np.array([float(axis.value(place)) for place in numbers.tolist()])


def _ends(limits: Limits | None, axis: Axis) -> tuple[float, float]:
    """Where a box ends along a setting, which may be nowhere."""
    if limits is None:
        return -np.inf, np.inf
    if limits.kept is not None:
        return min(limits.kept) - 0.4, max(limits.kept) + 0.4
    low, high = (float(axis.value(end)) if np.isfinite(end) else end for end in (limits.low, limits.high))
    return low, high


def _choices(axis: Axis) -> tuple[str, ...]:
    return tuple(str(shown) for shown, _ in axis.choices) if axis.kind == "text" else ()


def _named(axis: Axis, parts: Floats) -> tuple[tuple[str, ...], Floats]:
    """Names of the parts of a setting without an order; else where they lie, in its own values."""
    if axis.kind == "text":
        return _values(axis, parts), np.arange(len(parts), dtype=float)
    return (), np.array([float(axis.value(place)) for place in parts.tolist()])


def _values(axis: Axis, parts: Floats) -> tuple[str, ...]:
    if axis.kind == "text":
        return tuple(str(axis.choices[round(place)][0]) for place in parts.tolist())
    return tuple(f"{float(axis.value(place)):.3g}" for place in parts.tolist())


UNCERTAIN_FIGURES: dict[str, Callable[[Discovery, Language], list[Plotted]]] = {
    "main_effects": main_effects,
    "interactions": interactions,
    "tornado": tornado,
    "box": box,
    "map": decision_map,
}
"""What each draws of the cases: one panel or several."""
SERIES = "series"
"""What is drawn of every day."""
