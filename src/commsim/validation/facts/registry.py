"""All facts, and those that are left out."""

from commsim.core.errors import InputError
from commsim.validation.facts import (
    adverts,
    asked,
    channels,
    contagion,
    coupons,
    customers,
    draws,
    envelopes,
    exits,
    habits,
    lifetimes,
    participation,
    prices,
    purses,
    referrals,
    rights,
    rivals,
    rush,
    slots,
    streams,
    teams,
    texts,
    year,
)
from commsim.validation.facts.fact import Fact, Omission


def _number(fact: Fact) -> tuple[int, str]:
    """F20 comes before F20b, and both before F100."""
    number = fact.id[1:].rstrip("b")
    return int(number), fact.id


FACTS: tuple[Fact, ...] = tuple(
    sorted(
        (
            *participation.FACTS,
            *lifetimes.FACTS,
            *adverts.FACTS,
            *envelopes.FACTS,
            *prices.FACTS,
            *rush.FACTS,
            *teams.FACTS,
            *customers.FACTS,
            *habits.FACTS,
            *slots.FACTS,
            *referrals.FACTS,
            *exits.FACTS,
            *year.FACTS,
            *rivals.FACTS,
            *coupons.FACTS,
            *rights.FACTS,
            *draws.FACTS,
            *asked.FACTS,
            *streams.FACTS,
            *channels.FACTS,
            *contagion.FACTS,
            *texts.FACTS,
            *purses.FACTS,
        ),
        key=_number,
    )
)
"""In the order of their numbers."""

OMITTED = (
    Omission(
        "F23b",
        "Teams of two that fail have found nobody",
        "one friend fills a team of two, so it is true by definition and could not fail",
    ),
    Omission(
        "F25b",
        "Joining speeds up around the size at which a team is safe",
        "a team gathers within the day on which it is launched, without a clock",
    ),
    Omission(
        "F64",
        "A friend who is brought costs ten to forty yuan",
        "what is paid for one is a setting of the plan, so that it could not fail",
    ),
    Omission(
        "F69",
        "Few who bargain with friends get the price down",
        "nobody has counted it: vendors say under 3 % and under 20 %",
    ),
    Omission(
        "F70",
        "What is new thrills for a while",
        "that it does was seen often, and how much and for how long was found nowhere",
    ),
    Omission(
        "F71",
        "A clock that runs down sells",
        "one meta-analysis finds that it does and another that it does not; 0 is put in",
    ),
    Omission(
        "F72",
        "Bought traffic gets dearer",
        "what vendors tell of it is a setting of the plan, so that it could not fail",
    ),
    Omission(
        "F73",
        "Groups that solve a problem, or meet needs, live",
        "guides say so, and no study was found with a number",
    ),
)
"""Facts, and second halves of facts, about what the model does not contain."""


def find(id: str) -> Fact:
    """The fact of an id such as F6, in any case.  Raises `InputError` if it is unknown or left out."""
    for fact in FACTS:
        if fact.id.lower() == id.lower():
            return fact
    for left_out in OMITTED:
        if left_out.id.lower() == id.lower():
            raise InputError(
                f"{left_out.id} is not measured: {left_out.reason}", remedy="choose another fact"
            )
    raise InputError(f"there is no fact {id!r}", remedy=f"choose of {', '.join(fact.id for fact in FACTS)}")
