"""Free service: staff do something for members that nobody asked or pays for."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.service import SERVICE, Care
from commsim.core.units import param
from commsim.core.view import View
from commsim.strategies.base import Phase
from commsim.strategies.by_turns import ByTurns


class FreeService(ByTurns):
    """Does members a service now and then: advice, a repair, a lesson.

    It costs time at once, and earns what satisfaction earns: later orders, and members who stay.
    """

    kind: Literal["free_service"] = "free_service"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SERVICE,)
    minutes: float = param(
        2.0,
        "Minutes of one service",
        unit="minutes",
        low=0.0,
        high=600.0,
        plausible=(0.5, 30.0),
        source="operator's choice",
        grade="D",
    )
    per_month: float = param(
        1.0,
        "Services for each member in 30 days it runs on, on average",
        unit="services",
        low=0.0,
        high=30.0,
        plausible=(0.1, 4.0),
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and occurrence, beside the services",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="operator's choice",
        grade="D",
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Serve whose turn it is; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Care(self.share_a_day, self.minutes, self.wage)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
