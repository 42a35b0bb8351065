"""What a plan may take: money, hours of staff, posts, the least margin, the most who leave.

Posts are known before a run; so is what strategies pay whatever members do (`commsim.simulation.forecast`).
The rest is known of each world alone (`commsim.analysis.within`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from pydantic import model_validator

from commsim.core.part import Part
from commsim.core.units import Fen, Portion, described, param
from commsim.scenario.audiences import group_names
from commsim.scenario.errors import Finding
from commsim.scenario.touches import posts_of_groups
from commsim.strategies.audience import GroupName

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

Unit = Literal["yuan", "hours", "posts", "share"]
EACH = ""
"""Instead of the name of a group: whichever of them is worst."""
POSTS = ("posts_per_day", "posts_per_week")
FROM_ENTRIES = ("budget", "hours", "margin")
"""What of a group only the ledger tells entry by entry."""


class Limit(NamedTuple):
    """One limit: its name in a plan, what it limits in words, and its unit.

    at_least: the value must not be below it; else not above it.  group: whose; `EACH` for any, None for all
    together.
    """

    name: str
    label: str
    unit: Unit
    at_least: bool = False
    group: str | None = None

    @property
    def measure(self) -> str:
        """What it limits: its name without whose it is."""
        return self.name.rpartition(".")[2]


LIMITS: tuple[Limit, ...] = (
    Limit("budget", "Budget", "yuan"),
    Limit("hours", "Hours of staff", "hours"),
    Limit("posts_per_day", "Posts a day in a group", "posts"),
    Limit("posts_per_week", "Posts a week in a group", "posts"),
    Limit("margin", "Margin", "share", at_least=True),
    Limit("leaving", "Members who leave", "share"),
)
"""All limits in the order of tables."""


def _posts(about: str) -> Any:
    return param(None, about, unit="posts", low=0, source="operator's choice", grade="D")


class _Bounds(Part):
    """The most, or of the margin the least, that somebody may come to; nothing where there is no limit."""

    budget: Fen | None = param(
        None,
        "Most that strategies and sources cost together, discounts included; goods that were sold and staff "
        "left out",
        unit="yuan",
        low=0,
        source="operator's choice",
        grade="D",
    )
    hours: float | None = param(
        None, "Most hours of staff in the run", unit="hours", low=0.0, source="operator's choice", grade="D"
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

    def own(self, at: str = "", group: str | None = None) -> list[Limit]:
        """Those that are given here; at: what stands before their names."""
        return [
            limit._replace(name=f"{at}{limit.name}", group=group)
            for limit in LIMITS
            if getattr(self, limit.name, None) is not None
        ]

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if not self.own() and not getattr(self, "each_group", None) and not getattr(self, "groups", ()):
            names = ", ".join(limit.name for limit in LIMITS if limit.name in type(self).model_fields)
            raise ValueError(f"limits nothing; give one or more of {names}, or leave it out")
        return self


class OfEach(_Bounds):
    """What no group may come to."""


class OfGroup(_Bounds):
    """What one group may come to, instead of what holds for each."""

    name: GroupName = described(..., "Name of the group, or its number", unit="text")
    posts_per_day: int | None = _posts("Most posts a day in it")
    posts_per_week: int | None = _posts("Most posts a week in it, from Monday on")


class PlanLimits(_Bounds):
    """What a plan may come to in all, each of its groups, and some of them."""

    posts_per_day: int | None = _posts("Most posts a day in a group")
    posts_per_week: int | None = _posts("Most posts a week in a group, from Monday on")
    each_group: OfEach | None = described(None, "What no group may come to; nothing if empty", unit="section")
    groups: tuple[OfGroup, ...] = described(
        (), "What groups may come to that are named here, instead of what holds for each", unit="list"
    )
    beyond: Literal["refuse", "mark"] = param(
        "refuse",
        "What happens to a plan that breaks one on paper: it is refused, or run and marked",
        unit="choice",
        source="operator's choice",
        grade="D",
    )

    @property
    def set(self) -> tuple[Limit, ...]:
        """Those that the plan has."""
        found = self.own() + (self.each_group.own("each_group.", EACH) if self.each_group else [])
        for one in self.groups:
            found += one.own(f"groups.{one.name}.", str(one.name))
        return tuple(found)

    @property
    def need_entries(self) -> bool:
        """Whether only a run whose ledger is kept entry by entry tells all of them."""
        return any(one.group is not None and one.measure in FROM_ENTRIES for one in self.set)

    def others(self, measure: str) -> frozenset[str]:
        """Groups that have a limit of their own of a measure."""
        return frozenset(one.group for one in self.set if one.group and one.measure == measure)

    def bound(self, limit: Limit) -> float:
        """The number of a limit, in its unit; money in yuan."""
        of: Any = self
        if limit.group is not None:
            of = next((one for one in self.groups if str(one.name) == limit.group), self.each_group)
        value = getattr(of, limit.measure)
        return float(value / 100) if limit.unit == "yuan" else float(value)

    def excess(self, limit: Limit, value: float) -> float:
        """By how much a value breaks a limit; 0 where it keeps it."""
        beyond = value - self.bound(limit)
        return max(0.0, -beyond if limit.at_least else beyond)


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """Groups with limits of their own that there are not, or that are named twice."""
    limits, names = scenario.limits, group_names(scenario)
    if limits is None or not limits.groups:
        return
    known = {name or str(k + 1): k for k, name in enumerate(names)}
    seen = set[int]()
    for k, one in enumerate(limits.groups):
        at = index_of(one.name, names)
        if names and at is None:
            there = ", ".join([*known][:20])
            yield Finding(
                ("limits", "groups", k, "name"), f"there is no group {one.name!r}", f"there are: {there}"
            )
        elif at in seen:
            yield Finding(
                ("limits", "groups", k, "name"), f"{one.name!r} has limits already", "write them together"
            )
        seen |= {at} if at is not None else set()


def index_of(name: GroupName, names: "list[str] | tuple[str, ...]") -> int | None:
    """Which of the groups at the start is called so, or has that number; None where there is none."""
    if str(name) in names and str(name):
        return [*names].index(str(name))
    number = int(name) if str(name).isdecimal() else 0
    return number - 1 if 1 <= number <= len(names) else None


class Posts(NamedTuple):
    """The most that any group gets by the calendar, in a day and in a week from Monday on."""

    a_day: int
    a_week: int


def most_posts(scenario: "Scenario") -> Posts:
    """What a plan posts on paper into the group that gets most; posts that are refused are none."""
    each = posts_by_group(scenario)
    return Posts(max((one.a_day for one in each), default=0), max((one.a_week for one in each), default=0))


def posts_by_group(scenario: "Scenario") -> list[Posts]:
    """The same of each group at the start; of one that stands for all where only a file knows them."""
    return [_most(scenario, sent) for sent in posts_of_groups(scenario)]


def _most(scenario: "Scenario", sent: dict[int, int]) -> Posts:
    weeks: Counter[int] = Counter()
    for day, number in sent.items():
        date = scenario.start + dt.timedelta(days=day)
        weeks[(date.toordinal() - 1) // 7] += number
    return Posts(max(sent.values(), default=0), max(weeks.values(), default=0))
