"""A recap: a post on the day after a sale that says how many bought."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Announce, Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.recap import RECAP, Tell
from commsim.core.units import Hour, Probability, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Recap(Strategy):
    """Posts on the day after sales, of whatever strategy, how many of each group have bought.

    Who reads it comes to the next sales with that number in mind, as if part of them had bought there.
    """

    kind: Literal["recap"] = "recap"
    purpose: ClassVar[Purpose] = "activity"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (RECAP,)
    by_calendar: ClassVar[bool] = True
    hour: Hour = param(12, "Hour of the post", unit="hour", source="operator's choice", grade="D")
    worth: Probability = param(
        0.3,
        "0 for an empty advert, 1 for news as useful as a real deal",
        unit="share",
        source="assumed",
        grade="D",
        assumed=True,
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Tell of yesterday's sales; there is no warm-up for it, and no post where nothing was sold."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Tell(self.reach)
        yield Announce(self.hour, worth=self.worth, reach=self.reach)
        yield Work(self.staff_minutes)
