"""What staff do with members by turns, so many times a month: what it has in common whatever is done."""

from typing import ClassVar, Self

from pydantic import model_validator

from commsim.core.units import Fen, param
from commsim.strategies.base import Purpose, Strategy

MONTH = 30


class ByTurns(Strategy):
    """Strategies whose staff get round to each member now and then; `per_month` says how often."""

    purpose: ClassVar[Purpose] = "retention"
    takes_part: ClassVar[bool] = False
    by_calendar: ClassVar[bool] = True
    per_month: float
    wage: Fen | None = param(
        None,
        "Cost of an hour of who does it; operator.wage_per_hour if empty",
        unit="yuan",
        low=0,
        plausible=(29, 200),
        source="operator's choice",
        grade="D",
    )

    @model_validator(mode="after")
    def _reaches_all(self) -> Self:
        if self.reach < 1.0:
            raise ValueError("whom it reaches follows from per_month; leave out reach")
        return self

    @property
    def share_a_day(self) -> float:
        """Of members, whose turn it is on a day."""
        return self.per_month / MONTH
