"""A service desk: staff who answer members for so many hours a day."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.service import QUESTIONS, SERVICE, Serve
from commsim.core.units import Fen, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

Question = Literal["goods", "orders", "parcels"]
MINUTES = 60


class Service(Strategy):
    """Staff answer what members ask in private: about goods, orders and bad parcels.

    The hours are paid whether they are used or not.  What is not answered waits, and who waits is less
    satisfied.  Roles are several of these, each with a name, hours and the questions that they take.
    """

    kind: Literal["service"] = "service"
    purpose: ClassVar[Purpose] = "retention"
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SERVICE,)
    by_calendar: ClassVar[bool] = True
    people: int = param(
        1, "People of this role", unit="persons", low=1, high=100_000, source="operator's choice", grade="D"
    )
    hours: float = param(
        3.0,
        "Hours a day of each of them, for all groups together",
        unit="hours/day",
        low=0.0,
        high=24.0,
        source="operator's choice",
        grade="D",
    )
    minutes: float = param(
        4.0,
        "Minutes that one answer takes",
        unit="minutes",
        low=0.01,
        high=600.0,
        plausible=(1.0, 10.0),
        source="assumed",
        grade="D",
        assumed=True,
    )
    questions: tuple[Question, ...] = param(
        QUESTIONS,
        "Which questions they take: on goods before buying, on an order, on a bad parcel",
        unit="choices",
        source="operator's choice",
        grade="D",
    )
    welcome: float = param(
        0.0,
        "Minutes to welcome each newcomer, before anything else; 0 for no welcome",
        unit="minutes",
        low=0.0,
        high=600.0,
        plausible=(0.2, 5.0),
        source="operator's choice",
        grade="D",
    )
    wage: Fen | None = param(
        None,
        "Cost of an hour of this role; operator.wage_per_hour if empty",
        unit="yuan",
        low=0,
        plausible=(29, 86),
        source="operator's choice",
        grade="D",
    )
    turn: int = param(
        0,
        "Of several roles, those with the lowest number are asked first; equal ones by their names",
        unit="number",
        low=0,
        high=1000,
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and occurrence, beside the hours",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="operator's choice",
        grade="D",
    )

    @model_validator(mode="after")
    def _is_a_desk(self) -> Self:
        if self.reach < 1.0:
            raise ValueError("a desk is there for everybody; leave out reach")
        if len(set(self.questions)) < len(self.questions):
            raise ValueError("name each kind of question once")
        if not self.questions and not self.welcome:
            raise ValueError(f"it has nothing to do; give questions ({', '.join(QUESTIONS)}) or a welcome")
        return self

    @property
    def capacity(self) -> float:
        """Minutes a day."""
        return self.people * self.hours * MINUTES

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Open the desk and pay for its hours; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        goods, order, parcel = (question in self.questions for question in QUESTIONS)
        yield Work(self.capacity, wage=self.wage, in_all=True)
        remit = (goods, order, parcel), self.welcome
        yield Serve(self.capacity, self.minutes, *remit, self.last_day(view.days), self.turn)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
