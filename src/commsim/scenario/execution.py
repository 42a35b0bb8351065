"""How well an operator's staff carry out what the plan says."""

from typing import ClassVar, Self

from pydantic import model_validator

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.execution import EXECUTION
from commsim.core.part import Part
from commsim.core.units import Probability, param


class Execution(Part):
    """What becomes of a plan when people carry it out; by default it is done as written."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (EXECUTION,)
    forgets: Probability = param(
        0.0,
        "Chance that staff forget what a strategy that is done by hand has on a day",
        unit="probability",
        plausible=(0.0, 0.2),
        source="operator's choice",
        grade="D",
    )
    late: Probability = param(
        0.0,
        "Chance that it comes late, unless the strategy has its next turn by then",
        unit="probability",
        plausible=(0.0, 0.3),
        source="operator's choice",
        grade="D",
    )
    late_days: int = param(
        2, "Days by which it is late then", unit="days", low=1, high=90, source="operator's choice", grade="D"
    )
    lag: int = param(
        0,
        "Days by which all of it is later than the plan says",
        unit="days",
        low=0,
        high=90,
        source="operator's choice",
        grade="D",
    )
    spread: float = param(
        0.0,
        "Log standard deviation of how well a strategy is done, drawn once a run for each: a factor on what "
        "content is worth and, where it is below 1, on whom posts reach",
        unit="log",
        low=0.0,
        high=2.0,
        plausible=(0.0, 0.6),
        source="operator's choice; nothing is known of it",
        grade="D",
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.forgets or self.late or self.lag or self.spread):
            raise ValueError("changes nothing; give forgets, late, lag or spread, or leave it out")
        return self
