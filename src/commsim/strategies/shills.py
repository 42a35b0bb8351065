"""Shills: people of the shop's who pose as members.  Unlawful; here to see what they would do."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.shills import ANTI_UNFAIR, SHILLS, Plant
from commsim.core.units import Fen, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy
from commsim.strategies.breach import Breach

ROTATION_DAYS = 7


class Shills(Strategy):
    """Puts shills into groups, who chat and pretend to be the first to order at every sale there.

    They are no members and count in no result.  A group may find out on any day: then its shills are gone
    for good, who looks in learns of it, and their friends hear.  The law forbids it: the plan has to say
    ``allow_unlawful: [shills]``.
    """

    kind: Literal["shills"] = "shills"
    purpose: ClassVar[Purpose] = "activity"
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SHILLS,)
    by_calendar: ClassVar[bool] = True
    whole_groups: ClassVar[bool] = True
    per_100: float = param(
        5.0,
        "Shills for each hundred members of a group",
        unit="persons",
        low=0.0,
        high=100.0,
        plausible=(1.0, 8.0),
        source="operators' lore: 5 to 8; no source found",
        grade="D",
    )
    buyers: int = param(
        2,
        "How many of a group's pretend to order at each sale, before anybody else",
        unit="persons",
        low=0,
        high=1000,
        plausible=(1, 5),
        source="operator's choice",
        grade="D",
    )
    messages: float = param(
        1.0,
        "Messages of each a day; members read them like others'",
        unit="messages",
        low=0.0,
        high=100.0,
        plausible=(0.2, 5.0),
        source="operator's choice",
        grade="D",
    )
    pay_per_day: Fen = param(
        2,
        "Pay of each a day, booked as staff",
        unit="yuan",
        low=0,
        plausible=(0, 10),
        source="assumed",
        grade="D",
    )
    rotate: bool = param(
        True,
        "Whether they change names and pictures every week, which makes them harder to find out",
        unit="yes/no",
        source="operators' guides: names and pictures are changed often",
        grade="D",
    )
    rotation_minutes: float = param(
        5.0,
        "Staff time for each such change",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    breach_words: ClassVar[tuple[str, ...]] = ("shills",)

    def breach(self, members: int) -> Breach:
        """Of any of them, in any community."""
        return Breach(
            "shills", "shills pose as members and pretend to order, which deceives customers", ANTI_UNFAIR
        )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Let them be in the groups; there is no warm-up for it."""
        if self.phase(view) is Phase.WARM_UP:
            return
        minutes = self.rotation_minutes / ROTATION_DAYS if self.rotate else 0.0
        yield Plant(self.per_100, self.buyers, self.messages, self.pay_per_day, minutes, self.rotate)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
