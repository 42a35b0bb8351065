"""What a calibration says, as sentences and tables."""

from commsim.analysis.calibration.result import Calibration, Told
from commsim.report.calibration.experiments import experiments
from commsim.report.calibration.summaries import summary
from commsim.report.flip.words import called, value
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import percent
from commsim.report.tables import Grid
from commsim.report.unknowns import unknown_called

_TABLES = {
    "messages": "messages",
    "orders": "orders",
    "check_ins": "check-ins",
    "envelopes": "shares of envelopes",
}
MOST_LOST = 8


def calibration_verdict(found: Calibration, say: Language = ENGLISH) -> str:
    """What is told and how far to trust it; or that the data are refused, and why."""
    if found.refused:
        return say(
            "The model can't make these data: of {runs} simulations over all that evidence allows, {share} "
            "are as odd as they are. Nothing is calibrated. Look first whether the plan is the one that was "
            "carried out, and whether the export is whole.",
            runs=f"{found.runs:,}",
            share=percent(found.chance, say),
        )
    sentences = [
        say(
            "{days} days of {members} members tell something of {known} of {all} numbers that nobody knows; "
            "the others stay as the plan has them, with their ranges.",
            days=found.data.days,
            members=f"{found.data.members:,}",
            known=len(found.identified),
            all=len(found.told),
        ),
        say(
            "An interval holds the true value in {confidence} of groups, on average over the ranges; "
            "near the ends of a range in fewer.",
            confidence=percent(found.confidence, say),
        ),
    ]
    if found.data.missing:
        sentences.append(_missing(found, say))
    return say.sentences(sentences)


def _missing(found: Calibration, say: Language) -> str:
    tables = say.listed(say(_TABLES[name]) for name in found.data.missing)
    if not found.lost:
        return say("There were no {tables}; they would tell nothing more.", tables=tables)
    names = say.listed(found.lost[:MOST_LOST])
    more = len(found.lost) - MOST_LOST
    names += say(" and {more} more", more=more) if more > 0 else ""
    return say("There were no {tables}; they would tell: {names}.", tables=tables, names=names)


def calibration_grids(found: Calibration, say: Language = ENGLISH, *, meanings: bool = False) -> list[Grid]:
    """What the data tell, and what they don't with the experiment that would; or what is odd about them.

    meanings: whether the table says what each unknown is, for which a terminal is too narrow.
    """
    if found.refused:
        return [_odd(found, say)]
    tables = [_told(found, say, meanings)]
    unknown = {one.name for one in found.told if not one.identified}
    rows = [
        (say(what), say.listed(unknown_called(name, say) for name in names))
        for what, names in experiments(unknown)
    ]
    if rows:
        title = say("Not identifiable from this, and what would tell")
        header = (say("Do this in your groups"), say("It tells"))
        tables.append(Grid(title, header, tuple(rows)))
    return tables


def estimated(one: Told, say: Language) -> str:
    """``0.65 (0.42 to 0.99)``."""
    between = say("{low} to {high}", low=value(one.low), high=value(one.high))
    return say("{told} ({with_it})", told=value(one.estimate), with_it=between)


def _told(found: Calibration, say: Language, meanings: bool) -> Grid:
    rows = [
        (
            called(one.unknown, say),
            *((one.unknown.about,) if meanings else ()),
            one.unknown.grade,
            say("{low} to {high}", low=value(one.unknown.low), high=value(one.unknown.high)),
            value(one.unknown.value),
            value(one.estimate),
            say("{low} to {high}", low=value(one.low), high=value(one.high)),
        )
        for one in found.identified
    ]
    header = (
        say("Unknown"),
        *((say("Meaning"),) if meanings else ()),
        say("Grade"),
        say("Range before"),
        say("The plan has"),
        say("Estimate"),
        say("{share} interval", share=percent(found.confidence, say)),
    )
    more = len(found.told) - len(rows)
    title = say("What the data tell ({more} more are not identifiable from this)", more=more)
    return Grid(title, header, tuple(rows), fixed=2 if meanings else 1)


def _odd(found: Calibration, say: Language) -> Grid:
    rows = [
        (
            summary(one.name, say),
            say("too high") if one.apart > 0 else say("too low"),
            f"{abs(one.apart):.1f}",
            say("yes") if one.beyond else say("no"),
        )
        for one in found.odd
    ]
    header = (
        say("What is odd"), say("Beside what the rest lets expect"), say("By standard deviations"),
        say("Beyond every simulation"),
    )  # fmt: skip
    return Grid(say("What does not fit"), header, tuple(rows))
