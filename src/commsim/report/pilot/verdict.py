"""What a trial can show, as sentences."""

from commsim.analysis.pilot import Pilot
from commsim.analysis.pilot.result import Reading
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import percent
from commsim.report.pilot.words import allowed, groups, plan, size, word

MONEY = "profit"


def pilot_verdict(found: Pilot, say: Language = ENGLISH) -> str:
    """The outcome that shows it first, profit, the trial that can be afforded, and what misleads."""
    told = [_easiest(found, say), _profit(found, say), *_afforded(found, say), *_misleads(found, say)]
    return say.sentences(told)


def _easiest(found: Pilot, say: Language) -> str:
    one = found.easiest
    first, second = (plan(name, say) for name in found.plans)
    if one is None:
        return say(
            "No outcome that can be counted in groups tells {first} from {second} in a trial of any size, "
            "as far as {worlds} worlds show.",
            first=first, second=second, worlds=len(found.seeds),
        )  # fmt: skip
    return say(
        "A trial of {first} against {second} shows it soonest by {outcome} over {days} days: {needed}.",
        first=first,
        second=second,
        outcome=word(one.outcome, say),
        days=one.days,
        needed=_needed(found, one, say),
    )


def _needed(found: Pilot, one: Reading, say: Language) -> str:
    """``54 groups in each arm inside the model, 160 to 590 with the allowance for likeness``."""
    told = say("{groups} groups in each arm inside the model", groups=groups(found.needed(one), say))
    if not found.likeness:
        return told
    ends = [groups(found.needed(one, rho), say) for rho in allowed(found)]
    between = ends[0] if len(ends) == 1 else say("{low} to {high}", low=ends[0], high=ends[1])
    return say("{inside}, {groups} with the allowance for likeness", inside=told, groups=between)


def _profit(found: Pilot, say: Language) -> str:
    one = found.easiest_of(MONEY)
    if one is None:
        return say(
            "By profit no trial of any size shows it: {worlds} worlds do not tell who is ahead in the end.",
            worlds=len(found.seeds),
        )
    if one == found.easiest:
        return ""
    return say(
        "By profit it takes {needed}, over {days} days.", needed=_needed(found, one, say), days=one.days
    )


def _afforded(found: Pilot, say: Language) -> list[str]:
    money = [one for one in found.readings if one.outcome.name == MONEY]
    chosen = found.easiest_of(MONEY) or money[-1]
    widest = found.likeness[-1] if found.likeness else 0.0
    told = [
        say(
            "With {groups} groups in each arm a trial by profit over {days} days picks the wrong plan in "
            "{wrong} of cases, and sees no difference below {smallest} a group.",
            groups=found.groups,
            days=chosen.days,
            wrong=percent(found.wrong(chosen, widest), say),
            smallest=size(found.seen(chosen, widest), chosen.outcome, say),
        )
    ]
    easy = found.easiest
    if easy is not None and easy.outcome.name != MONEY:
        told.append(
            say(
                "By {outcome} over {days} days it picks the wrong one in {wrong}, and shows the difference "
                "in {power} of cases.",
                outcome=word(easy.outcome, say),
                days=easy.days,
                wrong=percent(found.wrong(easy, widest), say),
                power=percent(found.power(easy, widest), say),
            )
        )
    if widest:
        told.append(say("These chances are with the allowance for a likeness of {rho}.", rho=f"{widest:g}"))
    return told


def _misleads(found: Pilot, say: Language) -> list[str]:
    """Lengths at which the sign is not that of the longest, and outcomes that speak for the other plan."""
    told = []
    longest = max(found.lengths)
    for name in dict.fromkeys(one.outcome.name for one in found.readings):
        short = [one for one in found.readings if one.outcome.name == name and found.misleads(one)]
        if short:
            days = say.listed(str(one.days) for one in short)
            told.append(
                say(
                    "{outcome}: the difference over {days} days has another sign than over {longest}, so "
                    "that so short a trial misleads.",
                    outcome=say(short[0].outcome.label), days=days, longest=longest,
                )
            )  # fmt: skip
    last = found.of(MONEY, longest)
    easy = found.easiest
    if easy is not None and None not in (found.better(last), found.better(easy)):
        best, seen = found.better(last), found.better(easy)
        if best != seen:
            assert best is not None
            assert seen is not None
            told.append(
                say(
                    "By {outcome} {seen} is ahead, by profit over {longest} days {best}: what is easily "
                    "shown is not what earns.",
                    outcome=word(easy.outcome, say),
                    seen=plan(found.plans[seen], say),
                    best=plan(found.plans[best], say),
                    longest=longest,
                )
            )
    return told
