"""Group rules: what members may post, and whether anybody acts when they don't keep to it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core import maths
from commsim.core.effects import Effect, Enforce, Work
from commsim.core.units import Probability, param
from commsim.core.view import View
from commsim.strategies.base import Purpose, Strategy


class GroupRules(Strategy):
    """Sets rules against members' adverts and, if enforced, removes them day by day.

    Rules that are announced and then left alone wear off: their hold halves every two weeks.
    """

    kind: Literal["group_rules"] = "group_rules"
    purpose: ClassVar[Purpose] = "retention"
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    whole_groups: ClassVar[bool] = True
    enforcement: Probability = param(
        0.8,
        "Share of members' adverts that is acted upon",
        unit="share",
        plausible=(0.3, 1.0),
        source="assumed",
        grade="D",
        assumed=True,
    )
    enforced: bool = param(
        True,
        "Whether somebody acts every day; if not, the rules are announced only",
        unit="yes/no",
        source="operators' guides: rules must be enforced",
        grade="D",
    )
    half_life: float = param(
        14.0,
        "Days in which rules that nobody enforces lose half of their hold",
        unit="days",
        low=0.5,
        high=365.0,
        plausible=(7.0, 30.0),
        source="operators' guides: members copy violators; size assumed",
        grade="D",
        assumed=True,
    )

    def level(self, day: int) -> float:
        """Share of members' adverts that is acted upon on a day."""
        if self.enforced:
            return self.enforcement
        return float(self.enforcement * maths.exp(maths.LOG_HALF * (day - self.starts) / self.half_life))

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Hold the rules; staff time only where somebody enforces them."""
        if view.day < self.starts:
            return
        yield Enforce(self.level(view.day))
        if self.enforced:
            yield Work(self.staff_minutes)
