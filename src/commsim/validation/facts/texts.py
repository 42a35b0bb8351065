"""Who unsubscribes, and who comes back: F65 and F66."""

import numpy as np

from commsim.core.view import STRANGER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.orders import happened, persons
from commsim.validation.facts.plans import bare, fewer
from commsim.validation.facts.ratio import ratio

LOST, GAP, ATTEMPTS = 60, 14, 3
"""Day from which who is lost is asked back, days between two contacts, and how many there are."""
ENDS = LOST + ATTEMPTS * GAP
TEXTED = 30
"""Day of the one campaign by text."""
CONTENT = {"kind": "content"}


def _contacts(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    back = {
        "kind": "win_back",
        "by": "text",
        "after": GAP,
        "attempts": ATTEMPTS,
        "every": GAP,
        "starts": LOST,
    }
    text = {"kind": "contact", "by": "text", "starts": TEXTED, "ends": TEXTED}
    return {
        "before": bare(base, LOST, CONTENT),
        "asked back": bare(base, ENDS, CONTENT, back),
        "one text": bare(base, TEXTED + 7, CONTENT, text),
    }


CONTACTS = Setup(
    "contacts",
    f"content alone, and from day {LOST} on {ATTEMPTS} texts to who is lost; or one text to all members",
    _contacts,
    events=True,
)


def _unsubscribed(runs: Runs) -> tuple[float]:
    daily = runs["one text"].records.daily
    return (ratio(daily["opt_outs"].sum(), daily["contacts"].sum()),)


def _back(runs: Runs) -> tuple[float]:
    """Of who has left, or not looked for two weeks, by the first text: who comes back by one of three."""
    people = runs["before"].world.people
    recent = np.asarray(people.looks & np.uint32(2**GAP - 1)) > 0
    lost = (people.status != STRANGER) & ~recent
    came = persons(runs["asked back"], happened(runs["asked back"], "came_back")) > 0
    return (ratio(np.count_nonzero(lost & came), np.count_nonzero(lost)),)


FACTS = (
    Fact(
        "F65",
        "One or two in a hundred unsubscribe at a text",
        CONTACTS,
        (Statistic("unsubscribed, of who got it", 0.005, 0.037, share=True),),
        _unsubscribed,
        "document",
        "vendors: .5 to 3.7 % a campaign",
        "C",
        tuned=True,
    ),
    Fact(
        "F66",
        "A few in a hundred come back when they are asked",
        CONTACTS,
        (Statistic("came back by one of three texts", 0.01, 0.05, share=True),),
        _back,
        "document",
        "vendors: 1 to 5 % of a sequence",
        "C",
        tuned=True,
    ),
)
