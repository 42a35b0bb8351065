"""What would turn a comparison round, as tables."""

from commsim.analysis.flip import Flip
from commsim.analysis.flip.ends import Answer, Ends
from commsim.analysis.flip.leads import Estimate
from commsim.report.flip.words import called, rival, value
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import labelled, limits, number
from commsim.report.tables import Grid

MOST_ROWS = 15
ANSWERS: dict[Answer, str] = {"flips": "turns", "keeps": "keeps", "open": "can't be told"}


def flip_grids(found: Flip, say: Language = ENGLISH) -> list[Grid]:
    """The unknowns that move the lead most, the nearest point, and what is worth measuring."""
    grids = [_unknowns(found, say)]
    if found.joint is not None:
        grids.append(_joint(found, say))
    if found.worths is not None and found.worths.told:
        grids.append(_worths(found, say))
    return grids


def shown(found: Flip) -> list[Ends]:
    """Unknowns for tables and figures: those that move the lead most, and all that turn it."""
    first = found.ranked[:MOST_ROWS]
    return [one for one in found.ranked if one in first or one.answer == "flips"]


def _unknowns(found: Flip, say: Language) -> Grid:
    rows = [
        (
            called(one.unknown, say),
            one.unknown.grade,
            value(one.unknown.value),
            say("{low} to {high}", low=value(one.unknown.low), high=value(one.unknown.high)),
            told_lead(found, one.low),
            told_lead(found, one.high),
            _sign(found, one, say),
        )
        for one in shown(found)
    ]
    more = len(found.found.ends) - len(rows)
    title = say(
        "{first} less {second}, {measure}: what moves it most, each by itself",
        first=found.plans[0],
        second=rival(found, say),
        measure=labelled(found.measure, say),
    )
    title += say(" ({more} more not shown)", more=f"{more:,}") if more else ""
    header = (
        say("Unknown"), say("Grade"), say("It is"), say("Range"), say("Lead at low"), say("Lead at high"),
        say("The sign"),
    )  # fmt: skip
    return Grid(title, header, tuple(rows))


def told_lead(found: Flip, estimate: Estimate) -> str:
    """A lead with the half-width of its interval (95 %, for itself): ``430 ±165``."""
    half, unit = estimate.half((1.0 - found.confidence) / 2), found.measure.unit
    like = max(abs(estimate.mean), half)
    return f"{number(estimate.mean, unit, like=like)} ±{number(half, unit, like=like)}"


def _sign(found: Flip, ends: Ends, say: Language) -> str:
    """Whether it turns, and at which values, with limits."""
    turns = [
        say(
            "turns at {value} ({low} to {high})",
            value=value(turn.value.mean), low=value(turn.value.low), high=value(turn.value.high),
        )
        for turn in found.turns_of(ends)
    ]  # fmt: skip
    return say.listed(turns) or say(ANSWERS[ends.answer])


def _joint(found: Flip, say: Language) -> Grid:
    assert found.joint is not None
    rows = [
        (called(s.unknown, say), s.unknown.grade, value(s.unknown.value), value(s.value), f"{s.share:.2f}")
        for s in found.joint.steps
    ]
    title = say(
        "The nearest point that was found where the lead is gone ({lead} there)",
        lead=told_lead(found, found.joint.lead),
    )
    header = (say("Unknown"), say("Grade"), say("It is"), say("There"), say("Share of the way to its end"))
    return Grid(title, header, tuple(rows))


def _worths(found: Flip, say: Language) -> Grid:
    assert found.worths is not None
    unit = found.measure.unit
    rows = [
        (
            called(one.unknown, say),
            one.unknown.grade,
            number(one.worth.mean, unit),
            limits(one.worth, unit, say),
        )
        for one in found.worths.told
    ]
    title = say(
        "What it is worth to know before choosing, {measure} (by chance up to {null})",
        measure=labelled(found.measure, say),
        null=number(found.worths.null, unit),
    )
    header = (say("Unknown"), say("Grade"), say("Worth"), say("Interval"))
    return Grid(title, header, tuple(rows))
