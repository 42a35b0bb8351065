"""How people go, mostly without a word: F13."""

import numpy as np

from commsim.core.view import LEFT, MEMBER
from commsim.validation.facts.adverts import ADVERTS
from commsim.validation.facts.fact import Fact, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import MONTH
from commsim.validation.facts.ratio import ratio

KINDS = ("the plan", "0", "21")
"""Groups that are tended, that nobody runs, and that get three adverts a day."""
_MONTH_OF_LOOKS = np.uint32((1 << MONTH) - 1)


def silent_exits(run: Run) -> float:
    """Members who muted after joining or did not look in for 30 days, per person who left."""
    people, world = run.world.people, run.world
    absent = (people.looks & _MONTH_OF_LOOKS) == 0
    silent = (people.status == MEMBER) & ((people.muted & world.silenced) | absent)
    return ratio(np.count_nonzero(silent), np.count_nonzero(people.status == LEFT))


FACTS = (
    Fact(
        "F13",
        "Most who go don't leave: they mute, or look in no more",
        ADVERTS,
        (
            Statistic("silent exits per leaver by day 90, tended", 2.0),
            Statistic("the same, unmanaged", 2.0),
            Statistic("the same, 3 adverts a day", 2.0),
        ),
        lambda runs: tuple(silent_exits(runs[name]) for name in KINDS),
        "warn",
        "Ascarza et al. 2018; China Youth Daily 2020",
        "B",
        tuned=True,
    ),
)
