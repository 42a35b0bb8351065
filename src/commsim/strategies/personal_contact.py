"""Personal contact: staff talk with members in private, as one person with another."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.tie import TIE, Approach
from commsim.core.units import param
from commsim.core.view import View
from commsim.strategies.base import Phase
from commsim.strategies.by_turns import ByTurns


class PersonalContact(ByTurns):
    """Talks with members in private now and then, and not to sell: the tie grows by it.

    Who is close to the operator minds prices less, forgives a bad parcel sooner, buys more and stays.  It
    costs time, so choose with whom (`who`).
    """

    kind: Literal["personal_contact"] = "personal_contact"
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (TIE,)
    minutes: float = param(
        2.0,
        "Minutes of each",
        unit="minutes",
        low=0.0,
        high=600.0,
        plausible=(0.5, 30.0),
        source="operator's choice",
        grade="D",
    )
    per_month: float = param(
        2.0,
        "Contacts with each member in 30 days it runs on, on average",
        unit="contacts",
        low=0.0,
        high=30.0,
        plausible=(0.25, 8.0),
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and occurrence, beside the talks",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="operator's choice",
        grade="D",
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Talk with whose turn it is; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Approach(self.share_a_day, self.minutes, self.wage)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
