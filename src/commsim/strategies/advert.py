"""Adverts: the operator's broadcast, again and again."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Announce, Effect, Work
from commsim.core.units import Hour, Probability, described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Advert(Strategy):
    """Posts adverts for what is on the shelf anyway, or for a sale to come.

    A fresh reader buys more on the day; each further advert wears the effect out, annoys for good,
    and makes members mute the group or leave.  In the hours before a sale a post also calls people to it.
    """

    kind: Literal["advert"] = "advert"
    purpose: ClassVar[Purpose] = "conversion"
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    by_calendar: ClassVar[bool] = True
    posts: int = param(
        1,
        "Adverts per group and day",
        unit="posts/day",
        low=1,
        high=20,
        plausible=(1, 6),
        source="operators' practice; Luckin posts 4 a day",
        grade="C",
    )
    hours: tuple[Hour, ...] = param(
        (),
        "Hours over which they are spread; all at `hour` if empty",
        unit="hours",
        source="operator's choice",
        grade="D",
    )
    worth: Probability = param(
        0.0,
        "0 for an empty advert, 1 for news as useful as a real deal",
        unit="share",
        source="China Youth Daily 2016: promotion is the most disliked content",
        grade="C",
    )

    announces: str = described(
        "", "Strategy whose sales readers learn of, if it sells later that day or on the next", unit="name"
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Post the day's adverts; there is no warm-up for them."""
        if self.phase(view) is Phase.WARM_UP:
            return
        hours = self.hours or (self.hour,)
        each, left = divmod(self.posts, len(hours))
        for i, hour in enumerate(hours):
            if count := each + (i < left):
                yield Announce(hour, count, self.worth, self.reach, sale=self.announces)
        yield Work(self.staff_minutes)
