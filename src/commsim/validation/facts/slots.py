"""Sales that always come at the same time: F34."""

from typing import Any

import numpy as np

from commsim.core.arrays import Bools
from commsim.core.view import MEMBER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import bare
from commsim.validation.facts.ratio import ratio

WEEK = 7
HALFWAY, LAST = (4, 8), 10
"""Weeks between which half of the gain is expected, and the week of the whole."""
SLOT, OTHER = ("thu", 20), ("mon", 19)
TIMES = (
    *(("sat", 10), ("tue", 21), ("fri", 15), ("mon", 13), ("sun", 19)),
    *(("wed", 9), ("sat", 17), ("tue", 12), ("sun", 16)),
)
"""Weekday and hour of sales at random times, drawn once."""
TENDED = ({"kind": "content"}, {"kind": "group_rules"})
"""What keeps people looking in while habits form."""
_REGULAR = 2 * 4
"""Looks in the last four weeks that make a regular."""
_FOUR_WEEKS = np.uint32((1 << 4 * WEEK) - 1)


def _sales(scenario: Scenario, earlier: list[tuple[str, int]]) -> Scenario:
    """A sale a week at the earlier times, and a last one in the slot."""
    weeks = [
        _sale(time, starts=WEEK * week, ends=WEEK * week + WEEK - 1)
        for week, time in enumerate([*earlier, SLOT])
    ]
    return bare(scenario, WEEK * len(weeks), *TENDED, *weeks)


def _sale(time: tuple[str, int], **settings: Any) -> dict[str, Any]:
    day, hour = time
    return {
        "kind": "flash_sale",
        "name": "sale",
        "weekdays": [day],
        "hour": hour,
        "discount": 0.15,
        **settings,
    }


def _plans(scenario: Scenario) -> dict[str, Scenario]:
    plans = {"moved": _sales(scenario, [OTHER] * (LAST - 1))}
    for weeks in (*HALFWAY, LAST):
        plans[f"fixed {weeks}"] = _sales(scenario, [SLOT] * (weeks - 1))
        plans[f"random {weeks}"] = _sales(scenario, list(TIMES[: weeks - 1]))
    return plans


SLOTS = Setup(
    "slots",
    "content, rules and a sale a week for ten weeks, on Thursdays at 20 h, at random times, or moved there; "
    "who comes to the last of them, of members who look in twice a week",
    _plans,
)


def regulars(run: Run) -> Bools:
    """Members who looked in on eight or more of the last 28 days."""
    people = run.world.people
    days = (people.looks & _FOUR_WEEKS).view(np.uint8).reshape(-1, 4)
    looks = np.unpackbits(days, axis=1).sum(axis=1)
    return np.asarray((people.status == MEMBER) & (looks >= _REGULAR))


def attendance(run: Run, other: Run) -> float:
    """How many more of those who are regulars under both plans were at the last sale of the first one."""
    both = regulars(run) & regulars(other)
    came, came_too = (both[each.world.attended].sum() for each in (run, other))
    return ratio(came, came_too)


def _habit(runs: Runs) -> tuple[float, ...]:
    """Fixed over random in the last week; the part of that gain which is there halfway; moved over fixed."""
    early, late, last = (
        attendance(runs[f"fixed {weeks}"], runs[f"random {weeks}"]) for weeks in (*HALFWAY, LAST)
    )
    moved = attendance(runs["moved"], runs[f"fixed {LAST}"])
    return last, ratio(early - 1.0, last - 1.0), ratio(late - 1.0, last - 1.0), moved


FACTS = (
    Fact(
        "F34",
        "Regulars get used to a sale that always comes at the same time",
        SLOTS,
        (
            Statistic("who comes in week 10, fixed over random times", 1.1, 1.8),
            Statistic("part of that gain by week 4", high=0.5, share=True),
            Statistic("part of that gain by week 8", low=0.5, share=True),
            Statistic("who comes after the sale was moved, over fixed", high=1.0),
        ),
        _habit,
        "warn",
        "Lally et al. 2010 (form)",
        "B",
        tuned=True,
    ),
)
