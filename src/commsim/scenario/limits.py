"""What a plan may take: money, hours of staff, posts, the least margin, the most who leave.

Posts are known before a run; so is what strategies pay whatever members do (`commsim.simulation.forecast`).
The rest is known of each world alone (`commsim.analysis.within`).
"""

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from pydantic import model_validator

from commsim.core.part import Part
from commsim.core.units import Fen, Portion, param
from commsim.scenario.touches import posts_of_groups

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

Unit = Literal["yuan", "hours", "posts", "share"]


class Limit(NamedTuple):
    """One limit: its name in a plan, what it limits in words, and its unit.

    at_least: the value must not be below it; else not above it.
    """

    name: str
    label: str
    unit: Unit
    at_least: bool = False


LIMITS: tuple[Limit, ...] = (
    Limit("budget", "Budget", "yuan"),
    Limit("budget_per_group", "Budget per group", "yuan"),
    Limit("hours", "Hours of staff", "hours"),
    Limit("hours_per_group", "Hours of staff per group", "hours"),
    Limit("posts_per_day", "Posts a day in a group", "posts"),
    Limit("posts_per_week", "Posts a week in a group", "posts"),
    Limit("margin", "Margin", "share", at_least=True),
    Limit("leaving", "Members who leave", "share"),
)
"""All limits in the order of tables."""


class PlanLimits(Part):
    """The most, or of the margin the least, that a plan may come to; nothing where there is no limit."""

    budget: Fen | None = param(
        None,
        "Most that strategies and sources cost together, discounts included; goods that were sold and staff "
        "left out",
        unit="yuan",
        low=0,
        source="operator's choice",
        grade="D",
    )
    budget_per_group: Fen | None = param(
        None,
        "The same per group, on the mean of the groups at the start",
        unit="yuan",
        low=0,
        source="operator's choice",
        grade="D",
    )
    hours: float | None = param(
        None, "Most hours of staff in the run", unit="hours", low=0.0, source="operator's choice", grade="D"
    )
    hours_per_group: float | None = param(
        None,
        "The same per group, on the mean of the groups at the start",
        unit="hours",
        low=0.0,
        source="operator's choice",
        grade="D",
    )
    posts_per_day: int | None = param(
        None, "Most posts a day in a group", unit="posts", low=0, source="operator's choice", grade="D"
    )
    posts_per_week: int | None = param(
        None,
        "Most posts a week in a group, from Monday on",
        unit="posts",
        low=0,
        source="operator's choice",
        grade="D",
    )
    margin: Portion | None = param(
        None,
        "Least profit as a share of revenue",
        unit="share",
        low=-1.0,
        high=1.0,
        source="operator's choice",
        grade="D",
    )
    leaving: Portion | None = param(
        None,
        "Most who leave, as a share of all who were members",
        unit="share",
        low=0.0,
        high=1.0,
        source="operator's choice",
        grade="D",
    )
    beyond: Literal["refuse", "mark"] = param(
        "refuse",
        "What happens to a plan that breaks one on paper: it is refused, or run and marked",
        unit="choice",
        source="operator's choice",
        grade="D",
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if not self.set:
            names = ", ".join(limit.name for limit in LIMITS)
            raise ValueError(f"limits nothing; give one or more of {names}, or leave it out")
        return self

    @property
    def set(self) -> tuple[Limit, ...]:
        """Those that the plan has."""
        return tuple(limit for limit in LIMITS if getattr(self, limit.name) is not None)

    def bound(self, limit: Limit) -> float:
        """The number of a limit, in its unit; money in yuan."""
        value = getattr(self, limit.name)
        return float(value / 100) if limit.unit == "yuan" else float(value)

    def excess(self, limit: Limit, value: float) -> float:
        """By how much a value breaks a limit; 0 where it keeps it."""
        beyond = value - self.bound(limit)
        return max(0.0, -beyond if limit.at_least else beyond)


class Posts(NamedTuple):
    """The most that any group gets by the calendar, in a day and in a week from Monday on."""

    a_day: int
    a_week: int


def most_posts(scenario: "Scenario") -> Posts:
    """What a plan posts on paper; posts that the platform would refuse are none."""
    most = Posts(0, 0)
    for sent in posts_of_groups(scenario):
        weeks: Counter[int] = Counter()
        for day, number in sent.items():
            date = scenario.start + dt.timedelta(days=day)
            weeks[(date.toordinal() - 1) // 7] += number
        a_day, a_week = max(sent.values(), default=0), max(weeks.values(), default=0)
        most = Posts(max(most.a_day, a_day), max(most.a_week, a_week))
    return most
