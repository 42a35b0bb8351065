"""Stored value: members pay ahead and get a bonus."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.stored_value import LONGEST_VALID, STORED_VALUE
from commsim.core.mechanisms.stored_value import TopUp as Sell
from commsim.core.part import Part
from commsim.core.units import Fen, described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class TopUp(Part):
    """A sum to pay ahead, and what is added to it."""

    pay: Fen = param(
        ..., "Paid ahead", unit="yuan", low=0.01, high=1_000_000, source="operator's choice", grade="D"
    )
    bonus: Fen = param(
        ..., "Added to it", unit="yuan", low=0.01, high=1_000_000, source="operator's choice", grade="D"
    )


class StoredValue(Strategy):
    """Lets members pay ahead and adds a bonus: pay 100, spend 110.

    On its days the offer stands in the groups, for who looks in; who has emptied the card is asked again
    when they next come by.  Orders are paid from the card first.  What is on cards is owed.
    """

    kind: Literal["stored_value"] = "stored_value"
    purpose: ClassVar[Purpose] = "retention"
    open_to_all: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (STORED_VALUE,)
    by_calendar: ClassVar[bool] = True
    top_ups: tuple[TopUp, ...] = described(
        ({"pay": 100, "bonus": 10}, {"pay": 300, "bonus": 45}), "Top-ups from small to large", unit="list"
    )
    valid_days: int | None = param(
        None,
        "Days from the last top-up after which money on the card is lost; for ever if empty, as the law of "
        "China has it for cards with a name on them",
        unit="days",
        low=1,
        high=LONGEST_VALID,
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and day; the shop's system keeps the cards",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @model_validator(mode="after")
    def _top_ups_rise(self) -> Self:
        if not self.top_ups:
            raise ValueError("there is no top-up; give at least one")
        if any(larger.pay <= smaller.pay for smaller, larger in pairwise(self.top_ups)):
            raise ValueError("each top-up needs a higher sum than the one before")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Offer them; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Sell(
            tuple(one.pay for one in self.top_ups), tuple(one.bonus for one in self.top_ups), self.valid_days
        )
        if self.staff_minutes:
            yield Work(self.staff_minutes)
