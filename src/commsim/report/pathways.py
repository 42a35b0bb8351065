"""What is so without each pathway of behaviour, as sentences, a table, a figure and data; money in yuan."""

from typing import Any

from commsim.analysis.explain import Explanation
from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.switched_off import SwitchedOff
from commsim.core.measures import Unit
from commsim.report.data import to_csv
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import amount, difference, labelled, limits, number
from commsim.report.panels import Whiskers
from commsim.report.tables import Grid

MOST = 15
"""Pathways that tables and pictures show, those that change the lead most; data hold all."""


def pathways_told(found: Explanation, say: Language = ENGLISH) -> list[str]:
    """What the lead hangs on most, and what turns it round; nothing where no pathway surely changes it."""
    sure = [one for one in found.pathways if one.change.excludes_zero]
    if not sure:
        return []
    unit, first = found.measure.unit, sure[0]
    sentence, lead = (
        (
            "The lead hangs most on this: {pathway}. Were it not so, the plan would bring {amount} beyond "
            "doing nothing ({limits}).",
            first.lead,
        )
        if first.lead.mean >= 0
        else (
            "The lead hangs most on this: {pathway}. Were it not so, the plan would bring {amount} less than "
            "doing nothing ({limits}).",
            first.lead.reversed(),
        )
    )
    told = [
        say(
            sentence,
            pathway=first.pathway.told(say.code),
            amount=amount(lead.mean, unit, say),
            limits=limits(lead, unit, say),
        )
    ]
    if turning := [one.pathway.told(say.code) for one in sure if one.turns]:
        told.append(say("Its sign turns without each of these: {pathways}.", pathways=say.parts(turning)))
    return told


def pathway_grids(found: Explanation, say: Language = ENGLISH) -> list[Grid]:
    """A row for each pathway that changes the lead most, and a line on the others; nothing without any."""
    if not found.pathways:
        return []
    unit = found.measure.unit
    rows = [
        (
            one.pathway.told(say.code),
            _signed(one.measure, unit, say),
            number(one.lead.mean, unit),
            difference(one.change, unit, say),
            _signed(one.members, "persons", say),
        )
        for one in found.pathways[:MOST]
    ]
    if others := len(found.pathways) - len(rows) + len(found.idle):
        told = say("{others} more change it less, or nothing", others=others)
        rows.append((told, "", "", "", ""))
    title = say(
        "Without one thing about people: what changes for the plan, and its lead over doing nothing "
        "({confidence:.0f} % interval)",
        confidence=100 * CONFIDENCE,
    )
    header = (
        say("Switched off"),
        labelled(found.measure, say),
        say("Lead then"),
        say("Change of the lead"),
        say("Members"),
    )
    return [Grid(title, header, tuple(rows))]


def _signed(interval: Interval, unit: Unit, say: Language) -> str:
    """The mean of a difference alone."""
    return difference(Interval(interval.mean, interval.mean, interval.mean), unit, say)


def pathway_figures(found: Explanation, say: Language = ENGLISH) -> list[Whiskers]:
    """By how much the lead over doing nothing changes without each pathway."""
    if not found.pathways:
        return []
    note = (
        "The lead over doing nothing without this, less the lead as people are; right of 0 the plan would "
        "bring more without it."
    )
    return [
        Whiskers(
            say=say,
            key="pathways",
            title=say("What the lead over doing nothing hangs on"),
            unit=found.measure.unit,
            measured=labelled(found.measure, say),
            note=say(note),
            rows=tuple((one.pathway.told(say.code), one.change) for one in found.pathways[:MOST]),
        )
    ]


def pathways_data(found: Explanation) -> dict[str, Any]:
    """Pathways from the one that changes the lead most, with the values at which they are off."""
    return {
        "pathways": [_data(one) for one in found.pathways],
        "idle": [one.name for one in found.idle],
    }


def _data(one: SwitchedOff) -> dict[str, Any]:
    parts = {"measure": one.measure, "members": one.members, "lead": one.lead, "change": one.change}
    return {
        "pathway": one.pathway.name,
        "about": one.pathway.told(),
        "off": one.pathway.neutral,
        **{name: _interval(interval) for name, interval in parts.items()},
        "turns": one.turns,
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def pathways_csv(found: Explanation) -> str:
    """A row per pathway that changes anything."""
    names = ("measure", "members", "lead", "change")
    header = ["pathway", *(f"{name}_{part}" for name in names for part in ("mean", "low", "high"))]
    rows = [
        [one["pathway"], *(one[name][part] for name in names for part in one[name])]
        for one in pathways_data(found)["pathways"]
    ]
    return to_csv(header, rows)
