"""Red envelopes: a total, split at random among the quickest."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Announce, Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.envelopes import ENVELOPES, Envelope
from commsim.core.units import Fen, Hour, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

RESEND = {"social": (0.04, 0.012), "commercial": (0.01, 0.0025), "none": (0.0, 0.0)}
"""Chance to send one on, and its rise per yuan received (Yuan et al. 2024; commercial assumed)."""


class RedEnvelope(Strategy):
    """Puts a red envelope into every group at its hours; whoever looks first catches a random share.

    What nobody catches comes back after 24 hours.  Catching pays in activity for a while, less with
    every envelope of the last days; it sells nothing by itself.
    """

    kind: Literal["red_envelope"] = "red_envelope"
    purpose: ClassVar[Purpose] = "activity"
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (ENVELOPES,)
    by_calendar: ClassVar[bool] = True
    total: Fen = param(
        10,
        "Money in one envelope, per group",
        unit="yuan",
        low=0.01,
        high=200,
        plausible=(5, 50),
        source="operators: 8-12 yuan a day and group; platform limit 200",
        grade="C",
    )
    shares: int = param(
        20,
        "Shares that it is split into",
        unit="shares",
        low=1,
        high=100,
        plausible=(10, 50),
        source="operators: 20 names; platform limit 100",
        grade="C",
    )
    hours: tuple[Hour, ...] = param(
        (),
        "Hours of the day if there is more than one envelope; else `hour` counts",
        unit="hours",
        source="operator's choice",
        grade="D",
    )
    preset: Literal["social", "commercial", "none"] = param(
        "commercial",
        "How far catchers feel that they ought to send one on: as among friends, as in shops' groups, not",
        unit="choice",
        source="Yuan et al. 2024 (.18 per yuan among acquaintances); commercial assumed",
        grade="C",
    )

    @model_validator(mode="after")
    def _shares_fit(self) -> Self:
        if self.total < self.shares:
            raise ValueError(f"each share needs at least 0.01 yuan: {self.shares} shares are too many")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Send the envelopes; in the warm-up say that they will come."""
        if self.phase(view) is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        resend, slope = RESEND[self.preset]
        for hour in self.hours or (self.hour,):
            yield Envelope(hour, self.total, self.shares, resend, slope)
            yield Work(self.staff_minutes)
