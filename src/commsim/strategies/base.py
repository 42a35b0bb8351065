"""The base of every strategy: its calendar, reach, cost and hooks."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from commsim.core.effects import Effect
from commsim.core.events import Happened
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.difficulty import DIFFICULTY
from commsim.core.mechanisms.gates import GATES
from commsim.core.units import (
    WEEKDAYS,
    Day,
    Fen,
    Hour,
    MonthDays,
    Name,
    Probability,
    Weekdays,
    described,
    param,
)
from commsim.core.view import View
from commsim.core.written import LAST
from commsim.strategies.audience import Groups, Who
from commsim.strategies.breach import Breach
from commsim.strategies.gate import Gate

Purpose = Literal["activity", "retention", "fission", "conversion"]


Week = Annotated[int, Field(ge=1, le=522)]
_NEVER = 1_000_000
"""First day of what waits for a state."""


class Phase(StrEnum):
    """The part of a strategy's calendar that a day falls in."""

    WARM_UP = "warm-up"
    FORMAL = "formal"
    CLOSING = "closing"


WARM_UP, FORMAL, CLOSING = Phase
"""The same by names that cost nothing to look up, as they are asked for every day."""


class Strategy(BaseModel):
    """One thing that an operator does, as the scenario says it.

    Subclass, set ``kind``, add described fields, and answer with effects in `act` (the operator's
    move in the morning) and `react` (the answer to the day's events).  ``start`` makes what the
    strategy remembers during one run; all else is in the arguments.  A strategy is silent outside
    its dates: the engine calls `act` from the first warm-up day on and never after ``ends``.

    ``mechanisms``: those whose effects it answers with, or whose events and columns it reads.  Only what
    some strategy of a plan names is loaded.

    ``holds_sales``: it sells on its days at its hour, and posts of other strategies can announce that.

    ``whole_groups``: what it does holds for whole groups, so that it can't be for some of their members.

    ``open_to_all``: its offer stands in every group for all to see, so that it can't reach some only.

    ``takes_part``: members do something in it that can be hard to grasp.

    ``by_hand``: staff carry it out on each of its days, and may forget it or be late; else a system does.

    ``by_calendar``: a promise that `act` answers alike on all days of one week of the run with the same
    `phase` and `previewed`, whatever else there is to see.  The engine then asks once for each kind of day of
    a week, not every day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    purpose: ClassVar[Purpose]
    mechanisms: ClassVar[tuple[Mechanism, ...]] = ()
    holds_sales: ClassVar[bool] = False
    by_calendar: ClassVar[bool] = False
    whole_groups: ClassVar[bool] = False
    open_to_all: ClassVar[bool] = False
    takes_part: ClassVar[bool] = True
    by_hand: ClassVar[bool] = False
    kind: str
    name: Name = described("", "Name in tables and in the ledger; the kind if empty", unit="text")
    goal: str = described("", "What it is meant to reach, for the plan table", unit="text")
    starts: Day = param(0, "First day of the formal period", unit="day", source="-", grade="D")
    ends: Day | None = param(
        None, "Last day (inclusive); the end of the run if empty", unit="day", source="-", grade="D"
    )
    warm_up: int = param(
        0,
        "Days before the formal period in which it is previewed",
        unit="days",
        low=0,
        high=14,
        source="operators' guides: plans have a warm-up; size of effect assumed",
        grade="D",
    )
    closing: int = param(
        0,
        "Last days of the formal period, announced as the last chance",
        unit="days",
        low=0,
        high=14,
        source="operators' guides: promotions need a cut-off",
        grade="D",
    )
    weekdays: Weekdays = param(WEEKDAYS, "Weekdays on which it runs", unit="weekdays", source="-", grade="D")
    month_days: MonthDays = param(
        (),
        "Days of the month on which it runs, of those on its weekdays, -1 for the last; all if empty",
        unit="month days",
        source="operator's choice",
        grade="D",
    )
    weeks: tuple[Week, ...] = param(
        (),
        "Weeks of the run in which it runs, the first is 1; all if empty",
        unit="weeks",
        source="operator's choice",
        grade="D",
    )
    cycle: int | None = param(
        None,
        "Weeks after which `weeks` begin anew; never if empty",
        unit="weeks",
        low=1,
        high=520,
        source="operator's choice",
        grade="D",
    )
    hour: Hour = param(
        20, "Hour of the day", unit="hour", source="Tencent reports: reading peaks 20-22", grade="C"
    )
    reach: Probability = param(
        1.0, "Share of members whom its posts can reach", unit="share", source="operator's choice", grade="D"
    )
    who: Who | None = described(None, "Members whom it addresses; all if empty", unit="section")
    difficulty: int = param(
        0,
        "Steps more than usual that members have to grasp or do to take part; each leaves some behind, who "
        "get its posts all the same",
        unit="steps",
        low=0,
        high=20,
        plausible=(0, 5),
        source="operator's choice",
        grade="D",
    )
    groups: Groups | None = described(None, "Groups that it is for; all if empty", unit="section")
    when: Gate | None = described(
        None,
        "State of its groups that it waits for; days of starts and ends then count from the day on which it "
        "is reached",
        unit="section",
    )
    until: Gate | None = described(
        None, "State of its groups at which it ends for good, before or at its last day", unit="section"
    )
    budget: Fen | None = param(
        None,
        "It stops when it has cost this much, staff left out",
        unit="yuan",
        low=0,
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        3.0,
        "Staff time per group and occurrence",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="job adverts: 8,000 yuan a month, for 50 groups and a day's tasks",
        grade="C",
    )

    @model_validator(mode="before")
    @classmethod
    def _name_it(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("name"):
            data = {**data, "name": data.get("kind") or cls.model_fields["kind"].default}
        return data

    @model_validator(mode="after")
    def _for_whole_groups(self) -> Self:
        if self.whole_groups and self.who is not None:
            raise ValueError(
                "what it does holds for whole groups; choose them with groups, and leave out who"
            )
        return self

    @model_validator(mode="after")
    def _for_all_to_see(self) -> Self:
        if self.open_to_all and self.reach < 1.0:
            raise ValueError("the offer stands in every group for all to see; leave out reach")
        return self

    @model_validator(mode="after")
    def _hard_for_somebody(self) -> Self:
        if self.difficulty and not self.takes_part:
            raise ValueError("members have nothing to grasp or do in it; leave out difficulty")
        return self

    @property
    def needs(self) -> tuple[Mechanism, ...]:
        """All mechanisms without which it does not run: its own, and those that know who takes part."""
        of_who = self.who.mechanisms() if self.who is not None else ()
        gates = [gate for gate in (self.when, self.until) if gate is not None]
        of_gates = [one for gate in gates for one in (GATES, *gate.mechanisms())]
        return (*self.mechanisms, *of_who, *of_gates, *((DIFFICULTY,) if self.difficulty else ()))

    def waiting(self) -> Self:
        """Itself before the state that it waits for is reached, if it waits for one: it never starts."""
        return self if self.when is None else self.model_copy(update={"starts": _NEVER, "ends": None})

    def begun(self, day: int) -> Self:
        """Itself with dates of the run, once its state is reached on a day: its warm-up can begin at once."""
        starts = day + max(self.starts, self.warm_up)
        ends = None if self.ends is None else starts + self.ends - self.starts
        return self.model_copy(update={"starts": starts, "ends": ends})

    def ended(self, day: int) -> Self:
        """Itself once the state up to which it goes is reached on a day: the day before was its last."""
        return self.model_copy(update={"ends": day - 1})

    breach_words: ClassVar[tuple[str, ...]] = ()
    """All words of its breaches, by which a plan may allow them."""

    def breach(self, members: int) -> Breach | None:
        """What the law forbids of it in a community of so many; None if nothing."""
        return None

    @property
    def addresses_left(self) -> bool:
        """Whether ``who`` chooses among those too who have left."""
        return False

    @property
    def forms_groups_of(self) -> int | None:
        """Most members of groups that it forms anew, once; None if it forms none."""
        return None

    def phase(self, view: View) -> Phase | None:
        """WARM_UP, FORMAL or CLOSING today; None when the strategy is silent."""
        day, last = view.day, self.last_day(view.days)
        if day < self.starts:
            found = WARM_UP if day >= self.starts - self.warm_up else None
        elif day > last or not self.is_on(day, view.weekday, view.day_of_month, view.month_ends):
            found = None
        else:
            found = CLOSING if day > last - self.closing else FORMAL
        over = found is not None and self.budget is not None and view.spent() >= self.budget
        return None if over else found

    def is_on(self, day: int, weekday: int, month_day: int, month_ends: bool) -> bool:
        """Whether its calendar has a day of the run, dates left aside: by week, weekday and day of the month.

        All that are given must hold.  weekday: 0 for Monday.  month_ends: it is the last of its month.
        """
        week = day // len(WEEKDAYS)
        in_week = not self.weeks or (week % self.cycle if self.cycle else week) + 1 in self.weeks
        days = self.month_days
        in_month = not days or month_day in days or (month_ends and LAST in days)
        return in_week and in_month and WEEKDAYS[weekday] in self.weekdays

    @property
    def is_daily(self) -> bool:
        """Whether it runs on every day of its dates."""
        return set(self.weekdays) == set(WEEKDAYS) and not self.month_days and not self.weeks

    def previewed(self, view: View) -> int:
        """Bit k is set when a warm-up post went out k days before today (k from 1 to 7)."""
        if view.day >= self.starts + 7:
            return 0
        posts = range(max(0, self.starts - self.warm_up), self.starts)
        return sum(1 << k for k in range(1, 8) if view.day - k in posts)

    def last_day(self, days: int) -> int:
        """Last formal day in a run of so many days, or the last of its weeks."""
        last = days - 1 if self.ends is None else self.ends
        return min(last, len(WEEKDAYS) * max(self.weeks) - 1) if self.weeks and not self.cycle else last

    def start(self, view: View) -> Any:
        """What this strategy remembers in one run; None if nothing."""
        return None

    def carry_on(self, view: View, memory: Any) -> Any:
        """What it remembers when these settings take over from others of its name: the same as before."""
        return memory

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """The operator's move on a day of the warm-up or formal period."""
        return ()

    def react(self, happened: Happened, view: View, memory: Any) -> Iterable[Effect]:
        """The answer to what happened today; called every day."""
        return ()
