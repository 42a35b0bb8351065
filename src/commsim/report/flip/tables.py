"""What would turn a comparison round, as tables."""

from commsim.analysis.flip import Flip
from commsim.analysis.flip.ends import Answer, Ends
from commsim.analysis.flip.leads import Estimate
from commsim.analysis.intervals import Interval
from commsim.report.flip.words import called, value
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import difference, labelled, limits, number
from commsim.report.tables import Grid

MOST_ROWS = 15
TURNS = 7
"""Column that stands only where anything turns."""
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
            value(one.unknown.low),
            value(one.unknown.high),
            told_lead(found, one.low, say),
            told_lead(found, one.high, say),
            turning(found, one, say),
            say(ANSWERS[one.answer]),
        )
        for one in shown(found)
    ]
    more = len(found.found.ends) - len(rows)
    title = say(
        "{first} less {second}, {measure}: what moves it most, each by itself ({confidence:.4g} % intervals)",
        first=found.plans[0],
        second=found.plans[1],
        measure=labelled(found.measure, say),
        confidence=100 * found.confidence,
    )
    title += say(" ({more} more not shown)", more=f"{more:,}") if more else ""
    header = (
        say("Unknown"), say("Grade"), say("It is"), say("Low"), say("High"), say("Lead at low"),
        say("Lead at high"), say("Turns at"), say("The sign"),
    )  # fmt: skip
    keep = [k for k in range(len(header)) if k != TURNS or any(row[TURNS] for row in rows)]
    return Grid(title, tuple(header[k] for k in keep), tuple(tuple(row[k] for k in keep) for row in rows))


def told_lead(found: Flip, estimate: Estimate, say: Language) -> str:
    """A lead with its interval of 95 %, for itself."""
    half = estimate.half((1.0 - found.confidence) / 2)
    around = Interval(estimate.mean, estimate.mean - half, estimate.mean + half)
    return difference(around, found.measure.unit, say)


def turning(found: Flip, ends: Ends, say: Language) -> str:
    """The values at which an unknown turns the lead, with limits; nothing where it does not."""
    told = [
        f"{value(turn.value.mean)} ({value(turn.value.low)}–{value(turn.value.high)})"
        for turn in found.turns_of(ends)
    ]
    return say(", ").join(told)


def _joint(found: Flip, say: Language) -> Grid:
    assert found.joint is not None
    rows = [
        (called(s.unknown, say), s.unknown.grade, value(s.unknown.value), value(s.value), f"{s.share:.2f}")
        for s in found.joint.steps
    ]
    title = say(
        "The nearest point that was found where the lead is gone ({lead} there)",
        lead=told_lead(found, found.joint.lead, say),
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
    header = (say("Unknown"), say("Grade"), say("Worth"), say("Limits"))
    return Grid(title, header, tuple(rows))
