"""What a trial can show, as tables."""

from commsim.analysis.pilot import Pilot
from commsim.analysis.pilot.result import Reading
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, difference, number, percent
from commsim.report.pilot.words import allowed, groups, label, size
from commsim.report.tables import Grid


def pilot_grids(found: Pilot, say: Language = ENGLISH) -> list[Grid]:
    """Groups that are needed, and what the trial that can be afforded shows."""
    return [_needed(found, say), _afforded(found, say)]


def _allowance(found: Pilot, say: Language) -> str:
    """``likeness .01 to .05``."""
    ends = [f"{rho:g}" for rho in allowed(found)]
    between = ends[0] if len(ends) == 1 else say("{low} to {high}", low=ends[0], high=ends[1])
    return say("likeness {between}", between=between)


def _needed(found: Pilot, say: Language) -> Grid:
    header = (
        say("Outcome of a group"),
        say("Days"),
        say("Difference (95 %)"),
        say("sd"),
        *((say("r"), say("Without baseline")) if found.before else ()),
        say("In the model"),
        *((_allowance(found, say),) if found.likeness else ()),
        say("Sign"),
    )
    title = say(
        "Groups in each arm for 80 % power (* no owner of a group sees it; sign: as after {days} days)",
        days=max(found.lengths),
    )
    return Grid(title, header, tuple(_row(found, one, say) for one in found.readings), fixed=2)


def _row(found: Pilot, one: Reading, say: Language) -> tuple[str, ...]:
    plain = found.needed(one, adjust=False)
    baseline = (f"{one.r:.2f}", groups(plain, say)) if found.before else ()
    ends = [groups(found.needed(one, rho), say) for rho in allowed(found)]
    return (
        label(one.outcome, say),
        str(one.days),
        difference(one.gap, one.outcome.unit, say),
        cell(one.sd, one.outcome.unit),
        *baseline,
        _in_the_model(found, one, say),
        *(
            (ends[0] if len(ends) == 1 else say("{low} to {high}", low=ends[0], high=ends[-1]),)
            if ends
            else ()
        ),
        sign(found, one, say),
    )


def _in_the_model(found: Pilot, one: Reading, say: Language) -> str:
    """Groups that are needed; where the worlds do not tell the sign, what is the least."""
    if one.gap.excludes_zero:
        return groups(found.needed(one), say)
    return say("at least {groups}", groups=groups(found.needed_range(one)[0], say))


def sign(found: Pilot, one: Reading, say: Language) -> str:
    """Whether the difference has the sign that it has in the end."""
    if one.days == max(found.lengths):
        return "" if one.gap.excludes_zero else say("not sure")
    if found.misleads(one):
        return say("the other one")
    if not (one.gap.excludes_zero and found.last(one).gap.excludes_zero):
        return say("not sure")
    return say("the same")


def _afforded(found: Pilot, say: Language) -> Grid:
    header = (
        say("Outcome of a group"),
        say("Days"),
        say("Shows it"),
        *((say("over the ranges"),) if found.assurance(found.readings[0]) is not None else ()),
        say("Picks the wrong plan"),
        say("Smallest difference shown"),
        say("of the usual"),
    )
    title = say("What a trial of {groups} groups in each arm can do", groups=found.groups)
    if found.likeness:
        likeness = say("likeness {between}", between=f"{found.likeness[-1]:g}")
        title += say(" (in brackets with {likeness})", likeness=likeness)
    return Grid(title, header, tuple(_chances(found, one, say) for one in found.readings), fixed=2)


def _chances(found: Pilot, one: Reading, say: Language) -> tuple[str, ...]:
    widest = found.likeness[-1] if found.likeness else None

    def both(told: str, with_it: str) -> str:
        return told if widest is None else say("{told} ({with_it})", told=told, with_it=with_it)

    rho = widest or 0.0
    sure, least = found.assurance(one), found.seen(one)
    share = (
        f"{number(least / abs(one.usual), 'share')} %" if one.usual and least < 10 * abs(one.usual) else ""
    )
    return (
        label(one.outcome, say),
        str(one.days),
        both(percent(found.power(one), say), percent(found.power(one, rho), say)),
        *((percent(sure, say),) if sure is not None else ()),
        both(percent(found.wrong(one), say), percent(found.wrong(one, rho), say)),
        both(size(least, one.outcome, say), size(found.seen(one, rho), one.outcome, say)),
        share,
    )
