"""A platform's limits on posts: how they stand in a plan, and what of a plan is beyond them on paper."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from commsim.core.declare import Effect
from commsim.core.errors import InputError
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.touches import TOUCHES
from commsim.core.paper import PaperView
from commsim.core.part import Part
from commsim.core.touches import POSTS, Allowance, Spans
from commsim.core.units import described, param
from commsim.scenario.audiences import on_paper
from commsim.scenario.errors import Finding
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name, in_charge

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_ONE_GROUP = np.ones(1, np.bool_)


def _most(about: str, source: str, grade: Literal["B", "D"]) -> Any:
    return param(None, about, unit="posts", low=0, source=source, grade=grade)


class OwnTouches(Part):
    """All that a member may get of the shop: posts that are for them, messages, texts, calls."""

    per_day: int | None = _most("Most touches of a member a day", "operator's choice", "D")
    per_week: int | None = _most("Most a week, from Monday on", "operator's choice", "D")
    per_month: int | None = _most("Most in a month of the calendar", "operator's choice", "D")

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.per_day is self.per_week is self.per_month is None:
            raise ValueError("limits nothing; give per_day, per_week or per_month, or leave it out")
        return self

    def spans(self) -> Spans:
        """The limits."""
        return Spans(self.per_day, self.per_week, self.per_month)


class Touches(Part):
    """Posts of the operator that a platform lets each group have, and touches that a member is to have."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (TOUCHES,)
    per_day: int | None = _most("Most posts a day in a group; WeCom: 1", "platform", "B")
    per_week: int | None = _most("Most posts a week, from Monday on", "platform", "B")
    per_month: int | None = _most(
        "Most posts in a month of the calendar; WeCom: 4 of the enterprise to a customer", "platform", "B"
    )
    member: OwnTouches | None = described(
        None, "Limits on all that one member gets; none if empty", unit="section"
    )
    beyond: Literal["refuse", "warn"] = param(
        "refuse",
        "What happens to posts beyond them: refused, or sent and counted",
        unit="choice",
        source="platform",
        grade="B",
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.member is None and self.per_day is self.per_week is self.per_month is None:
            raise ValueError("limits nothing; give per_day, per_week, per_month or member, or leave it out")
        return self

    def allowance(self, groups: int) -> Allowance:
        """Of so many groups, nothing of it used."""
        return Allowance(groups, Spans(self.per_day, self.per_week, self.per_month))

    def text(self) -> str:
        """``1 a day and 4 a month``."""
        limits = {"day": self.per_day, "week": self.per_week, "month": self.per_month}
        return " and ".join(f"{most} a {time}" for time, most in limits.items() if most is not None)


def beyond_on_paper(scenario: "Scenario") -> Iterator[Finding]:
    """Strategies some of whose posts are beyond the limits, if they post by the calendar as planned.

    Of a user's own strategies only those count that can be played on paper.
    """
    limits = scenario.operator.touches
    if limits is None:
        return
    worst: dict[int, tuple[int, int]] = {}
    for entries in _alike(scenario):
        sent, beyond = _posts(scenario, entries, limits)
        for entry, many in beyond.items():
            worst[entry] = max(worst.get(entry, (0, 0)), (many, sent[entry]))
    for i, strategy in enumerate(scenario.strategies):
        if (told := worst.get(id(strategy), (0, 0)))[0]:
            does = "are refused" if limits.beyond == "refuse" else "break the rule"
            of = f"{told[0]} of its {told[1]} posts in a group"
            yield Finding(
                ("strategies", i),
                f"{of} are beyond {limits.text()}: they {does}",
                "post less often, or let posts that matter more come under a name that comes first",
            )


def _alike(scenario: "Scenario") -> list[tuple[Strategy, ...]]:
    """The strategies of every sort of groups: a group gets posts only of those that are for it."""
    return [tuple(compress(scenario.strategies, which)) for which in _sorts(scenario)[0]]


def _sorts(scenario: "Scenario") -> tuple[list[list[bool]], list[int]]:
    """Of every sort of groups which strategies are for it, and of every group its sort."""
    if not scenario.strategies:
        return [], []
    masks = np.array([on_paper(one, scenario) for one in scenario.strategies])
    sorts, of_groups = np.unique(masks, axis=1, return_inverse=True)
    return sorts.T.tolist(), np.ravel(of_groups).tolist()


def _posts(
    scenario: "Scenario", strategies: Sequence[Strategy], limits: Touches
) -> tuple[dict[int, int], dict[int, int]]:
    """Posts in a group by entry, and how many of them are too many; strategies in order of their names."""
    sent, beyond = dict[int, int](), dict[int, int]()
    for _, entry, number, over in _sent(scenario, strategies, limits):
        sent[id(entry)] = sent.get(id(entry), 0) + number
        beyond[id(entry)] = beyond.get(id(entry), 0) + over
    return sent, beyond


def posts_of_groups(scenario: "Scenario") -> list[dict[int, int]]:
    """Of every group at the start, how many posts it gets on each day on paper, less those that are refused.

    Groups that the same strategies are for share theirs.
    """
    limits = scenario.operator.touches
    sorts = []
    for strategies in _alike(scenario):
        days = dict[int, int]()
        for day, _, number, over in _sent(scenario, strategies, limits):
            refused = over if limits is not None and limits.beyond == "refuse" else 0
            days[day] = days.get(day, 0) + number - refused
        sorts.append(days)
    return [sorts[k] for k in _sorts(scenario)[1]] if sorts else [{}]


def _sent(
    scenario: "Scenario", strategies: Sequence[Strategy], limits: Touches | None
) -> Iterator[tuple[int, Strategy, int, int]]:
    """Day, entry, number and how many of them are too many, of each post that a group gets."""
    allowance = limits.allowance(1) if limits else None
    view = PaperView(
        100, 0, 1, products=scenario.products, start=scenario.start, days=scenario.days
    )  # one group stands for all
    plays = [(entries, _memory(entries[0], view)) for entries in by_name(strategies).values()]
    for day in range(scenario.days):
        view.day = day
        if allowance:
            allowance.morning(scenario.start + dt.timedelta(days=day))
        for entries, memory in plays:
            entry = in_charge(entries, day)
            for effect in _on_paper(entry, view, memory):
                over = 0
                if limits and allowance:
                    over, _ = allowance.take(effect, _ONE_GROUP, refuse=limits.beyond == "refuse")
                yield day, entry, getattr(effect, POSTS[type(effect)]), over


def _memory(strategy: Strategy, view: PaperView) -> object:
    try:
        return strategy.start(view)
    except Exception:  # of a user's own; a run names it
        return None


def _on_paper(strategy: Strategy, view: PaperView, memory: object) -> list[Effect]:
    """Its posts of a day; none of a user's own that fails without an engine, which a run names."""
    try:
        if strategy.phase(view) is None:
            return []
        return [effect for effect in strategy.act(view, memory) if type(effect) in POSTS]
    except Exception as error:
        if type(strategy).__module__.startswith("commsim.") and not isinstance(error, InputError):
            raise
        return []
