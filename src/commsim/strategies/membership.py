"""Paid membership: a fee for a term of rights."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.membership import LONGEST_TERM, MEMBERSHIP, Enrol
from commsim.core.units import Fen, Off, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Membership(Strategy):
    """Sells memberships for a fee: for a term members get a discount, other rights, early access.

    On its days the offer stands in the groups, for who looks in.  Who has paid keeps the rights to the end
    of the term, also when they leave or the offer ends, and decides in its last days whether to pay again.
    Several memberships with names of their own are tiers: each member takes the one that is worth most.
    """

    kind: Literal["membership"] = "membership"
    purpose: ClassVar[Purpose] = "retention"
    open_to_all: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (MEMBERSHIP,)
    by_calendar: ClassVar[bool] = True
    fee: Fen = param(
        30.0, "Fee for a term", unit="yuan", low=0.01, high=1_000_000, source="operator's choice", grade="D"
    )
    term: int = param(
        180, "Days of a term", unit="days", low=1, high=LONGEST_TERM, source="operator's choice", grade="D"
    )
    discount: Off = param(
        0.1, "Share off every price", unit="share", low=0.0, high=0.9, source="operator's choice", grade="D"
    )
    perks: Fen = param(
        0,
        "What the other rights of a term are worth to a member, in their eyes",
        unit="yuan",
        low=0,
        high=1_000_000,
        source="operator's choice",
        grade="D",
    )
    perks_cost: Fen = param(
        0,
        "What they cost the operator for each term, paid when it is sold",
        unit="yuan",
        low=0,
        high=1_000_000,
        source="operator's choice",
        grade="D",
    )
    early_access: bool = param(
        False, "First into sales and teams", unit="yes or no", source="operator's choice", grade="D"
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and day; the shop's system keeps the memberships",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @model_validator(mode="after")
    def _is_worth_something(self) -> Self:
        if self.discount == 0.0 and self.perks == 0:
            raise ValueError("nobody buys a membership without a right: give it a discount or perks")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Offer it; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Enrol(self.fee, self.term, self.discount, self.perks, self.perks_cost, self.early_access)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
